// What the classroom needs of the command: where its files lie, how things are run and explored,
// and a catalogue in which a learner's handlers stand in for those of the scenario.

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Judges } from '../classroom/check.ts';
import { handedIn } from '../classroom/desk.ts';
import type { Engine } from '../classroom/engine.ts';
import { type Exercise, findExercise } from '../classroom/exercises.ts';
import { catalogueWith } from '../classroom/own-handlers.ts';
import { Progress } from '../classroom/progress.ts';
import { Sandbox, type SandboxParts } from '../classroom/sandbox/sandbox.ts';
import { transpiled } from '../classroom/sandbox/transpile.ts';
import { propertiesOf } from '../classroom/written.ts';
import type { Catalogue } from '../scenarios/index.ts';
import { SandboxError } from '../sim/index.ts';
import { reportOn } from './library.ts';
import { performRun } from './run.ts';

/** The exercises of the package. */
const EXERCISES = fileURLToPath(new URL('../../exercises/', import.meta.url));
/** Where an editor finds what `indoubt/words` has. */
export const WORD_TYPES = fileURLToPath(
  new URL('../../dist/classroom/words.d.ts', import.meta.url),
);

/** The sandbox as the build left it. */
function sandboxParts(): SandboxParts {
  const at = (name: string): URL => new URL(`../../dist/sandbox/${name}.js`, import.meta.url);
  const text = (name: string): string => readFileSync(at(name), 'utf8');
  return { relay: at('relay'), child: text('child'), inside: text('inside') };
}

/** More than any run of an exercise takes, unless a handler goes round in circles. */
const STEPS_MAX = 20_000;

const engine: Engine = {
  run: (scenario, wanted) => {
    const asked = { scenario: scenario.id, seed: null, steps: STEPS_MAX, ...wanted };
    const report = performRun(new Map([[scenario.id, scenario]]), asked);
    if (report.result.ending !== 'stopped') return report;
    throw new SandboxError('endless', { where: scenario.id, steps: STEPS_MAX });
  },
  explore: reportOn,
};

export function judgesOf(catalogue: Catalogue, typed = ''): Judges {
  return { catalogue, engine, parts: sandboxParts(), typed };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder of a person's own data, as each system has it. */
function dataFolder(env: Environment, platform: NodeJS.Platform): string {
  if (env['INDOUBT_HOME']) return env['INDOUBT_HOME'];
  if (platform === 'win32' && env['APPDATA']) return join(env['APPDATA'], 'indoubt');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'indoubt');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'indoubt');
}

/** The file a learner's progress is kept in. */
export const progressFile = (env: Environment = process.env): string =>
  join(dataFolder(env, process.platform), 'progress.sqlite');

/** Where an exercise is worked on: where it was started, or a folder of its name right here. */
export function folderOf(progress: Progress, { name }: Pick<Exercise, 'name'>): string {
  const cwd = process.cwd();
  if (basename(cwd) === name) return cwd;
  const standing = progress.of(name);
  if (!standing) throw new SandboxError('not-started', { exercise: name });
  return standing.folder;
}

function folderOfOwn(exercise: Exercise): string {
  const progress = new Progress(progressFile());
  try {
    return folderOf(progress, exercise);
  } finally {
    progress.close();
  }
}

/** What of a command says whose handlers are meant. */
export interface HandlerFlags {
  readonly exercise?: string;
  readonly handlers?: string;
  /** Another folder of exercises than the package's. */
  readonly exercises?: string;
}

/** What must be typed to have an exercise's handlers again. */
export function typedFor({ number }: Exercise, { handlers, exercises }: HandlerFlags): string {
  return [
    `--exercise ${number}`,
    ...(handlers === undefined ? [] : [`--handlers ${handlers}`]),
    ...(exercises === undefined ? [] : [`--exercises ${exercises}`]),
  ].join(' ');
}

export const exercisesFolder = ({ exercises }: HandlerFlags): string =>
  exercises === undefined ? EXERCISES : resolve(exercises);

/**
 * The catalogue with a learner's handlers in it. Their process ends with this one.
 * @throws SandboxError `not-started`, `bad-submission`, `bad-handlers`, `needs-option`
 */
export function catalogueWithOwn(catalogue: Catalogue, flags: HandlerFlags): Catalogue {
  const { exercise: given, handlers } = flags;
  if (given === undefined) {
    throw new SandboxError('needs-option', { given: '--handlers', needed: '--exercise N' });
  }
  const exercise = findExercise(exercisesFolder(flags), given);
  const { data } = exercise;
  if (data.kind !== 'mend' && data.kind !== 'build') return catalogue;
  const text =
    handlers === undefined
      ? handedIn(exercise, folderOfOwn(exercise))
      : handedIn({ ...exercise, file: '' }, handlers);
  const { machines } = new Sandbox(sandboxParts(), transpiled(text));
  return catalogueWith(catalogue, machines, propertiesOf(data), typedFor(exercise, flags));
}
