// The door of the broker's floor.

export { Broker, type SessionEnd } from './broker.ts';
export { type Message, type SendTwist, seen } from './message.ts';
export { DEAD_LETTER_QUEUE } from './queues.ts';
