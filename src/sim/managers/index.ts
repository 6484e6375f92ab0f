// The door of the transaction managers' floor.

export { bestEffortListener, type HandlerBody } from './best-effort.ts';
export {
  compensating,
  type Exit,
  failing,
  fork,
  type Given,
  type HandlerInput,
  type HandlerState,
  handlerMachine,
  step,
} from './handler.ts';
export {
  type ManagedListener,
  type ManagedMethod,
  managedHandler,
  managedJob,
  managedListener,
  synchronizedHandler,
} from './managed.ts';
export { type Finding, type FindingExit, finding } from './persistence.ts';
export { boundaryOf, type Definition, type Propagation } from './propagation.ts';
export { type Recovery, recoveryMachine } from './recovery.ts';
export {
  type CalledMethod,
  calledMethod,
  type Method,
  transactionalHandler,
} from './transactional.ts';
export { type GlobalMethod, globalHandler, type Participant } from './two-phase.ts';
export type { States, Synchronization, Unit } from './units.ts';
