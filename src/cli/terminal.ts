// The terminal: its language, width and colours, and the two streams. Nothing else writes.

import {
  LANGUAGES,
  type Language,
  type Layout,
  type Paint,
  PLAIN,
  remembering,
} from '../report/index.ts';
import { closest, SandboxError } from '../sim/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The language to speak: `--lang`, else what the environment asks for, else English. */
export function languageOf(asked: string | undefined, env: Environment): Language {
  if (asked !== undefined) {
    const language = LANGUAGES.find((one) => one === asked);
    if (language) return language;
    const nearest = closest(asked, LANGUAGES);
    throw new SandboxError('unknown-name', {
      what: 'language',
      given: asked,
      nearest,
      known: LANGUAGES,
    });
  }
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Whether to colour: an explicit wish first, then whether a person is looking. */
export function wantsColor(noColor: boolean, env: Environment, isTerminal: boolean): boolean {
  if (noColor || env['NO_COLOR'] || env['TERM'] === 'dumb') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return isTerminal;
}

async function coloured(): Promise<Paint> {
  const { Chalk } = await import('chalk');
  const { bold, dim, green, red, yellow } = new Chalk({ level: 1 });
  // Chalk joins all its arguments, and `map` gives three: pass on one.
  const one = (colour: (text: string) => string) => (text: string) => colour(text);
  return { bold: one(bold), dim: one(dim), good: one(green), bad: one(red), warn: one(yellow) };
}

// Where nobody says how wide it is, text is laid out for 80 columns, and errors, which programs
// also read, are not broken at all.
function widthOf(stream: NodeJS.WriteStream): number {
  const { COLUMNS } = process.env;
  const unknown = stream === process.stderr ? Infinity : 80;
  return Math.max(20, stream.columns || Number(COLUMNS) || unknown);
}

/** What text for a person is laid out for. */
export async function layoutFor(
  color: boolean,
  stream: NodeJS.WriteStream = process.stdout,
): Promise<Layout> {
  const { default: measure } = await import('string-width');
  const paint = color ? await coloured() : PLAIN;
  return { width: widthOf(stream), measure: remembering(measure), paint };
}

/** Writes results, for a person or a program. */
export function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Writes everything that is not a result. */
export function complain(lines: readonly string[]): void {
  if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`);
}

/** A reader that goes away (`| head`) ends the program quietly; a full disk is said. */
export function survivePipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') process.exit(process.exitCode ?? 0);
      if (stream === process.stdout) complain([`sim: ${message}`]);
      process.exit(2);
    });
  }
}
