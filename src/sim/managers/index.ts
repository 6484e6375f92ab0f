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
export { boundaryOf, type Definition, type Propagation } from './propagation.ts';
export {
  type CalledMethod,
  calledMethod,
  type Method,
  transactionalHandler,
} from './transactional.ts';
