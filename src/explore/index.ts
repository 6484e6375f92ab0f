// The door of the explorer: search, walks, and what they found.

export { fromJson, toJson } from './checkpoint.ts';
export { Coverage, type Unreached } from './coverage.ts';
export {
  type Exploration,
  type Explored as Progress,
  type ExploreOptions,
  Explorer,
  type Finding,
  type PlainAction,
  type SavedExploration,
} from './explorer.ts';
export { ENDLESS } from './model.ts';
export { type ExplorationPart, merged, partOf } from './parts.ts';
export type { Shard } from './search.ts';
export { SharedSeen } from './shared-seen.ts';
export { STRATEGIES, type Strategy } from './walks.ts';
export type { Web } from './web.ts';
