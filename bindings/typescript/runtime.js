/** What is the same for every entity: errors, values, records, queries, the database. */
import * as raw from './raw.js';
import { choices, oddCurrencies } from './generated.js';
import { Callbacks, atOnce } from './host.js';

// --- errors

/** What the library refuses: code, message, violations. */
export class CrmError extends Error {
  constructor(code, message, violations = []) {
    super(message);
    this.name = 'CrmError';
    this.code = code;
    this.violations = violations;
  }

  /** The field of the first broken rule, '' if there is none. */
  get field() {
    return this.violations[0]?.field ?? '';
  }
}

/** An error of the binding itself, in the form of the library's. */
function refusal(code, rule, value, detail) {
  const text = `${rule}: ${detail}`;
  return new CrmError(code, text, [{ rule, entity: '', field: '', record: 0n, value, detail, text }]);
}

const closed = (what) => refusal('misuse', 'handle.closed', '', `the ${what} is closed`);

function errorOf(db, status) {
  const code = codeOf(choices.Status, status) ?? 'internal';
  const answer = [null];
  const told = raw.crm_error_json(db, answer) === raw.CRM_OK ? fromJson(answer[0]) : {};
  // Closed, or in use elsewhere: the handle has no error of this call.
  if (told.code !== code) return new CrmError(code, raw.crm_error_message(db) ?? code);
  return new CrmError(code, told.violations.map((v) => v.text).join('; ') || told.message, told.violations);
}

// --- values on their way in and out

const codeOf = (choice, number) => Object.keys(choice).find((code) => choice[code] === number);

export function choiceNo(choice, code) {
  if (Object.hasOwn(choice, code)) return choice[code];
  throw refusal('invalid_argument', 'field.enum', String(code), `one of ${Object.keys(choice).join(', ')}`);
}

export function text(value) {
  if (typeof value !== 'string') throw new TypeError(`a text is wanted, not ${typeof value}`);
  const at = value.indexOf('\0');
  if (at >= 0) throw refusal('invalid_argument', 'field.nul', value, `a zero byte at ${at}: remove it`);
  return value;
}

/** A whole number as it is, if it has room: koffi would cut it. */
function whole(value, bits) {
  if (typeof value !== 'bigint' && typeof value !== 'number') throw new TypeError(`a whole number is wanted, not ${typeof value}`);
  if ((typeof value === 'bigint' || Number.isSafeInteger(value)) && BigInt.asIntN(bits, BigInt(value)) === BigInt(value)) return value;
  throw refusal('invalid_argument', 'field.range', String(value), `a whole number of ${bits} bits is wanted, beyond 2^53 a bigint`);
}

export const int64 = (value) => whole(value, 64);
export const int32 = (value) => whole(value, 32);

export const textOrNull = (value) => (value == null ? null : text(value));
export const handles = (records) => records.map((record) => record.handle);

const DAY_MS = 86_400_000;

/** '2026-03-02' as days since 1970-01-01. */
export function toDays(date) {
  if (date == null) return raw.CRM_NONE;
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : NaN;
  if (Number.isNaN(ms)) throw refusal('invalid_argument', 'json.kind', String(date), "a date, '2026-03-02'");
  return Math.floor(ms / DAY_MS);
}

/** One that no calendar has is its number. */
export function fromDays(days) {
  const made = new Date(Number(days) * DAY_MS);
  return Number.isNaN(made.getTime()) ? Number(days) : made.toISOString().slice(0, 10);
}

export function toMicros(at) {
  if (at == null) return raw.CRM_NONE;
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw refusal('invalid_argument', 'json.kind', String(at), 'a Date');
  return BigInt(at.getTime()) * 1000n;
}

/** A Date has milliseconds: the microseconds of an instant are seen by Record.getInt only. */
export const fromMicros = (micros) => new Date(Number(BigInt(micros) / 1000n));

/** Scaled integers as decimal texts and back: (150050n, 2) is '1500.5'. */
function toDecimal(number, digits) {
  const sign = number < 0n ? '-' : '';
  const all = String(number < 0n ? -number : number).padStart(digits + 1, '0');
  const whole = all.slice(0, all.length - digits);
  const part = all.slice(all.length - digits).replace(/0+$/, '');
  return sign + whole + (part && '.' + part);
}

function fromDecimal(value, digits, name) {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  const part = (found?.[3] ?? '').replace(/0+$/, '');
  if (!found || part.length > digits)
    throw refusal('invalid_argument', 'field.range', String(value), `${name}: a decimal text with up to ${digits} digits after the point`);
  return BigInt(found[1] + found[2] + part.padEnd(digits, '0'));
}

/** Members that hold ids or arrays of them, beside those that end with _id; '' is the answer itself. */
const ids = new Set(['', 'id', 'version', 'record', 'actor', 'company', 'profile', 'node', 'orphans', 'events', 'subordinates', 'plan_cells',
  'given_by']);
const isId = (key) => ids.has(key) || key.endsWith('_id');

/** Ids in the library's answers are bigint. */
export function fromJson(json) {
  return JSON.parse(json, (key, value) => {
    if (!isId(key)) return value;
    if (Array.isArray(value)) return value.map((v) => (typeof v === 'number' ? BigInt(v) : v));
    return typeof value === 'number' ? BigInt(value) : value;
  });
}

/** bigint as a number, or as a text where a number would lose digits. */
export function toJson(value) {
  return JSON.stringify(value, (_, v) => {
    if (typeof v !== 'bigint') return v;
    return Number.isSafeInteger(Number(v)) ? Number(v) : String(v);
  });
}

const classes = new Map();

export const entityNo = (entity) => (typeof entity === 'string' ? raw.crm_entity_no(text(entity)) : entity.entity);
export const entityName = (number) => classes.get(Number(number))?.entityName ?? null;

/** crm_action of the options of Database.eventAct. */
export function action(options) {
  return {
    struct_size: raw.sizeof(raw.crm_action),
    all_day: options.allDay ? 1 : 0,
    start_at: toMicros(options.startAt),
    end_at: toMicros(options.endAt),
    until_day: toDays(options.untilDay),
    outcome: int64(options.outcome ?? 0n),
    executor: int64(options.executor ?? 0n),
    result: textOrNull(options.result),
    reason: textOrNull(options.reason),
    comment: textOrNull(options.comment),
    reserved: null,
  };
}

// --- handles

/** Closes what a collected object held: the library takes that at any time. */
const collected = new FinalizationRegistry(({ close, handle }) => close(handle));

class Handle {
  #handle = null;
  #close;
  #what;

  constructor(what, close) {
    this.#what = what;
    this.#close = close;
  }

  /** The pointer for functions of raw.js. */
  get handle() {
    if (this.#handle === null) throw closed(this.#what);
    return this.#handle;
  }

  get isClosed() {
    return this.#handle === null;
  }

  take(handle) {
    this.#handle = handle;
    collected.register(this, { close: this.#close, handle }, this);
  }

  /** Frees it; later use is a CrmError 'misuse'. */
  close() {
    if (this.#handle === null) return;
    collected.unregister(this);
    this.#close(this.#handle);
    this.#handle = null;
  }

  [Symbol.dispose]() {
    this.close();
  }
}

// --- records

/** One record of a database, stored or not yet: new Company(db, { name }) is new, Company.load(db, id) a stored one. */
export class Record extends Handle {
  #db;

  constructor(db, values = {}) {
    super('record', raw.crm_record_close);
    this.#db = db;
    if (values === stored) return;
    const place = [null];
    db.check(raw.crm_record_new(db.handle, new.target.entity, place));
    this.take(place[0]);
    for (const [name, value] of Object.entries(values)) {
      fieldNo(new.target, name);
      this[name] = value;
    }
  }

  static load(db, id) {
    const place = [null];
    db.check(raw.crm_record_load(db.handle, this.entity, int64(id), place));
    const record = new this(db, stored);
    record.take(place[0]);
    return record;
  }

  get id() {
    return this.sure(raw.crm_record_id(this.handle));
  }

  get version() {
    return this.sure(raw.crm_record_version(this.handle));
  }

  save() {
    this.check(raw.crm_record_save(this.handle));
    return this;
  }

  erase() {
    this.check(raw.crm_record_erase(this.handle));
  }

  toJSON() {
    const answer = [null];
    this.check(raw.crm_record_json(this.handle, answer));
    return fromJson(answer[0]);
  }

  setText(field, value) {
    this.check(raw.crm_record_set_text(this.handle, fieldNo(this.constructor, field), value, Buffer.byteLength(value)));
  }

  setInt(field, value) {
    this.check(raw.crm_record_set_int(this.handle, fieldNo(this.constructor, field), int64(value)));
  }

  getInt(field) {
    return this.sure(raw.crm_record_int(this.handle, fieldNo(this.constructor, field)));
  }

  /** The number, unless it is 0 because the record cannot be used. */
  sure(number) {
    if (number == 0 && raw.crm_record_is_null(this.handle, raw.CRM_RECORD_ID) < 0) this.check(raw.CRM_MISUSE);
    return BigInt(number);
  }

  check(status) {
    if (status !== raw.CRM_OK) this.#db.check(status);
  }
}

const stored = Object.freeze({});

function fieldNo(cls, name) {
  if (!Object.hasOwn(cls.fields, name)) throw new TypeError(`${cls.name} has no field ${name}`);
  return cls.fields[name].no;
}

const int = (record, field) => raw.crm_record_int(record.handle, field.no);
const setInt = (record, field, value) => record.check(raw.crm_record_set_int(record.handle, field.no, int64(value)));
const digitsOf = (record, field) => oddCurrencies[raw.crm_record_text(record.handle, field.currency, null)] ?? 2;

/** How a property reads its field, writes it, and what it makes of the value in a row of a query. */
const kinds = {
  text: {
    read: (record, field) => raw.crm_record_text(record.handle, field.no, null),
    write(record, field, value) {
      if (typeof value !== 'string') throw new TypeError(`${field.name}: a text is wanted, not ${typeof value}`);
      record.setText(field.name, value);
    },
  },
  number: { read: (record, field) => Number(int(record, field)), write: setInt },
  bigint: {
    read: (record, field) => BigInt(int(record, field)),
    write: (record, field, value) => setInt(record, field, value instanceof Record ? value.id : value),
    ofRow: BigInt,
  },
  boolean: { read: (record, field) => Number(int(record, field)) !== 0, write: (record, field, value) => setInt(record, field, value ? 1 : 0) },
  real: {
    read: (record, field) => raw.crm_record_real(record.handle, field.no),
    write: (record, field, value) => record.check(raw.crm_record_set_real(record.handle, field.no, value)),
  },
  decimal: {
    read: (record, field) => toDecimal(BigInt(int(record, field)), 6),
    write: (record, field, value) => setInt(record, field, fromDecimal(value, 6, field.name)),
  },
  money: {
    read: (record, field) => toDecimal(BigInt(int(record, field)), digitsOf(record, field)),
    write: (record, field, value) => setInt(record, field, fromDecimal(value, digitsOf(record, field), field.name)),
    ofRow: BigInt,
  },
  date: { read: (record, field) => fromDays(int(record, field)), write: (record, field, value) => setInt(record, field, toDays(value)) },
  instant: {
    read: (record, field) => fromMicros(int(record, field)),
    write: (record, field, value) => setInt(record, field, toMicros(value)),
    ofRow: (value) => new Date(value),
  },
  choice: {
    read: (record, field) => codeOf(field.choices, Number(int(record, field))) ?? Number(int(record, field)), // one that only a later release knows
    write: (record, field, value) => record.setText(field.name, String(value)),
  },
  entity: {
    read: (record, field) => entityName(int(record, field)),
    write: (record, field, value) => record.setText(field.name, typeof value === 'string' ? value : value.entityName),
  },
};

/** Gives the classes of entities their properties, and a database the methods that it has none of its own for. */
export function define(all, methods) {
  for (const [name, method] of Object.entries(Object.getOwnPropertyDescriptors(methods.prototype)))
    if (!Object.hasOwn(Database.prototype, name)) Object.defineProperty(Database.prototype, name, method);
  for (const cls of all) {
    classes.set(cls.entity, cls).set(cls.entityName, cls);
    for (const [name, field] of Object.entries(cls.fields)) {
      const { read, write } = kinds[field.kind];
      field.name = name;
      Object.defineProperty(cls.prototype, name, {
        get() {
          const isNull = raw.crm_record_is_null(this.handle, field.no);
          if (isNull < 0) this.check(raw.CRM_MISUSE);
          return isNull ? null : read(this, field);
        },
        set(value) {
          if (value == null) this.check(raw.crm_record_set_null(this.handle, field.no));
          else write(this, field, value);
        },
      });
    }
  }
}

// --- queries

const camel = (name) => name.replace(/[._]([a-z])/g, (_, letter) => letter.toUpperCase());

/** What to do with the values of a column, "company.name" of an event; undefined: nothing. */
function ofRow(entity, path) {
  let cls = classes.get(entity);
  const steps = path.split('.');
  const last = steps.pop();
  for (const step of steps) cls = classes.get(cls?.fields[camel(step + '_id')]?.refers);
  if (last === 'id' || last === 'version') return BigInt;
  return kinds[cls?.fields[camel(last)]?.kind]?.ofRow;
}

/** Names and conversions of the columns of a query, made once for each list of columns. */
const shapes = new Map();

function shapeOf(entity, columns) {
  const key = `${entity}:${columns}`;
  let shape = shapes.get(key);
  if (!shape) shapes.set(key, (shape = { names: columns.map(camel), converters: columns.map((column) => ofRow(entity, column)) }));
  return shape;
}

/** Rows with the properties of the columns in camel case; page.after continues where they end, null if that was all. */
function page(entity, answer) {
  const { columns, rows, next } = JSON.parse(answer);
  const { names, converters } = shapeOf(entity, columns);
  const found = rows.map((values) => {
    const row = {};
    for (let i = 0; i < names.length; ++i) {
      const value = values[i];
      const convert = converters[i];
      row[names[i]] = convert && value !== null ? convert(value) : value;
    }
    return row;
  });
  found.after = next ?? null;
  return found;
}

/** A prepared query with parameters, { param: 1 }. */
export class Query extends Handle {
  #db;
  #entity;

  constructor(db, query) {
    super('query', raw.crm_query_close);
    this.#db = db;
    this.#entity = query.entity;
    const place = [null];
    db.check(raw.crm_query_new(db.handle, toJson(query), place));
    this.take(place[0]);
  }

  run(...parameters) {
    parameters.forEach((value, i) => this.#bind(i + 1, value));
    const answer = [null];
    this.#db.check(raw.crm_query_rows_json(this.handle, answer));
    return page(this.#entity, answer[0]);
  }

  #bind(index, value) {
    const { handle } = this;
    if (value === null || value === undefined) return this.#db.check(raw.crm_query_bind_null(handle, index));
    if (value instanceof Date) return this.#db.check(raw.crm_query_bind_int(handle, index, toMicros(value)));
    if (typeof value === 'bigint' || Number.isSafeInteger(value)) return this.#db.check(raw.crm_query_bind_int(handle, index, int64(value)));
    if (typeof value === 'number') return this.#db.check(raw.crm_query_bind_real(handle, index, value));
    const given = String(value);
    return this.#db.check(raw.crm_query_bind_text(handle, index, given, Buffer.byteLength(given)));
  }
}

// --- the database

/** An open CRM; see open. */
export class Database extends Handle {
  #callbacks;

  constructor(source, options = {}) {
    const callbacks = new Callbacks();
    super('database', (handle) => {
      raw.crm_close(handle);
      callbacks.release();
    });
    this.#callbacks = callbacks;
    const place = [null];
    const status = raw.crm_open(text(source), {
      struct_size: raw.sizeof(raw.crm_options),
      durability: choiceNo(choices.Durability, options.durability ?? 'full'),
      busy_timeout_ms: int32(options.busyTimeoutMs ?? 5000),
      read_only: options.readOnly ? 1 : 0,
      create_file: options.createFile === false ? 0 : 1,
      language: choiceNo(choices.Language, options.language ?? 'english'),
      actor: int64(options.actor ?? 0n),
      max_nesting: int64(options.maxNesting ?? 0n),
      max_text_bytes: int64(options.maxTextBytes ?? 0n),
      max_search_bytes: int64(options.maxSearchBytes ?? 0n),
      max_conditions: int64(options.maxConditions ?? 0n),
      max_columns: int64(options.maxColumns ?? 0n),
      max_values: int64(options.maxValues ?? 0n),
      max_answer_rows: int64(options.maxAnswerRows ?? 0n),
      max_answer_bytes: int64(options.maxAnswerBytes ?? 0n),
      max_resident_bytes: int64(options.maxResidentBytes ?? 0n),
      zone: textOrNull(options.zone),
      currency: textOrNull(options.currency),
    }, place);
    this.take(place[0]);
    try {
      this.check(status);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  check(status) {
    if (status !== raw.CRM_OK) throw errorOf(this.handle, status);
  }

  query(query) {
    const answer = [null];
    this.check(raw.crm_query_json(this.handle, toJson(query), answer));
    return page(query.entity, answer[0]);
  }

  *select(query, pageSize = 1000) {
    let { limit, ...wanted } = query;
    let left = limit || Infinity;
    while (left > 0) {
      const rows = this.query({ ...wanted, limit: Math.min(pageSize, left) });
      yield* rows;
      if (rows.after === null) return;
      wanted = { ...wanted, after: rows.after, offset: 0 };
      left -= rows.length;
    }
  }

  prepare(query) {
    return new Query(this, query);
  }

  hostSet({ clock, deliver, geocode, fileExists, authorise, products, documents, receipts }) {
    const parts = {
      clock: clock && (() => toMicros(clock())),
      deliver: deliver && ((notice) => void atOnce(deliver(notice))),
      geocode, file_exists: fileExists, authorise, products, documents, receipts,
    };
    this.#callbacks.replace(this.handle, parts, { toJson, fromJson }, (table) => this.check(raw.crm_host_set(this.handle, table)));
  }

  /** Everything that `work` does is one change; what it throws undoes it. */
  transaction(work) {
    this.begin();
    let result;
    try {
      result = work();
    } catch (error) {
      this.rollback();
      throw error;
    }
    this.commit();
    return result;
  }
}

export const open = (source, options) => new Database(source, options);
