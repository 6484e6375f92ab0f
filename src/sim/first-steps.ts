// The first step of each run of a handler; for a message it is made once, as long as time stands
// still: a search comes by the same message again and again.

import type { Message } from './broker/index.ts';
import { type MachineStep, type MessageBody, startMachine } from './kernel/index.ts';
import type { Parts } from './parts.ts';
import type { Handler } from './scenario.ts';

export class FirstSteps {
  readonly #parts: Parts;
  readonly #byMessage = new WeakMap<Message, { nowMs: number; step: MachineStep }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  of({ machine }: Handler, body: MessageBody, message: Message | null): MachineStep {
    const { nowMs } = this.#parts.clock;
    const known = message && this.#byMessage.get(message);
    if (known?.nowMs === nowMs) return known.step;
    const { parameters } = this.#parts.input;
    const step = startMachine(machine, { body, parameters, nowMs });
    if (message) this.#byMessage.set(message, { nowMs, step });
    return step;
  }
}
