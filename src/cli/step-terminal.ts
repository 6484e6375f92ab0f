// A terminal to step in: keys are read one by one, pictures drawn over each other on a screen of
// their own. However it ends, the terminal is as it was before.

import { emitKeypressEvents } from 'node:readline';
import { clipFront, type Language, type Layout } from '../report/index.ts';
import { ALIASES, ARGUED, type Stepper, stepTexts } from '../report/step/index.ts';

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const ERASE_LINE = '\u001b[K';
const ERASE_BELOW = '\u001b[J';

/** What ends it from outside, and the exit code then. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

interface Key {
  readonly name?: string;
  readonly sequence?: string;
  readonly ctrl?: boolean;
}

/** The streams of a terminal. */
export interface Streams {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** Keys with an argument are typed into the last line, until enter or escape. */
class Typing {
  readonly #prompt: string;
  readonly key: string;
  text = '';

  constructor(key: string, prompt: string) {
    this.key = key;
    this.#prompt = prompt;
  }

  /** What is typed, its end if not all of it fits. */
  line(layout: Layout): string {
    const label = `${this.#prompt}: `;
    return `${label}${clipFront(`${this.text}▏`, layout.width - layout.measure(label), layout)}`;
  }

  /** Takes a key. Returns whether one still types, is done, or has given up. */
  take(text: string | undefined, { name, ctrl }: Key): 'more' | 'done' | 'left' {
    if (name === 'return' || name === 'enter') return 'done';
    if (name === 'escape') return 'left';
    if (name === 'backspace') this.text = [...this.text].slice(0, -1).join('');
    else if (text && !ctrl && text >= ' ') this.text += text;
    return 'more';
  }
}

/**
 * Lets a person step, until he leaves. Returns the exit code: 0, or 130 if he interrupts.
 * @param layoutNow the layout for the terminal's width at this moment
 */
export function stepInTerminal(
  stepper: Stepper,
  { input, output }: Streams,
  layoutNow: () => Layout,
  language: Language,
): Promise<number> {
  let typing: Typing | null = null;
  const draw = (): void => {
    const layout = layoutNow();
    const height = Math.max(10, output.rows || 24);
    const lines = [...stepper.draw({ layout, height })];
    if (typing) lines[height - 1] = typing.line(layout);
    const shown = lines.map((line) => `${line}${ERASE_LINE}`).join('\r\n');
    output.write(`${HOME}${shown}${ERASE_BELOW}`);
  };
  const press = (text: string | undefined, key: Key): void => {
    const name = ALIASES[key.name ?? ''] ?? text ?? '';
    const prompt = stepTexts[language].prompts[name];
    if (name.length === 1 && ARGUED.includes(name) && prompt) typing = new Typing(name, prompt);
    else if (name !== '') {
      const [first = '', ...others] = name;
      stepper.press(first, others.join(''));
    }
  };
  const take = (text: string | undefined, key: Key): void => {
    const state = typing?.take(text, key);
    const typed = typing;
    if (state !== 'more') typing = null;
    if (!typed) press(text, key);
    else if (state === 'done') stepper.press(typed.key, typed.text);
  };
  return new Promise((resolve, reject) => {
    const wasRaw = input.isRaw;
    const restore = (): void => {
      input.setRawMode(wasRaw);
      output.write(LEAVE);
    };
    // Whatever ends the process, an error of its own among it, the terminal is given back.
    process.once('exit', restore);
    const close = (end: () => void): void => {
      process.off('exit', restore);
      for (const [signal, stop] of stops) process.off(signal, stop);
      input.off('keypress', onKey);
      output.off('resize', onResize);
      input.pause();
      restore();
      end();
    };
    const guarded = (act: () => void): void => {
      try {
        act();
        if (stepper.isOver) close(() => resolve(0));
        else draw();
      } catch (error) {
        close(() => reject(error));
      }
    };
    const onKey = (text: string | undefined, key: Key): void => {
      if (key.ctrl && key.name === 'c') close(() => resolve(130));
      else guarded(() => take(text, key));
    };
    const onResize = (): void => guarded(() => {});
    const stops = Object.entries(SIGNALS).map(([signal, code]) => {
      return [signal, () => close(() => resolve(code))] as const;
    });
    emitKeypressEvents(input);
    input.setRawMode(true);
    input.resume();
    input.on('keypress', onKey);
    output.on('resize', onResize);
    for (const [signal, stop] of stops) process.once(signal, stop);
    output.write(ENTER);
    guarded(() => {});
  });
}
