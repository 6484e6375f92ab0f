// `indoubt/words`: the words a handler is written in, for exercises. Nothing here does anything:
// a handler only says what it wants next.

export { statement, unchanged } from '../scenarios/statements.ts';
export {
  type Found,
  findOne,
  findOrder,
  firstRow,
  hasNoId,
  insertOrder,
  noSuchRow,
  type Order,
  saveOrder,
  send,
  sql,
  twoSuchRows,
  when,
} from '../scenarios/ticket-words.ts';
export {
  bestEffortListener,
  calledMethod,
  compensating,
  type Exit,
  failing,
  fork,
  type Given,
  globalHandler,
  type HandlerState,
  handlerMachine,
  managedHandler,
  managedListener,
  type Row,
  type States,
  step,
  synchronizedHandler,
  transactionalHandler,
} from '../sim/index.ts';
