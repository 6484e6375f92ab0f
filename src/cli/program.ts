// What can be typed: the commands with their options.

import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import {
  exploreOptions,
  hang,
  type Language,
  type Layout,
  type Texts,
  textsIn,
  wrap,
} from '../report/index.ts';
import { closest, SandboxError } from '../sim/index.ts';
import { actionsFor, type Options } from './actions.ts';
import type { OutputStyle } from './output.ts';
import { asTyped } from './scenario-file.ts';

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

const NARROW = 64;

/** Lays help out by the terminal's width, with wide characters counted as two. */
function layOutHelp(program: Command, layout: Layout, { help }: Texts): void {
  const { measure, width } = layout;
  const titles: Readonly<Record<string, string>> = help.titles;
  program.configureHelp({
    helpWidth: width,
    minWidthToWrap: 20,
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
    .option('--diagram <format>', options.diagram)
    .option('--json', options.json)
    .option('--reporter <name>', options.reporter)
    .option('-q, --quiet', options.quiet)
    .option('--export-db <folder>', options.export)
    .option('--html <file>', options.html)
    .option('--force', options.force);
}

function addRequestOptions(command: Command, { help }: Texts): Command {
  const { options } = help;
  return command
    .option('--fail <fault>', options.fail, collect)
    .option('--set <name=value>', options.set, collect)
    .option('--input <file>', options.input)
    .option('--seed <number>', options.seed);
}

function addExploreOptions(command: Command, language: Language): void {
  for (const [option, text] of Object.entries(exploreOptions[language])) {
    command.option(option, text);
  }
}

type Add = (
  name: keyof Texts['help']['commands'],
  target: string,
  examples: readonly string[],
) => Command;

/** The commands that let one look at a run: in the terminal, and on a page. */
function addSeeingCommands(add: Add, texts: Texts): void {
  const { options } = texts.help;
  const step = add('step', '<target>', [
    'sim step ticket-saga',
    'sim step ticket-saga --break user.pay.charging',
    'sim step 2.ticket-saga.…',
    'sim step ticket-saga --keys "n n f1 p"',
  ]);
  addRequestOptions(step, texts)
    .option('--break <point>', options.break, collect)
    .option('--watch <sql>', options.watch, collect)
    .option('--keys <keys>', options.keys)
    .option('--force', options.force);
  addHandlerOptions(step, texts);
  add('serve', '', ['sim serve', 'sim serve --port 0 --open'])
    .option('--port <number>', options.port)
    .option('--open', options.open);
}

/** The commands for learning and teaching. */
function addClassroom(add: Add, { help }: Texts): void {
  const { options } = help;
  add('exercise', '<action> [exercise]', [
    'sim exercise list',
    'sim exercise start 1',
    'sim exercise check',
    'sim exercise solution 12 --give-up',
    'sim exercise new sold-twice --kind mend --exercises my-course',
    'sim exercise lint --exercises my-course',
  ])
    .option('--give-up', options.giveUp)
    .option('--kind <kind>', options.kind)
    .option('--exercises <folder>', options.exercises)
    .option('--json', options.json);
  add('grade', '<folder>', [
    'sim grade submissions',
    'sim grade submissions --exercise 12,14 --out grades',
    'sim grade submissions --out grades --resume',
  ])
    .option('--exercise <numbers>', options.graded)
    .option('--exercises <folder>', options.exercises)
    .option('--out <folder>', options.out)
    .option('--resume', options.again)
    .option('--force', options.force)
    .option('--time <duration>', options.judging)
    .option('--jobs <number>', options.judges)
    .option('--no-progress', options.progress)
    .option('--json', options.json);
}

/** Whose handlers a command runs. */
function addHandlerOptions(command: Command, { help }: Texts): void {
  command
    .option('--exercise <number>', help.options.exercise)
    .option('--handlers <file>', help.options.handlers)
    .option('--exercises <folder>', help.options.exercises);
}

function addExploring(add: Add, texts: Texts, language: Language): void {
  const { options } = texts.help;
  const explore = add('explore', '[scenario]', [
    'sim explore ticket-saga',
    'sim explore ticket-saga --faults 2 --kinds crash,duplicate',
    'sim explore ticket-saga --stalls 1 --granularity statement --preemptions 1',
    'sim explore chained-jdbc --at user.*.committing* --json',
  ]);
  addExploreOptions(addRequestOptions(explore, texts), language);
  addHandlerOptions(explore, texts);
  explore
    .option('--jobs <number>', options.jobs)
    .option('--shard <i/n>', options.shard)
    .option('--save <file>', options.save)
    .option('--checkpoint <file>', options.checkpoint)
    .option('--resume <file>', options.resume)
    .option('--profile', options.profile)
    .option('--html <file>', options.html)
    .option('--force', options.force)
    .option('--no-progress', options.progress)
    .option('--json', options.json)
    .option('-q, --quiet', options.quiet);
}

function addCommands(add: Add, texts: Texts, language: Language): void {
  const { options } = texts.help;
  add('list', '', ['sim list']).option('--json', options.json);
  add('show', '<scenario>', [
    'sim show ticket-saga',
    'sim show ticket-saga --diagram text --handler user.pay --state charging',
  ])
    .option('--diagram <format>', options.chart)
    .option('--handler <service.handler>', options.handler)
    .option('--state <name>', options.state)
    .option('--json', options.json);
  const run = add('run', '<scenario>', [
    'sim run ticket-saga',
    'sim run ticket-saga --fail=deposit',
    'sim run ticket-saga --fail=crash@user.pay.charging:after --json',
    'sim run ticket-saga --set amount=40 --seed 7',
    'sim run ticket-saga --fail=deposit --diagram svg > saga.svg',
    'sim run ./my.yaml --fail=crash@bank.transfer.committing:after',
  ]);
  addRunOptions(addRequestOptions(run, texts), texts);
  addHandlerOptions(run, texts);
  addSeeingCommands(add, texts);
  addExploring(add, texts, language);
  const files = 'sim merge first.json second.json';
  add('merge', '<files...>', [files])
    .option('--json', options.json)
    .option('-q, --quiet', options.quiet);
  add('matrix', '[scenario]', [
    'sim matrix',
    'sim matrix --patterns xa,saga --faults crash-between,lost',
    'sim matrix --markdown',
    'sim matrix isolation --json',
  ])
    .option('--patterns <names>', options.patterns)
    .option('--faults <names>', options.faults)
    .option('--csv', options.csv)
    .option('--markdown', options.markdown)
    .option('--json', options.json)
    .option('-q, --quiet', options.quiet);
  const replay = add('replay', '<code>', [
    'sim replay 2.ticket-saga.…',
    'sim replay 2.ticket-saga.… --upto 5',
    'sim replay 2.ticket-saga.… --upto 5 --then explore --faults 1',
  ])
    .option('--upto <steps>', options.upto)
    .option('--then <command>', options.andThen);
  addExploreOptions(replay, language);
  addRunOptions(replay, texts);
  addHandlerOptions(replay, texts);
  const codes = 'sim diff 2.ticket-saga.… 2.ticket-saga.…';
  add('diff', '<code> <code>', [codes]).option('--json', options.json);
  addClassroom(add, texts);
  add('completion', '<shell>', ['source <(sim completion bash)']);
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
  const add: Add = (name, target, examples) => {
    const command = program.command(name).description(help.commands[name]);
    if (target) {
      for (const argument of target.split(' ')) {
        const [key = 'scenario'] = argument.match(/\w+/) ?? [];
        command.argument(argument, help.arguments[key as keyof Texts['help']['arguments']]);
      }
    }
    command.action(async (...given: unknown[]) => {
      const own = (given.at(-1) as Command).optsWithGlobals() as Options;
      const [target = '', ...others] = given
        .slice(0, -2)
        .flat()
        .map((one) => String(one ?? ''));
      try {
        finish((await actions[name]?.(target, own, ...others)) ?? 0);
      } catch (error) {
        throw asTyped(error, target, own.scenarios);
      }
    });
    addOutputOptions(command, texts, layout, examples);
    return command;
  };
  addCommands(add, texts, style.language);
  return program;
}
