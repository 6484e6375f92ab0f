// The door of the reports: results in, text and JSON out.

export { type Counterexample, counterexampleLines, shortestWay } from './counterexample.ts';
export { DIAGRAMS, type DiagramFormat, runDiagram } from './diagram/run-diagram.ts';
export { showDiagram } from './diagram/show-diagram.ts';
export { type Difference, diffDocument, differenceOf, diffReport } from './diff-report.ts';
export {
  bugDocument,
  errorDocument,
  eventDocument,
  runDocument,
  SCHEMA_VERSION,
  verdictDocument,
} from './document.ts';
export { errorReport, errorText } from './error-report.ts';
export {
  type ExploreReport,
  exploreDocument,
  exploreReport,
  guarantee,
  quietExploration,
} from './explore-report.ts';
export {
  clipFront,
  hang,
  type Layout,
  type Paint,
  PLAIN,
  remembering,
  visible,
  wrap,
  wrapLegend,
} from './layout.ts';
export { matrixDocument, matrixReport } from './matrix-report.ts';
export { matrixCsv, matrixMarkdown } from './matrix-table.ts';
export { type Report, replayLines, runReport, verdictWords } from './run-report.ts';
export { listReport, showDocument, showReport } from './show-report.ts';
export { phrase } from './telling.ts';
export {
  type Bounds,
  type ClassroomTexts,
  classroomTexts,
  exploreOptions,
  exploreTexts,
  LANGUAGES,
  type Language,
  type Limit,
  type Texts,
  textsIn,
} from './texts/index.ts';
