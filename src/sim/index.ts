// The only door of `sim`.

export { Broker, DEAD_LETTER_QUEUE } from './broker/index.ts';
export {
  Connection,
  Database,
  kindText,
  Observatory,
  type Query,
  type Reply,
  type SeenLock,
  XaBranches,
  type XaError,
} from './database/index.ts';
export {
  FAULT_KINDS,
  type Fault,
  type FaultKind,
  type FaultPoint,
  faultText,
  isSameAfter,
  kindsFor,
  type PointEffect,
  Probe,
  parseDuration,
  parseFault,
  shortFault,
} from './faults/index.ts';
export { type Film, type Frame, film, type Passed, type WatchedRows } from './film.ts';
export { History } from './history.ts';
export * from './kernel/index.ts';
export type { LeftMessage, LeftQueue, Tables } from './left.ts';
export * from './managers/index.ts';
export {
  admit,
  type Circuit,
  type CircuitTerms,
  CLOSED,
  evict,
  type Instances,
  instancesOf,
  type Leases,
  type Registration,
  recordCall,
  register,
  renew,
  takeTurn,
} from './network/index.ts';
export { PACES, type Pace, type Work } from './parts.ts';
export type { Prospect } from './prospects.ts';
export {
  outcomeOf,
  type RunOutcome,
  type RunResult,
  type RunSummary,
  run,
  runWorld,
} from './run.ts';
export * from './scenario.ts';
export { WORLD_PARAMETERS } from './settings.ts';
export type {
  HeldLock,
  OpenRow,
  QueuedMessage,
  SeenBranch,
  SeenLog,
  SeenQueue,
  SeenRun,
  SeenTable,
  Sight,
  Whereabouts,
} from './sight.ts';
export { InDoubt } from './transaction/index.ts';
export type { Wait } from './waits.ts';
export {
  brokerSource,
  COMES_TO_REST,
  type Ending,
  REQUESTS,
  type Verdict,
  WORLD_TABLES,
} from './watch.ts';
export { World } from './world.ts';
