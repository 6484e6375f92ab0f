// The file in which an exploration that was stopped waits to be gone on with.

import { readFileSync, writeFileSync } from 'node:fs';
import { fromJson, type SavedExploration, toJson } from '../explore/index.ts';
import { SandboxError } from '../sim/index.ts';
import type { Order } from './explore-options.ts';

const KIND = 'indoubt exploration checkpoint';

interface Checkpoint {
  readonly kind: typeof KIND;
  readonly schemaVersion: 1;
  readonly order: Order;
  /** Of the scenario's definition. */
  readonly definition: string;
  readonly saved: SavedExploration;
}

/** @throws SandboxError `cannot-write` */
export function writeCheckpoint(
  path: string,
  order: Order,
  definition: string,
  saved: SavedExploration,
): void {
  const checkpoint: Checkpoint = { kind: KIND, schemaVersion: 1, order, definition, saved };
  try {
    writeFileSync(path, toJson(checkpoint));
  } catch (error) {
    throw new SandboxError('cannot-write', { path, why: (error as Error).message });
  }
}

/** @throws SandboxError `cannot-read` */
export function readCheckpoint(path: string): Checkpoint {
  let checkpoint: Checkpoint | null;
  try {
    checkpoint = fromJson(readFileSync(path, 'utf8')) as Checkpoint | null;
  } catch (error) {
    throw new SandboxError('cannot-read', { path, why: (error as Error).message });
  }
  if (checkpoint?.kind === KIND) return checkpoint;
  throw new SandboxError('cannot-read', { path, why: 'it is no checkpoint of an exploration' });
}
