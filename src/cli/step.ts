// `sim step`: through a run, forward and back. What is stepped through, and the frames that keys
// given beforehand would show; the terminal has a file of its own.

import { existsSync, writeFileSync } from 'node:fs';
import type { Language } from '../report/index.ts';
import {
  type AskedFilm,
  type FilmOrder,
  type Screen,
  type Showing,
  Stepper,
  shoot,
  shootCode,
  shootOrder,
  shootUnanswered,
} from '../report/step/index.ts';
import { type Catalogue, findScenario, scenarioOfCode } from '../scenarios/index.ts';
import { SandboxError, type Scenario } from '../sim/index.ts';
import { shootApartNow } from './apart.ts';
import { writePage } from './page-file.ts';
import { readSeed, readSettings } from './run.ts';

/** What can be typed after `sim step`. */
export interface StepFlags {
  readonly fail?: readonly string[];
  readonly set?: readonly string[];
  readonly seed?: string | undefined;
  readonly break?: readonly string[];
  readonly watch?: readonly string[];
  readonly keys?: string;
  readonly force?: boolean;
  readonly scenarios?: string;
}

/** How files are written. */
interface Writing {
  /** On which frames are drawn. */
  readonly screen: Screen;
  readonly language: Language;
  readonly force: boolean;
}

/** Codes begin with the number of their version; no scenario does. */
const isCode = (target: string): boolean => /^\d+\./.test(target);

/** What is stepped through, filmed once. */
function begun(
  catalogue: Catalogue,
  target: string,
  { fail, set, seed }: StepFlags,
  document: AskedFilm['document'],
): readonly [Scenario, Showing] {
  if (isCode(target)) {
    const scenario = findScenario(catalogue, scenarioOfCode(target));
    return [scenario, shootCode(scenario, target)];
  }
  const scenario = findScenario(catalogue, target);
  const settings = readSettings(catalogue, target, set ?? []);
  const asked = { fails: fail ?? [], settings, seed: readSeed(seed), document };
  return [scenario, shoot(scenario, asked)];
}

/**
 * Writes what is seen into a file, by its name: the run as a page (`.html`), all that was filmed
 * (`.json`), else the frame.
 * @throws SandboxError `file-exists`, `cannot-write`
 */
function writeSeen(path: string, stepper: Stepper, { screen, language, force }: Writing): string {
  if (!force && existsSync(path)) throw new SandboxError('file-exists', { path });
  const { showing } = stepper.session;
  if (path.endsWith('.html')) return writePage(path, [{ title: '', showing }], language);
  const isWhole = path.endsWith('.json');
  const text = isWhole ? JSON.stringify(showing) : stepper.draw(screen).join('\n');
  try {
    writeFileSync(path, `${text}\n`);
  } catch (error) {
    throw new SandboxError('cannot-write', { path, why: (error as Error).message });
  }
  return path;
}

/** Films; where queries are watched, in a process that can be ended if one of them has no end. */
function shootSafely(scenario: Scenario, order: FilmOrder, scenarios: string | undefined): Showing {
  // Another process would not have the handlers that somebody wrote.
  const isPlain = order.kind === 'code' || !order.asked.watch?.length || scenario.typed;
  if (isPlain) return shootOrder(scenario, order);
  const showing = shootApartNow({ order, scenarios }) ?? shootUnanswered(scenario, order);
  return { ...showing, asked: { ...showing.asked, watch: order.asked.watch } };
}

/**
 * One who steps through what is asked for. A code is opened where something first breaks.
 * @throws SandboxError for what cannot be run
 */
export function stepperFor(
  catalogue: Catalogue,
  target: string,
  flags: StepFlags,
  {
    language,
    document,
    screen,
  }: {
    readonly language: Language;
    readonly document: AskedFilm['document'];
    /** On which frames are written to files. */
    readonly screen: Screen;
  },
): Stepper {
  const [scenario, showing] = begun(catalogue, target, flags, document);
  return new Stepper(scenario, showing, {
    language,
    breakpoints: flags.break ?? [],
    watch: flags.watch ?? [],
    toBreak: isCode(target),
    shooting: (one, order) => shootSafely(one, order, flags.scenarios ?? one.file),
    write: (path, stepper) => {
      return writeSeen(path, stepper, { screen, language, force: flags.force ?? false });
    },
  });
}

/** Keys as they stand in `--keys`: apart by blanks; an argument with blanks is in quotes. */
function keysIn(text: string): readonly (readonly [key: string, argument: string])[] {
  const tokens = text.match(/[^\s'"]'[^']*'|[^\s'"]"[^"]*"|\S+/gu) ?? [];
  return tokens.map((token) => {
    const [key = '', ...others] = token;
    const rest = others.join('');
    return [key, /^(['"]).*\1$/s.test(rest) ? rest.slice(1, -1) : rest] as const;
  });
}

/** The frames that keys show: first as it is, then after each key, under a line that names it. */
export function framesOf(stepper: Stepper, keys: string, screen: Screen): readonly string[] {
  const lines = [...stepper.draw(screen)];
  for (const [key, argument] of keysIn(keys)) {
    stepper.press(key, argument);
    if (stepper.isOver) break;
    lines.push(screen.layout.paint.dim(`── ${key}${argument}`), ...stepper.draw(screen));
  }
  return lines;
}
