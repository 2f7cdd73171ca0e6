/** crm: the CRM of a trade ERP in one file. */
export * from './generated.js';
export { CrmError, Database, Query, Record, open } from './runtime.js';
