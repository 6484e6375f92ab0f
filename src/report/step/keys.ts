// What each key does while somebody steps through a run. A key may have an argument, typed after
// it. Writing a file is left to whoever owns the terminal.

import { SandboxError } from '../../sim/index.ts';
import { errorText } from '../error-report.ts';
import { type Language, textsIn } from '../texts/index.ts';
import { stepTexts } from '../texts/step.ts';
import { lastStep } from '../view/showing.ts';
import { changesOf } from '../view/tables.ts';
import { eventsOf, viewOf } from '../view/view.ts';
import { shownRows } from './sections.ts';
import type { Branch, Session } from './session.ts';

/** What is shown instead of the step. */
export type Overlay = 'explain' | 'keys' | 'tree' | null;

/** What a key came to. */
export interface Pressed {
  /** What is to be said; empty for nothing. */
  readonly message: string;
  readonly overlay?: Overlay;
  readonly isOver?: boolean;
}

/** Keys that want an argument; of the others the next key is one of its own. */
export const ARGUED = ['g', '/', 'b', 'f', 't', 'w', 'e'];

/** What arrows and the like stand for. */
export const ALIASES: Readonly<Record<string, string>> = {
  right: 'n',
  left: 'p',
  down: 'j',
  up: 'k',
  space: 'n',
  home: 'g0',
  end: 'g$',
};

type Act = (argument: string) => Pressed;

export class Keys {
  readonly #session: Session;
  readonly #language: Language;
  readonly #write: (path: string) => string;
  #sought = '';
  readonly #acts: Readonly<Record<string, Act>>;

  /** @param write writes what is seen into a file, and returns its path */
  constructor(session: Session, language: Language, write: (path: string) => string) {
    this.#session = session;
    this.#language = language;
    this.#write = write;
    this.#acts = {
      n: () => this.#move(1),
      p: () => this.#move(-1),
      j: () => this.#select(1),
      k: () => this.#select(-1),
      N: () => this.#toChange(1),
      P: () => this.#toChange(-1),
      g: (to) => this.#goTo(to),
      '/': (text) => this.#seek(text),
      b: (pattern) => this.#breakAt(pattern),
      c: () => this.#goOn(),
      f: (number) => this.#strike(number),
      u: () => this.#undo(),
      t: (number) => this.#tree(number),
      w: (sql) => this.#watch(sql),
      d: () => this.#compare(),
      e: (path) => this.#export(path),
      '?': () => ({ message: '', overlay: 'explain' }),
      q: () => ({ message: '', isOver: true }),
    };
  }

  get #words() {
    return stepTexts[this.#language].say;
  }

  /** Does what a key stands for. */
  press(key: string, argument = ''): Pressed {
    const choose = () => this.#choose(Number(`${key}${argument}`));
    const known = Object.hasOwn(this.#acts, key) ? this.#acts[key] : undefined;
    const act = /^[1-9]$/.test(key) ? choose : known;
    if (!act) return { message: this.#words.unknownKey(key) };
    try {
      return act(argument.trim());
    } catch (error) {
      // What a person got wrong is said, and he goes on.
      if (!(error instanceof SandboxError)) throw error;
      return { message: errorText(error, textsIn(this.#language)).message };
    }
  }

  #move(by: number): Pressed {
    const { step } = this.#session;
    this.#session.goTo(step + by);
    if (this.#session.step !== step) return { message: '' };
    return { message: by > 0 ? this.#words.atEnd : this.#words.atBeginning };
  }

  get #view() {
    return viewOf(this.#session.showing, this.#session.step, this.#language);
  }

  #select(by: number): Pressed {
    const rows = shownRows(this.#view, this.#session.row).map(({ id }) => id);
    const at = rows.indexOf(this.#session.row ?? '');
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
    this.#session.row = rows[Math.max(0, Math.min(next, rows.length - 1))] ?? null;
    return { message: '' };
  }

  #toChange(by: number): Pressed {
    const { row, step, showing } = this.#session;
    if (row === null) return { message: this.#words.noRow };
    const changes = changesOf(showing.film, row);
    const next = by > 0 ? changes.find((at) => at > step) : changes.findLast((at) => at < step);
    if (next === undefined) return { message: this.#words.noChange };
    this.#session.goTo(next);
    return { message: '' };
  }

  #goTo(to: string): Pressed {
    const last = lastStep(this.#session.showing.film);
    const step = to === '$' ? last : Number(to || Number.NaN);
    if (!Number.isInteger(step) || step < 0 || step > last)
      return { message: this.#words.noStep(to, last) };
    this.#session.goTo(step);
    return { message: '' };
  }

  #seek(text: string): Pressed {
    this.#sought = text || this.#sought;
    const { showing, step } = this.#session;
    const wanted = this.#sought.toLowerCase();
    for (let at = step + 1; at <= lastStep(showing.film); at++) {
      const told = eventsOf(showing, at).map((event) => JSON.stringify(event));
      const said = viewOf(showing, at, this.#language).happened.map((one) => one.text);
      if (![...said, ...told].some((one) => one.toLowerCase().includes(wanted))) continue;
      this.#session.goTo(at);
      return { message: '' };
    }
    return { message: this.#words.notFound(this.#sought) };
  }

  #breakAt(pattern: string): Pressed {
    const { breakpoints } = this.#session;
    if (pattern === '') return { message: this.#words.breaks(breakpoints) };
    const isPassed = this.#session.toggleBreak(pattern);
    const isNew = breakpoints.includes(pattern);
    if (isNew && !isPassed) return { message: this.#words.noBreak(pattern) };
    return { message: this.#words.breaks(breakpoints) };
  }

  #goOn(): Pressed {
    this.#session.goOn();
    return { message: '' };
  }

  #choose(number: number): Pressed {
    const choice = this.#view.next.find((one) => one.number === number);
    if (!choice) return { message: this.#words.noChoice(String(number)) };
    if (choice.isTaken) return this.#move(1);
    return this.#branched(this.#session.choose(choice.option, choice.text));
  }

  #strike(number: string): Pressed {
    const fault = this.#view.faults.find((one) => String(one.number) === number);
    if (!fault) return { message: this.#words.noFault(number) };
    return this.#branched(this.#session.strike(fault.fault));
  }

  // In a new branch one sees at once what came of the choice.
  #branched({ number, what }: Branch): Pressed {
    this.#session.goTo(this.#session.step + 1);
    return { message: this.#words.newBranch(number, what) };
  }

  #undo(): Pressed {
    const branch = this.#session.undo();
    return { message: branch ? this.#words.back(branch.number) : this.#words.noParent };
  }

  #tree(number: string): Pressed {
    if (number === '') return { message: '', overlay: 'tree' };
    const branch = this.#session.visit(Number(number));
    return { message: branch ? this.#words.back(branch.number) : this.#words.noBranch(number) };
  }

  #watch(sql: string): Pressed {
    const { watch } = this.#session;
    this.#session.watchFor(sql === '' ? [] : [...watch, sql]);
    return { message: '' };
  }

  #compare(): Pressed {
    const step = this.#session.difference();
    if (step === undefined) return { message: this.#words.plain };
    if (step === null) return { message: this.#words.alike };
    this.#session.goTo(step);
    return { message: this.#words.differs(step) };
  }

  #export(path: string): Pressed {
    const usual = `${this.#session.showing.scenario}-${this.#session.step}.html`;
    return { message: this.#words.exported(this.#write(path || usual)) };
  }
}
