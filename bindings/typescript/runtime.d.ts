import { AddressPrecision, EntityName, Methods, Status, Durability, Language } from './generated.js';

/** A calendar date, '2026-03-02'. */
export type ISODate = string;
/** A value that JSON has, or a bigint. */
export type Json = unknown;

/** A broken rule: its permanent id, where, what was given, and the sentence for people. */
export interface Violation {
  rule: string;
  entity: string;
  field: string;
  record: bigint;
  value: string;
  detail: string;
  text: string;
}

/** What the library refuses. */
export class CrmError extends Error {
  code: Status;
  violations: Violation[];
  /** The field of the first broken rule, '' if there is none. */
  get field(): string;
}

/** What is closed once; `using` and the collector do it as well. */
declare class Handle {
  /** The pointer for functions of crm/raw. */
  get handle(): unknown;
  get isClosed(): boolean;
  /** Frees it; later use is a CrmError 'misuse'. */
  close(): void;
  [Symbol.dispose](): void;
}

/** One record of a database, stored or not yet. */
export class Record extends Handle {
  static entity: number;
  static entityName: EntityName;
  /** Number and kind of each field by its property. */
  static fields: { [property: string]: { no: number; kind: string } };
  /** 0n if not stored. */
  get id(): bigint;
  /** As loaded or saved last. */
  get version(): bigint;
  /** Inserts or updates; 'conflict' if somebody changed it since it was loaded. The record then shows what is stored. */
  save(): this;
  /** Erases a row that hangs on others; others are archived, ended or removed: 'refused'. */
  erase(): void;
  /** The record as JSON has it. */
  toJSON(): any;
  /** Sets a field by the text that people write: dates as 2026-03-02, codes of enumerations, decimals. */
  setText(property: string, text: string): void;
  /** Sets a field as it is stored: days, microseconds, minor units, millionths. */
  setInt(property: string, number: bigint | number): void;
  /** A field as it is stored, 0n if it has no value. */
  getInt(property: string): bigint;
}

/** Rows with the properties of the columns in camel case: row.companyName is the column "company.name". */
export interface Page<Row = any> extends Array<Row> {
  /** For "after" of the next page; null if that was all. */
  after: unknown[] | null;
}

/** A prepared query with parameters, { param: 1 }. */
export class Query extends Handle {
  run<Row = any>(...parameters: (bigint | number | string | Date)[]): Page<Row>;
}

/** A query, in the language of the README of the project. */
export interface QueryText {
  entity: EntityName;
  columns?: string[];
  where?: object;
  order?: string[];
  after?: unknown[];
  limit?: number;
  offset?: number;
}

export interface OpenOptions {
  durability?: Durability;
  busyTimeoutMs?: number;
  readOnly?: boolean;
  createFile?: boolean;
  language?: Language;
  /** Acting user, 0n = the host itself. */
  actor?: bigint;
  /** Limits, as those of crm_options in crm.h; 0n is the default. */
  maxNesting?: bigint;
  maxTextBytes?: bigint;
  maxSearchBytes?: bigint;
  maxConditions?: bigint;
  maxColumns?: bigint;
  maxValues?: bigint;
  maxAnswerRows?: bigint;
  maxAnswerBytes?: bigint;
  maxResidentBytes?: bigint;
  /** Of the organisation in a base that is made, 'Asia/Novosibirsk'; else Europe/Moscow. One that is there keeps its own. */
  zone?: string;
  /** The same, 'KZT'; else RUB. */
  currency?: string;
}

/** A page of a feed of the host. */
export interface FeedPage {
  /** As for save(), or documents as for documentPost(); with posted: false what was un-posted. */
  records: object[];
  /** Where the next page begins. */
  next: string;
  /** There is a next page already. */
  more?: boolean;
}

/** What the host supplies: functions, each of them optional, that answer at once and do not use the database. */
export interface Host {
  clock?(): Date;
  /** Shows or sends a notice; throws why it could not. */
  deliver?(notice: any): void;
  geocode?(query: string): { latitude: number; longitude: number; precision?: AddressPrecision } | null;
  fileExists?(uri: string): boolean;
  /** null or true: he may; false, or why not. A function that returns nothing has not answered: 'host', and nothing is changed. */
  authorise?(change: { user_id: bigint; entity: EntityName; id: bigint; done: 'insert' | 'update' | 'erase' }): string | boolean | null;
  products?(position: string): FeedPage;
  documents?(position: string): FeedPage;
  receipts?(position: string): FeedPage;
}

/** An open CRM. */
export class Database extends Handle {
  query<Row = any>(query: QueryText): Page<Row>;
  /** All rows of a query, read by pages as they are wanted. */
  select<Row = any>(query: QueryText, pageSize?: number): Generator<Row, void, undefined>;
  prepare(query: QueryText): Query;
  /** What the host supplies from now on, instead of what was set before. What a function throws is told as 'host' with its text, and nothing is
   * half done. Close such a database: one whose functions use it is never collected. */
  hostSet(host: Host): void;
  /** Everything that `work` does is one change; what it throws undoes it. */
  transaction<Result>(work: () => Result): Result;
}
export interface Database extends Omit<Methods, 'query'> {}

/** Opens a CRM: a file (made if there is none), ':memory:' or 'memory:' (no database at all). */
export function open(source: string, options?: OpenOptions): Database;
