// What was measured on the real stack (Spring, ActiveMQ, MariaDB, Atomikos), read from cases.json.

import { readFileSync } from 'node:fs';
import type { Row } from '../../../src/sim/index.ts';

export interface MeasuredMessage {
  readonly body: string;
  readonly originalDestination?: string;
}

export interface MeasuredException {
  readonly class: string;
  readonly outcomeState?: string;
}

export interface Measured {
  readonly id: string;
  readonly actions: readonly string[];
  readonly observed: {
    readonly attempts?: number | null;
    readonly deliveries?: readonly string[] | null;
    readonly tables: Readonly<Record<string, readonly Row[]>>;
    readonly queues: Readonly<Record<string, readonly MeasuredMessage[]>>;
    readonly dlq?: readonly MeasuredMessage[] | null;
    readonly commitOrder?: readonly string[] | null;
    /** Of the one caller, or of each by his name. */
    readonly exceptions?:
      | MeasuredException
      | Readonly<Record<string, MeasuredException | null>>
      | readonly string[]
      | null;
    readonly xaRecoverAtEnd?: Readonly<Record<string, readonly unknown[]>>;
  };
}

export const cases = JSON.parse(
  readFileSync(new URL('cases.json', import.meta.url), 'utf8'),
) as readonly Measured[];

export function measuredCase(id: string): Measured {
  const found = cases.find((one) => one.id === id);
  if (!found) throw new Error(`no case ${id}`);
  return found;
}
