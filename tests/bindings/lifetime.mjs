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

// The functions of a host live as long as the library may call them; what they do wrong is told.
db = crm.open('memory:');
for (let second = 0; second < 10000; ++second) db.hostSet({ clock: () => new Date(second * 1000) });
globalThis.gc();
for (let i = 0; i < 1000; ++i) assert.equal(db.now().getTime(), 9999 * 1000);
const told = (text) => (error) => error instanceof crm.CrmError && error.code === 'host' && error.message.includes(text);
for (const [wrong, text] of [[() => db.today(), 'must not call back'], [() => null, 'not an instant'], [() => { throw 'a text'; }, 'a text'],
  [() => { throw Object.create(null); }, 'makes no text'], [() => { throw undefined; }, 'undefined'], [() => { throw { get message() { throw 1; } }; }, 'makes no text'],
  [async () => new Date(), 'a Date']]) {
  db.hostSet({ clock: wrong });
  assert.throws(() => db.now(), told(text));
}
db.hostSet({ geocode: async () => null });
const company = new crm.Company(db, { name: 'Вектор' }).save();
const address = new crm.Address(db, { companyId: company, settlement: 'Бердск' }).save();
assert.throws(() => db.addressGeocode(address.id), told('a promise'));
db.hostSet({ geocode: () => undefined, authorise: () => {} }); // forgot to return: no answer, and none that allows
assert.throws(() => db.addressGeocode(address.id), told('no answer'));
db.actAs(new crm.User(db, { lastName: 'Директоров', administrator: true }).save().id);
company.name = 'Ромб';
assert.throws(() => company.save(), told('no answer'));
for (const answer of [NaN, Infinity, new Date(NaN), { toJSON: () => null }]) { // JSON says null of them
  db.hostSet({ authorise: () => answer });
  assert.throws(() => company.save(), told('JSON cannot say'));
}
db.hostSet({ authorise: () => null });
company.save();
db.actAs(0);
db.hostSet({ clock: () => db.close() });
assert.throws(() => db.now(), crm.CrmError);
db = crm.open('memory:');
let ends = true;
db.hostSet({ clock: () => { if (ends) db.interrupt(); return new Date(0); } }); // in one thread only a function of the host can
assert.throws(() => new crm.Company(db, { name: 'Вектор' }).save(), (error) => error.code === 'interrupted' && error.violations[0].rule === 'call.interrupted');
ends = false;
assert.equal(db.query({ entity: 'company' }).length, 0);
db.close();
for (let i = 0; i < 100; ++i) {
  const one = crm.open('memory:');
  one.hostSet({ clock: () => new Date(0), geocode: () => null });
  one.close();
}
console.log('fine');
