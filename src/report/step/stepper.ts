// One who steps, with his screen: keys in, a picture of exactly so many lines out.

import type { Scenario } from '../../sim/index.ts';
import { clip, type Layout } from '../layout.ts';
import type { Language } from '../texts/index.ts';
import { stepTexts } from '../texts/step.ts';
import { firstToSee, type Showing } from '../view/showing.ts';
import { stepPicture } from './frame.ts';
import { Keys, type Overlay } from './keys.ts';
import { explainLines, keyLines, treeLines } from './overlays.ts';
import { Session, type Shooting } from './session.ts';

/** How large a screen is, beside its width. */
export interface Screen {
  readonly layout: Layout;
  /** In lines. */
  readonly height: number;
}

interface StepOptions {
  readonly language: Language;
  readonly breakpoints: readonly string[];
  readonly watch: readonly string[];
  /** Whether to begin where something breaks. */
  readonly toBreak: boolean;
  /** Writes what is seen into a file, and returns its path. */
  readonly write: (path: string, stepper: Stepper) => string;
  /** Films further ways; here, if nobody says where. */
  readonly shooting?: Shooting;
}

const OVERLAYS = { explain: explainLines, keys: keyLines, tree: treeLines } as const;

export class Stepper {
  readonly session: Session;
  readonly #language: Language;
  readonly #keys: Keys;
  #message = '';
  #overlay: Overlay = null;
  isOver = false;

  /** @param showing what he begins with */
  constructor(scenario: Scenario, showing: Showing, options: StepOptions) {
    const { language, breakpoints, watch, toBreak, write, shooting } = options;
    this.session = new Session(scenario, showing, shooting);
    this.session.watchFor(watch);
    this.#language = language;
    this.#keys = new Keys(this.session, language, (path) => write(path, this));
    const passed = breakpoints.map((pattern) => this.session.toggleBreak(pattern));
    const missed = breakpoints.find((_, at) => !passed[at]);
    if (missed !== undefined) this.#message = stepTexts[language].say.noBreak(missed);
    if (breakpoints.length > 0) this.session.goOn();
    else if (toBreak) this.session.goTo(firstToSee(this.session.showing));
  }

  press(key: string, argument = ''): void {
    const { message, overlay = null, isOver = false } = this.#keys.press(key, argument);
    this.#message = message;
    // Asked again, it tells of the keys; and then no more.
    const after = { explain: 'keys', keys: null, tree: null } as const;
    const goesOn = overlay === 'explain' && this.#overlay === 'keys';
    const isAgain = this.#overlay !== null && (overlay === this.#overlay || goesOn);
    this.#overlay = isAgain && this.#overlay ? after[this.#overlay] : overlay;
    this.isOver = isOver;
  }

  /** The picture: exactly as many lines as the screen has, none wider. */
  draw({ layout, height }: Screen): readonly string[] {
    const { session } = this;
    if (this.#overlay) {
      const lines = OVERLAYS[this.#overlay](session, layout, this.#language);
      const shown = Array.from({ length: height - 1 }, (_, at) => lines[at] ?? '');
      const { keys } = stepTexts[this.#language];
      return [...shown, layout.paint.dim(clip(this.#message || keys, layout.width, layout))];
    }
    const { branches, branch } = session;
    const number = stepTexts[this.#language].branch(branch.number, branches.length);
    const picture = {
      showing: session.showing,
      step: session.step,
      row: session.row,
      branch: branches.length > 1 ? number : '',
      isBreak: session.isBreak,
      message: this.#message,
    };
    return stepPicture(picture, layout, height, this.#language);
  }
}
