// The first step of each run of a handler, made once for the same body as long as time stands
// still: a search comes by the same message again and again.

import { type MachineStep, type MessageBody, startMachine } from './kernel/index.ts';
import type { Parts } from './parts.ts';
import type { Handler } from './scenario.ts';

interface Known {
  readonly handler: Handler;
  readonly nowMs: number;
  readonly step: MachineStep;
}

export class FirstSteps {
  readonly #parts: Parts;
  readonly #byBody = new WeakMap<MessageBody, Known>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  of(handler: Handler, body: MessageBody): MachineStep {
    const { nowMs } = this.#parts.clock;
    const known = this.#byBody.get(body);
    if (known?.nowMs === nowMs && known.handler === handler) return known.step;
    const { parameters } = this.#parts.input;
    const step = startMachine(handler.machine, { body, parameters, nowMs });
    this.#byBody.set(body, { handler, nowMs, step });
    return step;
  }
}
