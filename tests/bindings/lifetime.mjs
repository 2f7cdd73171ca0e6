// Handles left to the collector and closed in any order: an error at most. Run with --expose-gc.
import assert from 'node:assert/strict';
import * as crm from '../../bindings/typescript/index.js';

const misuse = (error) => error instanceof crm.CrmError && error.code === 'misuse';
const path = process.argv[2];

let db = crm.open(path);
const record = new crm.Company(db, { name: 'Вектор' }).save();
const query = db.prepare({ entity: 'company' });
db.close();
db.close();
assert.throws(() => record.save(), misuse);
assert.throws(() => query.run(), misuse);
assert.throws(() => db.now(), misuse);
record[Symbol.dispose]();
assert.throws(() => record.name, misuse);

for (let round = 0; round < 5; ++round) {
  db = crm.open(path);
  for (let i = 0; i < 1000; ++i) new crm.Company(db, { name: `брошенный ${i}` });
  globalThis.gc();
  await new Promise((done) => setTimeout(done, 10)); // the registry is called between tasks
  assert.deepEqual(db.query({ entity: 'company', columns: ['name'] }).map((row) => row.name), ['Вектор']);
}
db = null;
globalThis.gc();
await new Promise((done) => setTimeout(done, 10));
console.log('fine');
