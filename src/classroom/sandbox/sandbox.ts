// A student's handlers, run in a process that is not trusted. The engine asks, waits, and believes
// nothing: what comes back is checked, and remembered, so that one question has one answer.

import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads';
import {
  type Chart,
  distantMachine,
  type EffectEvent,
  type ErrorData,
  type MachineTable,
  type Position,
  SandboxError,
} from '../../sim/index.ts';
import { canIsolate, tied } from './namespaces.ts';
import { chartsOf, positionOf } from './position.ts';

/** What a submission may cost. */
export interface Limits {
  /** To load, and for each answer. */
  readonly answerMs: number;
  readonly cpuSeconds: number;
  readonly heapMb: number;
  /** All memory that is its own, beyond the heap too. */
  readonly dataKb: number;
  /** In characters. */
  readonly answerMax: number;
}

export const LIMITS: Limits = {
  answerMs: 2000,
  cpuSeconds: 10,
  heapMb: 96,
  dataKb: 600_000,
  answerMax: 300_000,
};

/** The built parts of the sandbox. */
export interface SandboxParts {
  /** Where the relay's program lies. */
  readonly relay: URL;
  /** The text of the child's program. */
  readonly child: string;
  /** The text of what runs beside the student's code. */
  readonly inside: string;
}

/** How the child process ended. */
export interface Ended {
  readonly ended: 'time' | 'cpu' | 'answer' | 'died';
  /** What it last wrote of itself. */
  readonly words: string;
}

/** What a relay is told. */
export interface RelayOrder {
  readonly port: MessagePort;
  readonly signal: SharedArrayBuffer;
  readonly child: string;
  readonly limits: Limits;
  /** Whether the child has namespaces of its own. */
  readonly isolates: boolean;
  /** The command in front of the child's that ends it with this process. */
  readonly tie: readonly string[];
}

interface Failed {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

type Reason = ErrorData['bad-handlers']['reason'];

/** Beyond the child's own limit: for the relay to notice. */
const GRACE_MS = 5000;

function refusal(reason: Reason, detail: string, at: Partial<Failed> = {}): SandboxError {
  const { line, column } = at;
  const known = { ...(line && { line }), ...(column && { column }) };
  return new SandboxError('bad-handlers', { reason, detail }, { file: 'handlers.ts', ...known });
}

/** A process with a student's code in it. */
export class Sandbox {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #flag = new Int32Array(new SharedArrayBuffer(4));
  readonly #limits: Limits;
  readonly #answers = new Map<string, Position>();
  #charts: Readonly<Record<string, Chart>> = {};

  /**
   * Starts the process and loads the code.
   * @param module JavaScript that sets `exports.handlers`
   * @throws SandboxError `bad-handlers`
   */
  constructor(parts: SandboxParts, module: string, limits: Limits = LIMITS) {
    const { port1, port2 } = new MessageChannel();
    const signal = this.#flag.buffer as SharedArrayBuffer;
    const workerData: RelayOrder = {
      ...{ port: port2, signal, child: parts.child, limits },
      ...{ isolates: canIsolate(), tie: tied() },
    };
    this.#port = port1;
    this.#limits = limits;
    this.#worker = new Worker(parts.relay, { workerData, transferList: [port2] });
    this.#worker.unref();
    this.#port.unref();
    try {
      this.#say({ runtime: parts.inside });
      const charts = chartsOf((this.#say({ module }) as { charts?: unknown }).charts);
      if (typeof charts === 'string') throw refusal('answer', charts);
      this.#charts = charts;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** The student's handlers, as machines that can be put into a scenario. */
  get machines() {
    const entries = Object.entries(this.#charts).map(([name, chart]) => {
      return [name, distantMachine(name, chart, this.#tableOf(name, chart))] as const;
    });
    return new Map(entries);
  }

  close(): void {
    this.#worker.postMessage('end');
    this.#port.close();
  }

  #tableOf(handler: string, chart: Chart): MachineTable {
    const ask = (asked: object) => this.#position(JSON.stringify({ handler, ...asked }), chart);
    return {
      start: (input) => ask({ start: input }),
      advance: (state, context, event: EffectEvent) => ask({ state, context, event }),
    };
  }

  #position(ask: string, chart: Chart): Position {
    const known = this.#answers.get(ask);
    if (known) return known;
    const position = positionOf(this.#say({ ask }), chart);
    if (typeof position === 'string') throw refusal('answer', position);
    this.#answers.set(ask, position);
    return position;
  }

  /** Says something to the child and waits for its answer. @throws SandboxError `bad-handlers` */
  #say(message: object): unknown {
    Atomics.store(this.#flag, 0, 0);
    this.#port.postMessage(JSON.stringify(message));
    // The notification of the answer before may come as late as now, and wakes for nothing.
    let woken = 'ok';
    while (woken === 'ok' && Atomics.load(this.#flag, 0) === 0) {
      woken = Atomics.wait(this.#flag, 0, 0, this.#limits.answerMs + GRACE_MS);
    }
    const answer = receiveMessageOnPort(this.#port)?.message as string | Ended | undefined;
    if (answer === undefined) throw refusal('died', '');
    if (typeof answer === 'object') throw this.#endedBy(answer);
    const said = parsed(answer);
    const { failure } = said as { failure?: Failed };
    if (failure) throw refusal('threw', String(failure.message), failure);
    return said;
  }

  #endedBy({ ended, words }: Ended): SandboxError {
    const isMemory = /heap out of memory|Array buffer allocation failed|allocation failure/i.test(
      words,
    );
    return refusal(isMemory ? 'memory' : ended, isMemory ? '' : (words.split('\n')[0] ?? ''));
  }
}

function parsed(answer: string): object {
  try {
    const said: unknown = JSON.parse(answer);
    if (typeof said === 'object' && said !== null) return said;
  } catch {
    // Said below.
  }
  throw refusal('answer', answer.slice(0, 100));
}
