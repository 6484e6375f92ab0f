// The door of the explorer: search, walks, and what they found.

export { Coverage } from './coverage.ts';
export type { Shard } from './exhaustive.ts';
export {
  type Exploration,
  type Explored as Progress,
  type ExploreOptions,
  Explorer,
  type Finding,
} from './explorer.ts';
export { ENDLESS } from './model.ts';
export { type ExplorationPart, merged, partOf } from './parts.ts';
export { STRATEGIES, type Strategy } from './walks.ts';
