// The door of the kernel.

export { Agenda, type Task } from './agenda.ts';
export { assert, present, unreachable } from './assert.ts';
export { Clock } from './clock.ts';
export type {
  Effect,
  EffectEvent,
  EffectKind,
  EffectResult,
  Failure,
  Isolation,
  LogRecord,
  MessageBody,
  Note,
  Resource,
  Row,
  SqlParams,
  SqlValue,
  Xid,
} from './effect.ts';
export type {
  CatalogueProblem,
  ErrorCode,
  ErrorData,
  Expected,
  FilePlace,
  Named,
} from './error-codes.ts';
export { BugError, SandboxError } from './errors.ts';
export { fingerprintOf, type Json } from './fingerprint.ts';
export { Footprint } from './footprint.ts';
export { hashOf, Mixer } from './hash.ts';
export { advanceMachine, type MachineStep, startMachine } from './machine.ts';
export { closest } from './names.ts';
export { fits } from './pattern.ts';
export { createPrng, type Prng } from './prng.ts';
export { type Rewindable, Rewindables } from './rewindable.ts';
export {
  type Choice,
  defaultSchedule,
  recordedSchedule,
  type Schedule,
  scheduleOf,
  seededSchedule,
} from './schedule.ts';
export { SharedMap } from './shared-map.ts';
export { Stamp } from './stamp.ts';
export { type Chart, type ChartState, chartOf } from './statechart.ts';
export {
  type Happening,
  type Inspection,
  type Place,
  recordEvents,
  type SeenMessage,
  Trace,
  type TraceEvent,
  type WorldEvents,
} from './trace.ts';
