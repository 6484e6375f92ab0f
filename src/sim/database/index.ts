// The door of the database floor.

export { Connection, type Reply } from './connection.ts';
export { Database } from './database.ts';
export { Observatory, type Query, type Source, speaksOf, stampOf } from './observatory.ts';
export { kindText, type SeenLock } from './observe.ts';
export type { Outcome } from './outcome.ts';
export { releaseSavepoint, setSavepoint } from './savepoints.ts';
export { type Bound, bound } from './statement.ts';
export { XaBranches, type XaError } from './xa.ts';
