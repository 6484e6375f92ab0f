// The door of the network's floor.

export { admit, type Circuit, type CircuitTerms, CLOSED, recordCall } from './circuit-breaker.ts';
export { Processes } from './processes.ts';
export {
  evict,
  type Instances,
  instancesOf,
  type Leases,
  type Registration,
  register,
  renew,
} from './registry.ts';
export { takeTurn } from './round-robin.ts';
