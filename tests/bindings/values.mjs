// A value that has no room in C is refused and never cut; ids are bigint wherever they stand.
import assert from 'node:assert/strict';
import * as crm from '../../bindings/typescript/index.js';

const db = crm.open('memory:');
const kind = new crm.EventType(db, { code: 'call', nameRu: 'звонок', noCompany: true }).save();
const user = new crm.User(db, { lastName: 'Иванов', hired: '2020-01-09' }).save();
const event = new crm.Event(db, { typeId: kind, executorId: user, setterId: user, startAt: db.now(), currency: 'RUB', amount: '10.50' });
db.eventPlan(event);
const byId = db.prepare({ entity: 'event', columns: ['id'], where: { field: 'id', value: { param: 1 } } });
for (const work of [
  () => crm.Event.load(db, 2n ** 64n + 1n), () => crm.Event.load(db, 1.5), () => crm.Event.load(db, 2 ** 53), () => byId.run(2n ** 64n + 1n),
  () => db.completeness(2n ** 64n + 1n), () => db.contacts('x', 2 ** 32 + 1), () => crm.open('memory:', { actor: 2n ** 64n }),
  () => (event.amount = '1' + '0'.repeat(30)), () => (event.contactId = 2n ** 64n + 1n),
  () => db.eventAct(event.id, 0n, 'hold', { outcome: 2n ** 64n + 1n }), () => db.eventAct(event.id, 0n, 'toString'),
])
  assert.throws(work, (error) => error.code === 'invalid_argument', String(work));
for (const work of [() => crm.Event.load(db, '1'), () => event.getInt('nothing'), () => event.setText('toString', 'x')]) assert.throws(work, TypeError);
const byContact = db.prepare({ entity: 'event', columns: ['id'], where: { field: 'contact_id', value: { param: 1 } } });
assert.deepEqual([byContact.run(null).length, byContact.run(1).length], [1, 0]);
assert.equal(event.amount, '10.5');
assert.equal(event.contactId, null);

const company = new crm.Company(db, { name: 'Вектор', status: 'active' }).save();
const sphere = new crm.Sphere(db, { name: 'Энергетика' }).save();
new crm.CompanySphere(db, { companyId: company, sphereId: sphere }).save();
const classifier = new crm.Classifier(db, { name: 'по сферам', appliesTo: 'company', kind: 'sphere' }).save();
assert.deepEqual(db.orphans(), [company.id]);
assert.equal(db.classifierCounts(classifier.id)[0].node, sphere.id);
assert.equal(db.audit({ entity: 'company', id: company.id }).entries[0].actor, 0n);
console.log('fine');
