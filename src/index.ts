// The library's door: run a scenario of the catalogue, or one of your own, from a test.

export { type Explored, type ExploreWanted, explore, toHold } from './cli/library.ts';
export { loadCatalogue } from './cli/load.ts';
export { performReplay } from './cli/replay.ts';
export { performRun } from './cli/run.ts';
export { loadScenario } from './cli/scenario-file.ts';
export {
  allParameters,
  buildScenario as defineScenario,
  type Catalogue,
  type CatalogueData,
  decodeRecording,
  encodeRecording,
  findScenario,
  judge,
  mergeSettings,
  type Recording,
  readFaults,
  readInput,
  runMatrix,
  type ScenarioData,
} from './scenarios/index.ts';
export * from './sim/index.ts';
