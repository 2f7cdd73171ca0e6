// scenario.mjs FILE DATABASE: every step of the scenario through the binding for Node.js; prints an answer a line (JSON).
import { readFileSync } from 'node:fs';
import * as crm from '../../bindings/typescript/index.js';

const [file, path] = process.argv.slice(2);
const dbs = { first: crm.open(path) };
const records = {};
let asked = [];

const camel = (name) => name.replace(/[._]([a-z])/g, (_, letter) => letter.toUpperCase());
const classOf = (entity) => crm[camel('_' + entity)];

/** An argument as a programmer writes it. */
function given(value) {
  if (Array.isArray(value)) return value.map(given);
  if (value === null || typeof value !== 'object') return value;
  if ('$' in value) return records[value.$].id;
  if ('record' in value) return records[value.record];
  if ('records' in value && Object.keys(value).length === 1) return value.records.map((name) => records[name]);
  if ('version' in value) return records[value.version].version;
  if ('instant' in value) return new Date(value.instant);
  if ('date' in value && Object.keys(value).length === 1) return value.date;
  if ('entity' in value && Object.keys(value).length === 1) return classOf(value.entity);
  if ('flag' in value) return value.flag;
  if ('choice' in value) return value.choice[1];
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, given(v)]));
}

/** A JSON value as the property wants it. */
function typed(field, value) {
  const plain = given(value);
  if (field.kind === 'instant' && typeof plain === 'string') return new Date(plain);
  return plain;
}

const properties = (cls, fields) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [camel(name), typed(cls.fields[camel(name)], value)]));

/** What a property or a method gave, as JSON: the same in every language. */
function told(value) {
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(told);
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, told(v)]));
  return value === undefined ? null : value;
}

function call(db, step) {
  const args = step.args.map(given);
  if (step.method === 'event_act') args[3] = Object.fromEntries(Object.entries(args[3]).map(([k, v]) => [camel(k), v]));
  return db[camel(step.method)](...args);
}

const at = (step, answer) => (step.at ?? []).reduce((found, part) => found[part], answer);

/** A function that answers what the step says, or throws it. */
function partOfHost(name, part) {
  const said = given(part.answer);
  return (...question) => {
    if (name !== 'clock') asked.push([name, ...question]); // who knows how often
    if ('fails' in part) throw new Error(part.fails);
    return said;
  };
}

function run(step) {
  const db = dbs[step.on ?? 'first'];
  const record = records[step.record];
  switch (step.do) {
    case 'open':
      dbs[step.as] = crm.open(step.path ?? path, { zone: step.zone, currency: step.currency,
        ...Object.fromEntries(Object.entries(step.limits ?? {}).map(([name, limit]) => [camel(name), BigInt(limit)])) });
      return null;
    case 'call':
      return at(step, call(db, step));
    case 'host':
      return db.hostSet(Object.fromEntries(Object.entries(step.parts).map(([name, part]) => [camel(name), partOfHost(name, part)])));
    case 'asked': {
      const all = asked;
      asked = [];
      return at(step, all);
    }
    case 'new': {
      const cls = classOf(step.entity);
      records[step.as] = new cls(db, properties(cls, step.fields));
      return null;
    }
    case 'load':
      records[step.as] = classOf(step.entity).load(db, given(step.id));
      return null;
    case 'set':
      Object.assign(record, properties(record.constructor, step.fields));
      return null;
    case 'set_text':
      return record.setText(camel(step.field), step.text);
    case 'set_int':
      return record.setInt(camel(step.field), step.number);
    case 'get':
      return Object.fromEntries(step.fields.map((name) => [name, record[camel(name)]]));
    case 'query': {
      const page = db.query(given(step.query));
      return { rows: page.map((row) => Object.values(row)), next: page.after };
    }
    case 'select':
      return [...db.select(given(step.query), 2)].map((row) => Object.values(row));
    case 'close':
      return (record ?? db).close();
    default:
      record[step.do]();
      return null;
  }
}

function answer(step) {
  try {
    return { answer: told(run(step)) };
  } catch (error) {
    if (!(error instanceof crm.CrmError)) throw error;
    const violations = error.violations.map(({ rule, entity, field }) => ({ rule, entity, field }));
    return { error: { code: error.code, text: error.message, violations } };
  }
}

for (const step of JSON.parse(readFileSync(file, 'utf8'))) console.log(JSON.stringify('do' in step ? answer(step) : {}));
