// The door of the scenarios' floor. The checker of scenarios.yaml has a door of its own
// (check.ts): a run does not need it.

export { type AskedRun, readRun } from './asked.ts';
export {
  buildCatalogue,
  buildScenario,
  type Catalogue,
  findScenario,
} from './catalogue.ts';
export { mergeSettings, readFaults, withStrikes } from './faults.ts';
export { allParameters, type Parameters, readInput } from './input.ts';
export { type Judgement, judge } from './judge.ts';
export { judgeExploration } from './judge-exploration.ts';
export {
  COMPARED,
  findMatrix,
  type MatrixCell,
  type MatrixResult,
  runMatrix,
} from './matrix.ts';
export {
  decodeRecording,
  definitionOf,
  encodeRecording,
  endedAlike,
  type Recording,
  recordingOf,
  scenarioOfCode,
} from './replay-code.ts';
export type { CatalogueData, ScenarioData } from './shape.ts';
export { type Locate, parseSetting } from './values.ts';
