// What each command does once it is known what was typed.

import {
  type ExploreReport,
  listReport,
  type Report,
  SCHEMA_VERSION,
  showDiagram,
  showDocument,
  showReport,
  textsIn,
} from '../report/index.ts';
import { COMPARED, findMatrix, findScenario, runMatrix } from '../scenarios/index.ts';
import { SandboxError } from '../sim/index.ts';
import type { HandlerFlags } from './classroom.ts';
import { completionScript } from './completion.ts';
import { type DiagramFlags, readDiagram } from './diagram.ts';
import type { ExerciseFlags } from './exercise-desk.ts';
import type { Typed } from './explore-command.ts';
import type { ExploreFlags } from './explore-options.ts';
import type { GradeFlags } from './grade.ts';
import type { InputDocument } from './input-file.ts';
import { loadCatalogue, loadTarget, type Target } from './load.ts';
import {
  eventPrinter,
  type OutputStyle,
  printDifference,
  printExploration,
  printMatrix,
  printRun,
} from './output.ts';
import { performDiff, performReplay } from './replay.ts';
import { performRun, readSeed, readSettings, wholeNumber } from './run.ts';
import type { ServeFlags } from './serve.ts';
import type { StepFlags } from './step.ts';
import { complain, layoutFor, print } from './terminal.ts';

/** What can be typed after a command. */
export interface Options
  extends ExploreFlags,
    StepFlags,
    ServeFlags,
    Typed,
    DiagramFlags,
    HandlerFlags,
    ExerciseFlags,
    GradeFlags {
  readonly input?: string;
  readonly exportDb?: string;
  readonly force?: boolean;
  readonly patterns?: string;
  readonly upto?: string;
  readonly html?: string;
  readonly csv?: boolean;
  readonly markdown?: boolean;
}

/** Does what a command is for. Returns its exit code. */
type Action = (target: string, options: Options, ...others: string[]) => Promise<number>;

/** What is meant by an id or a path, with the handlers that were asked for instead of its own. */
async function loadAsked(target: string, options: Options): Promise<Target> {
  const found = await loadTarget(target, options.scenarios);
  const { exercise, handlers } = options;
  if (exercise === undefined && handlers === undefined) return found;
  const { catalogueWithOwn } = await import('./classroom.ts');
  return { ...found, catalogue: catalogueWithOwn(found.catalogue, options) };
}

/** The document of `--input`, and where each value of it stands; empty without one. */
async function documentOf({ input }: Options): Promise<Partial<InputDocument>> {
  if (input === undefined) return {};
  return await (await import('./input-file.ts')).readInputDocument(input);
}

/** What writes the page that was asked for, and says so; checked before anything runs. */
async function pageFor({ html, force }: Options, { language, quiet }: OutputStyle) {
  if (html === undefined) return () => {};
  const { checkPage, runsOf, writePage } = await import('./page-file.ts');
  checkPage(html, force ?? false);
  return (report: Report | ExploreReport): void => {
    const path = writePage(html, runsOf(report), language);
    if (!quiet) complain([textsIn(language).run.exported(path)]);
  };
}

function explorations(style: OutputStyle): Readonly<Record<'explore' | 'merge', Action>> {
  const { language } = style;
  return {
    explore: async (target, options) => {
      const { exploreCommand, resumeCommand } = await import('./explore-command.ts');
      if (options.resume !== undefined) {
        const page = await pageFor(options, style);
        const report = await resumeCommand(options.resume, options, language);
        page(report);
        return await printExploration(report, style, options.checkpoint ?? options.resume);
      }
      const { catalogue, id, scenarios } = await loadAsked(target, options);
      const document = await documentOf(options);
      const found = { ...options, ...(scenarios !== undefined && { scenarios }) };
      const act = () => exploreCommand(catalogue, id, found, language, document);
      const page = await pageFor(options, style);
      const report = options.profile
        ? await (await import('./profile.ts')).withProfile(act)
        : await act();
      page(report);
      return await printExploration(report, style, options.checkpoint);
    },
    merge: async (first, options, ...others) => {
      const { mergeCommand } = await import('./explore-command.ts');
      const report = await mergeCommand([first, ...others], options);
      return await printExploration(report, style);
    },
  };
}

/** Through a run in the terminal; or, where keys are given, what they show. */
async function stepThrough(
  { catalogue, id: target }: Target,
  typed: string,
  flags: Options,
  { language, color }: OutputStyle,
  document: InputDocument['document'] | undefined,
): Promise<number> {
  const { stdin, stdout } = process;
  const { keys } = flags;
  if (keys === undefined && !(stdin.isTTY && stdout.isTTY))
    throw new SandboxError('no-terminal', { command: `sim step ${typed}` });
  const { framesOf, stepperFor } = await import('./step.ts');
  const layout = await layoutFor(color);
  const screen = { layout, height: Math.max(10, Number(process.env['LINES']) || 24) };
  const seen = { layout: { ...(await layoutFor(false)), width: 100 }, height: 40 };
  const stepper = stepperFor(catalogue, target, flags, { language, document, screen: seen });
  if (keys !== undefined) {
    print(framesOf(stepper, keys, screen));
    return 0;
  }
  const { stepInTerminal } = await import('./step-terminal.ts');
  const streams = { input: stdin, output: stdout };
  const layoutNow = () => ({ ...layout, width: Math.max(20, stdout.columns || 80) });
  return await stepInTerminal(stepper, streams, layoutNow, language);
}

/** The commands that let one look at a run: in the terminal, and on a page. */
function showings(style: OutputStyle): Readonly<Record<'serve' | 'step', Action>> {
  return {
    serve: async (_target, options) => {
      const { serveCommand } = await import('./serve.ts');
      return await serveCommand(options, style.language);
    },
    step: async (target, options) => {
      const found = await loadAsked(target, options);
      const { document } = await documentOf(options);
      return await stepThrough(found, target, options, style, document);
    },
  };
}

/** The commands for learning and teaching. */
function classroom(style: OutputStyle): Readonly<Record<'exercise' | 'grade', Action>> {
  return {
    grade: async (folder, options) => {
      const { gradeCommand } = await import('./grade.ts');
      return await gradeCommand(folder, options, style);
    },
    exercise: async (action, options, given = '') => {
      const { exerciseCommand } = await import('./exercise.ts');
      return await exerciseCommand(action, given, options, style);
    },
  };
}

/** The commands by name. */
export function actionsFor(style: OutputStyle): Readonly<Record<string, Action>> {
  const { language, json } = style;
  const texts = textsIn(language);
  const say = async () => ({ layout: await layoutFor(style.color), texts, language });
  const output = ({ exportDb, force }: Options) => ({
    ...(exportDb !== undefined && { exportFolder: exportDb }),
    force: force ?? false,
    ...eventPrinter(style),
  });
  const asJson = (content: object) =>
    print([JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...content }, null, 2)]);
  return {
    list: async (_target, { scenarios }) => {
      const all = (await loadCatalogue(scenarios)).titles();
      if (json) asJson({ scenarios: all });
      else print(listReport(all, await say()));
      return 0;
    },
    show: async (target, options) => {
      const diagram = readDiagram(options, style);
      const { catalogue, id } = await loadTarget(target, options.scenarios);
      const scenario = findScenario(catalogue, id);
      if (diagram) {
        print(showDiagram(scenario, options, diagram, await layoutFor(style.color), language));
      } else if (json) asJson(showDocument(scenario));
      else print(showReport(scenario, await say()));
      return 0;
    },
    run: async (target, options) => {
      const diagram = readDiagram(options, style);
      const { catalogue, id } = await loadAsked(target, options);
      const settings = readSettings(catalogue, id, options.set ?? []);
      const document = await documentOf(options);
      const page = await pageFor(options, style);
      const { files, ...report } = performRun(catalogue, {
        scenario: id,
        fails: options.fail ?? [],
        settings,
        seed: readSeed(options.seed),
        ...document,
        ...output(options),
      });
      page(report);
      return await printRun(report, files, style, diagram);
    },
    matrix: async (target, { scenarios, patterns, faults, csv, markdown }) => {
      const { catalogue, id } = await loadTarget(target || COMPARED, scenarios);
      const scenario = findMatrix(catalogue, id);
      const result = runMatrix(scenario, {
        ...(patterns !== undefined && { rows: patterns.split(',') }),
        ...(faults !== undefined && { columns: faults.split(',') }),
      });
      const form = csv ? 'csv' : markdown ? 'markdown' : 'table';
      return await printMatrix(result, style, form);
    },
    ...showings(style),
    ...explorations(style),
    ...classroom(style),
    replay: async (code, options) => {
      const diagram = readDiagram(options, style);
      const { catalogue } = await loadAsked(code, options);
      const upto = wholeNumber('--upto', options.upto);
      const page = await pageFor(options, style);
      if (options.then !== undefined) {
        if (diagram) throw new SandboxError('conflict', { first: '--diagram', second: '--then' });
        const { exploreFrom } = await import('./explore-command.ts');
        const report = await exploreFrom(catalogue, code, upto, options, language);
        page(report);
        return await printExploration(report, style);
      }
      const steps = upto === null ? {} : { steps: upto };
      const { files, ...report } = performReplay(catalogue, code, { ...output(options), ...steps });
      page(report);
      return await printRun(report, files, style, diagram);
    },
    diff: async (code, { scenarios }, other = '') => {
      const catalogue = await loadCatalogue(scenarios);
      return await printDifference(performDiff(catalogue, code, other), style);
    },
    completion: async (shell, { scenarios }) => {
      print([completionScript(shell, await loadCatalogue(scenarios))]);
      return 0;
    },
  };
}
