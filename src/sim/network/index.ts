// The door of the network's floor.

export { Processes } from './processes.ts';
