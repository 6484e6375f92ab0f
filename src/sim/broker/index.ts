// The door of the broker's floor.

export { Broker } from './broker.ts';
export type { Container } from './containers.ts';
export { type Message, type SendTwist, seen } from './message.ts';
export { DEAD_LETTER_QUEUE } from './queues.ts';
export type { SessionEnd, Taken, Taker } from './session-end.ts';
export { heldBy, type PendingSend } from './session-table.ts';
