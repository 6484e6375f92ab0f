// The door of the explorer: search, walks, and what they found.

export {
  type Exploration,
  type Explored,
  type ExploreOptions,
  Explorer,
  type Finding,
} from './explorer.ts';
export { ENDLESS } from './model.ts';
export { STRATEGIES, type Strategy } from './walks.ts';
