// The door of the faults' floor.

export {
  type Fault,
  type FaultPoint,
  faultText,
  parseDuration,
  parseFault,
  shortFault,
} from './fault.ts';
export { FAULT_KINDS, type FaultKind, isSameAfter, kindsFor, type PointEffect } from './kinds.ts';
export { FaultPlan, type Strike, type Strikes } from './plan.ts';
export { Probe } from './probe.ts';
