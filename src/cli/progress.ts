// Progress on standard error: one line that is written over on a terminal, elsewhere a line now and
// then.

import { stderr } from 'node:process';

const OFTEN_MS = 100;
const SELDOM_MS = 10_000;

export class ProgressLine {
  readonly #isShown: boolean;
  readonly #isTerminal = stderr.isTTY === true;
  #lastMs = performance.now();
  #written = false;

  /** @param isShown whether anybody wants to see it */
  constructor(isShown: boolean) {
    this.#isShown = isShown;
  }

  /** Shows how far it is, if it is time for that. */
  show(line: () => string): void {
    const nowMs = performance.now();
    if (!this.#isShown || nowMs - this.#lastMs < (this.#isTerminal ? OFTEN_MS : SELDOM_MS)) return;
    this.#lastMs = nowMs;
    const width = Math.max(20, stderr.columns ?? 80) - 1;
    if (this.#isTerminal) stderr.write(`\r\u001b[K${line().slice(0, width)}`);
    else stderr.write(`${line()}\n`);
    this.#written = true;
  }

  /** Takes the line away. */
  end(): void {
    if (this.#written && this.#isTerminal) stderr.write('\r\u001b[K');
  }
}
