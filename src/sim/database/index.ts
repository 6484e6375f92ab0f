// The door of the database floor.

export { Database, type Outcome } from './database.ts';
export { Observatory, type Query, type Source, stampOf } from './observatory.ts';
