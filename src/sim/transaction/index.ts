// The door of the transaction floor.

export { InDoubt } from './in-doubt.ts';
export { CoordinatorLogs } from './log.ts';
