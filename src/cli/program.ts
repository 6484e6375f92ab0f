// What can be typed: the commands with their options, and what each of them does.

import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import {
  exploreOptions,
  hang,
  type Layout,
  listReport,
  SCHEMA_VERSION,
  showDocument,
  showReport,
  type Texts,
  textsIn,
  wrap,
} from '../report/index.ts';
import { COMPARED, findMatrix, findScenario, runMatrix } from '../scenarios/index.ts';
import { closest, SandboxError } from '../sim/index.ts';
import { completionScript } from './completion.ts';
import type { ExploreFlags } from './explore-options.ts';
import type { InputDocument } from './input-file.ts';
import { loadCatalogue } from './load.ts';
import {
  eventPrinter,
  type OutputStyle,
  printExploration,
  printMatrix,
  printRun,
} from './output.ts';
import { performReplay } from './replay.ts';
import { performRun, readSeed, readSettings } from './run.ts';
import { layoutFor, print } from './terminal.ts';

interface Options extends ExploreFlags {
  readonly scenarios?: string;
  readonly fail?: readonly string[];
  readonly set?: readonly string[];
  readonly input?: string;
  readonly exportDb?: string;
  readonly force?: boolean;
  readonly patterns?: string;
  readonly progress?: boolean;
  readonly csv?: boolean;
  readonly markdown?: boolean;
}

type Action = (target: string, options: Options) => Promise<number>;

const REPORTERS = ['ndjson'];
const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Refuses a reporter that is not there. @throws SandboxError `unknown-name` */
export function checkReporter(given: string | undefined): void {
  if (given === undefined || REPORTERS.includes(given)) return;
  const nearest = closest(given, REPORTERS);
  throw new SandboxError('unknown-name', { what: 'reporter', given, nearest, known: REPORTERS });
}

/** The document of `--input`, and where each value of it stands; empty without one. */
async function documentOf({ input }: Options): Promise<Partial<InputDocument>> {
  if (input === undefined) return {};
  return await (await import('./input-file.ts')).readInputDocument(input);
}

function actionsFor(style: OutputStyle): Readonly<Record<string, Action>> {
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
    show: async (id, { scenarios }) => {
      const scenario = findScenario(await loadCatalogue(scenarios), id);
      if (json) asJson(showDocument(scenario));
      else print(showReport(scenario, await say()));
      return 0;
    },
    run: async (id, options) => {
      const catalogue = await loadCatalogue(options.scenarios);
      const settings = readSettings(catalogue, id, options.set ?? []);
      const document = await documentOf(options);
      const { files, ...report } = performRun(catalogue, {
        scenario: id,
        fails: options.fail ?? [],
        settings,
        seed: readSeed(options.seed),
        ...document,
        ...output(options),
      });
      return await printRun(report, files, style);
    },
    matrix: async (id, { scenarios, patterns, faults, csv, markdown }) => {
      const scenario = findMatrix(await loadCatalogue(scenarios), id || COMPARED);
      const result = runMatrix(scenario, {
        ...(patterns !== undefined && { rows: patterns.split(',') }),
        ...(faults !== undefined && { columns: faults.split(',') }),
      });
      const form = csv ? 'csv' : markdown ? 'markdown' : 'table';
      return await printMatrix(result, style, form);
    },
    explore: async (id, options) => {
      const { performExplore, readRequest } = await import('./explore.ts');
      const catalogue = await loadCatalogue(options.scenarios);
      const document = await documentOf(options);
      const request = readRequest(catalogue, id, options, document);
      const showsProgress = options.progress !== false;
      const report = await performExplore(catalogue, request, { language, showsProgress });
      return await printExploration(report, style);
    },
    replay: async (code, options) => {
      const catalogue = await loadCatalogue(options.scenarios);
      const { files, ...report } = performReplay(catalogue, code, output(options));
      return await printRun(report, files, style);
    },
    completion: async (shell, { scenarios }) => {
      print([completionScript(shell, await loadCatalogue(scenarios))]);
      return 0;
    },
  };
}

const NARROW = 64;

/** Lays help out by the terminal's width, with wide characters counted as two. */
function layOutHelp(program: Command, layout: Layout, { help }: Texts): void {
  const { measure, width } = layout;
  const titles: Readonly<Record<string, string>> = help.titles;
  program.configureHelp({
    helpWidth: width,
    displayWidth: measure,
    styleTitle: (title) => titles[title] ?? title,
    boxWrap: (text, columns) =>
      text
        .split('\n')
        .flatMap((line) => wrap(line, columns, measure))
        .join('\n'),
    // Two columns of text need room; without it, what an option means goes below it.
    ...(width < NARROW && {
      formatItem: (term: string, _termWidth: number, about: string) =>
        [...hang('  ', term, layout), ...hang('      ', about, layout)].join('\n'),
    }),
  });
}

function addOutputOptions(
  command: Command,
  { help }: Texts,
  layout: Layout | null,
  examples: readonly string[],
): void {
  const lines = examples
    .flatMap((example) => (layout ? hang('  ', example, layout) : [`  ${example}`]))
    .join('\n');
  command
    .option('--lang <language>', help.options.lang)
    .option('--no-color', help.options.color)
    .option('--scenarios <file>', help.options.scenarios)
    .helpOption('-h, --help', help.options.help)
    .addHelpText('after', `\n${help.examples}\n${lines}`);
}

function addRunOptions(command: Command, { help }: Texts): void {
  const { options } = help;
  command
    .option('--json', options.json)
    .option('--reporter <name>', options.reporter)
    .option('-q, --quiet', options.quiet)
    .option('--export-db <folder>', options.export)
    .option('--force', options.force);
}

/**
 * Builds the program. `finish` is told the exit code of the command that ran; `layout` is needed
 * only to show help.
 */
export function buildProgram(
  style: OutputStyle,
  layout: Layout | null,
  finish: (code: number) => void,
): Command {
  const texts = textsIn(style.language);
  const { help } = texts;
  const actions = actionsFor(style);
  const program = new Command('sim')
    .description(help.program)
    .version(version(), '-V, --version', help.options.version)
    .helpCommand('help [command]', help.options.help)
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  if (layout) layOutHelp(program, layout, texts);
  addOutputOptions(program, texts, layout, ['sim list', 'sim run ticket-saga --fail=deposit']);
  const add = (name: keyof Texts['help']['commands'], target: string, examples: string[]) => {
    const command = program.command(name).description(help.commands[name]);
    if (target) {
      const [key = 'scenario'] = target.match(/\w+/) ?? [];
      command.argument(target, help.arguments[key as keyof Texts['help']['arguments']]);
    }
    command.action(async (...given: unknown[]) => {
      const own = (given.at(-1) as Command).optsWithGlobals() as Options;
      finish((await actions[name]?.(String(given[0] ?? ''), own)) ?? 0);
    });
    addOutputOptions(command, texts, layout, examples);
    return command;
  };
  add('list', '', ['sim list']).option('--json', help.options.json);
  add('show', '<scenario>', ['sim show ticket-saga']).option('--json', help.options.json);
  const run = add('run', '<scenario>', [
    'sim run ticket-saga',
    'sim run ticket-saga --fail=deposit',
    'sim run ticket-saga --fail=crash@user.pay.charging:after --json',
    'sim run ticket-saga --set amount=40 --seed 7',
  ])
    .option('--fail <fault>', help.options.fail, collect)
    .option('--set <name=value>', help.options.set, collect)
    .option('--input <file>', help.options.input)
    .option('--seed <number>', help.options.seed);
  addRunOptions(run, texts);
  const explore = add('explore', '<scenario>', [
    'sim explore ticket-saga',
    'sim explore ticket-saga --faults 2 --kinds crash,duplicate',
    'sim explore ticket-saga --stalls 1 --granularity statement --preemptions 1',
    'sim explore chained-jdbc --at user.*.committing* --json',
  ])
    .option('--fail <fault>', help.options.fail, collect)
    .option('--set <name=value>', help.options.set, collect)
    .option('--input <file>', help.options.input)
    .option('--seed <number>', help.options.seed);
  for (const [option, text] of Object.entries(exploreOptions[style.language])) {
    explore.option(option, text);
  }
  explore
    .option('--no-progress', help.options.progress)
    .option('--json', help.options.json)
    .option('-q, --quiet', help.options.quiet);
  add('matrix', '[scenario]', [
    'sim matrix',
    'sim matrix --patterns xa,saga --faults crash-between,lost',
    'sim matrix --markdown',
    'sim matrix isolation --json',
  ])
    .option('--patterns <names>', help.options.patterns)
    .option('--faults <names>', help.options.faults)
    .option('--csv', help.options.csv)
    .option('--markdown', help.options.markdown)
    .option('--json', help.options.json)
    .option('-q, --quiet', help.options.quiet);
  addRunOptions(add('replay', '<code>', ['sim replay 2.ticket-saga.…']), texts);
  add('completion', '<shell>', ['source <(sim completion bash)']);
  return program;
}
