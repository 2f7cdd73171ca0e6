export * from './generated.js';
export { CrmError, Database, FeedPage, Host, ISODate, OpenOptions, Page, Query, QueryText, Record, Violation, open } from './runtime.js';
