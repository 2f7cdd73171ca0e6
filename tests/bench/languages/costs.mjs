// costs.mjs DB DATA: what a call, a row, a list and a month cost through the binding for Node.js.
import { readFileSync } from 'node:fs';
import koffi from '../../../bindings/typescript/node_modules/koffi/index.js';
import * as crm from '../../../bindings/typescript/index.js';
import * as raw from '../../../bindings/typescript/raw.js';

const CALLS = 200_000;
const LISTS = 10;
const LIST = {
  entity: 'event',
  columns: ['id', 'start_at', 'end_at', 'type_id', 'stored_state', 'priority', 'sequence', 'due_at', 'purpose', 'result', 'company.name', 'executor.last_name'],
  order: ['id'],
  limit: 1000,
};
const MONTH = {
  entity: 'event',
  columns: ['id', 'start_at', 'end_at', 'type_id', 'stored_state', 'priority', 'purpose', 'company.name'],
  where: { all: [{ field: 'executor_id', value: { param: 1 } }, { field: 'start_at', op: 'ge', value: { param: 2 } }, { field: 'start_at', op: 'lt', value: { param: 3 } }] },
  order: ['start_at'],
};

function cost(task, count, work) {
  let best = Infinity;
  for (let run = 0; run < 3; ++run) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  console.log(JSON.stringify({ language: 'TypeScript', task, us: (best * 1000) / count }));
}

const [path, data] = process.argv.slice(2);
const db = crm.open(path);
const company = new crm.Company(db);
const rows = db.prepare(LIST);
const month = db.prepare(MONTH);
const months = readFileSync(`${data}/p_cal.csv`, 'utf8').trim().split('\n').map((line) => line.split('|').map(BigInt));

function opened() {
  const place = [null];
  raw.crm_query_run(rows.handle, place);
  return place[0];
}

cost('call', CALLS, () => {
  const { handle } = company;
  for (let i = 0; i < CALLS; ++i) raw.crm_record_int(handle, raw.CRM_COMPANY_STATUS);
});
cost('getters', 1000, () => {
  const cursor = opened();
  const more = [0];
  while (raw.crm_cursor_next(cursor, more) === 0 && more[0])
    for (let i = 0; i < 12; ++i) i >= 8 ? raw.crm_cursor_text(cursor, i, null) : raw.crm_cursor_int(cursor, i);
  raw.crm_cursor_close(cursor);
});
cost('cells', 1000, () => {
  const cursor = opened();
  const count = [0];
  const room = Buffer.alloc(256 * 12 * 16);
  while (raw.crm_cursor_cells(cursor, 256, room, count) === 0 && count[0])
    for (let at = 0; at < count[0] * 12 * 16; at += 16) {
      if (room.readInt32LE(at) === raw.CRM_TEXT) koffi.decode(room, at + 8, 'const char *');
      else room.readBigInt64LE(at + 8);
    }
  raw.crm_cursor_close(cursor);
});
cost('json', 1000, () => {
  const answer = [null];
  raw.crm_query_rows_json(rows.handle, answer);
  JSON.parse(answer[0]);
});
cost('list', LISTS, () => {
  for (let i = 0; i < LISTS; ++i) rows.run();
});
cost('month', months.length, () => {
  for (const [user, start, end] of months) month.run(user, start * 1_000_000n, end * 1_000_000n);
});
db.close();
