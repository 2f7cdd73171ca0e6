// Compiled, not run: what a TypeScript programmer may rely on.
import { open, Company, Event, CrmError, type CompanyStatus } from '../../bindings/typescript/index.js';
import * as raw from '../../bindings/typescript/raw.js';

const db = open('memory:', { language: 'russian', actor: 0n });
const company = new Company(db, { name: 'ООО Вектор', status: 'active' });
const status: CompanyStatus = company.save().status;
const id: bigint = company.id;
const comment: string | null = company.comment;
const event = new Event(db, { startAt: new Date(), executorId: 1n, priority: 'very_high' });
const start: Date | null = event.startAt;
db.eventPlan(event);
const version: bigint = db.eventAct(event.id, event.version, 'hold', { result: 'показали', startAt: start });
for (const row of db.select<{ id: bigint; companyName: string | null }>({ entity: 'event', columns: ['id', 'company.name'] })) console.log(row.id, row.companyName);
db.hostSet({ clock: () => new Date(), geocode: (query) => (query ? { latitude: 55.03, longitude: 82.92 } : null), authorise: ({ done }) => done !== 'erase' });
const found: boolean = db.addressGeocode(1n);
try {
  Company.load(db, 5n);
} catch (error) {
  if (error instanceof CrmError && error.code === 'not_found') console.log(error.violations[0].rule, status, id, comment, version, found);
}
// @ts-expect-error: it must answer at once
db.hostSet({ geocode: async () => null });
const place: raw.Place<raw.crm_record> = [null];
const loaded: number = raw.crm_record_load(db.handle as raw.crm_db, raw.CRM_COMPANY, 5n, place);
const name: string | null = loaded === raw.CRM_OK ? raw.crm_record_text(place[0]!, raw.CRM_COMPANY_NAME, null) : null;
console.log(name);
// @ts-expect-error: another handle
raw.crm_record_save(db.handle as raw.crm_db);
// @ts-expect-error: an id is a bigint
Company.load(db, 5);
// @ts-expect-error: no such code
company.status = 'closed';
// @ts-expect-error: no such field
company.nonsense = 1;
// @ts-expect-error: made by the library
company.score = 100;
// @ts-expect-error: a name is required
company.name = null;
db.close();
