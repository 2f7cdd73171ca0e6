export * from './generated.js';
export { CrmError, Database, ISODate, OpenOptions, Page, Query, QueryText, Record, Violation, open } from './runtime.js';
