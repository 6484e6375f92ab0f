// The library's door: run a scenario of the catalogue, or one of your own, from a test.

export { loadCatalogue } from './cli/load.ts';
export {
  type Catalogue,
  type CatalogueData,
  decodeRecording,
  encodeRecording,
  findScenario,
  judge,
  type Recording,
} from './scenarios/index.ts';
export * from './sim/index.ts';
