// Shares of one exploration: in worker threads at once, or in processes of their own, whose files
// are put together later.

import { readFileSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { ExplorationPart, SharedSeen } from '../explore/index.ts';
import type { Limit } from '../report/index.ts';
import { BugError, SandboxError } from '../sim/index.ts';
import type { Explored, Order } from './explore-options.ts';

const KIND = 'indoubt exploration part';

interface PartFile {
  readonly kind: typeof KIND;
  readonly schemaVersion: 1;
  readonly order: Order;
  readonly definition: string;
  readonly shard: string;
  readonly limit: Limit | null;
  readonly part: Omit<ExplorationPart, 'names'>;
  /** The names of the states as little-endian numbers of 64 bits, in base64. */
  readonly names: string | null;
}

/** Writes what a share came to into a file. @throws SandboxError `cannot-write` */
export function savePart(
  path: string,
  order: Order,
  definition: string,
  shard: string,
  { part, limit }: Explored,
): void {
  const { names, ...rest } = part;
  const bytes = names && Buffer.from(new Float64Array(names).buffer).toString('base64');
  const shared = { kind: KIND, schemaVersion: 1, order, definition, shard, limit } as const;
  const file: PartFile = { ...shared, part: rest, names: bytes };
  try {
    writeFileSync(path, JSON.stringify(file));
  } catch (error) {
    throw new SandboxError('cannot-write', { path, why: (error as Error).message });
  }
}

function readPart(path: string): PartFile {
  let file: PartFile;
  try {
    file = JSON.parse(readFileSync(path, 'utf8')) as PartFile;
  } catch (error) {
    throw new SandboxError('cannot-read', { path, why: (error as Error).message });
  }
  if (file?.kind !== KIND) {
    throw new SandboxError('cannot-read', { path, why: 'it is no part of an exploration' });
  }
  return file;
}

function numbersOf(names: string | null): readonly number[] | null {
  if (names === null) return null;
  const bytes = Buffer.from(names, 'base64');
  return [
    ...new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
  ];
}

/**
 * Reads the files of all shares of one exploration.
 * @throws SandboxError `cannot-read`; `conflict` for shares of different explorations;
 * `missing-value` where a share is missing
 */
export function readParts(paths: readonly string[]) {
  const files = paths.map(readPart);
  const [first] = files;
  if (!first) throw new SandboxError('missing-value', { name: 'file', expected: { type: 'text' } });
  const sameAs = ({ order, definition }: PartFile) => JSON.stringify([order, definition]);
  files.forEach((file, at) => {
    if (sameAs(file) === sameAs(first)) return;
    throw new SandboxError('conflict', { first: paths[0] ?? '', second: paths[at] ?? '' });
  });
  const count = Number(first.shard.split('/')[1]);
  for (let index = 1; index <= count; index++) {
    if (files.some(({ shard }) => shard === `${index}/${count}`)) continue;
    const name = `shard ${index}/${count}`;
    throw new SandboxError('missing-value', { name, expected: { type: 'text' } });
  }
  const explored = files.map(({ part, limit, names }): Explored => {
    return { part: { ...part, names: numbersOf(names) }, limit, saved: null, web: null };
  });
  return { order: first.order, definition: first.definition, explored };
}

/** How far workers have come. */
interface Progressed {
  readonly steps: number;
  readonly states: number | null;
  readonly broken: readonly string[];
}

/** What a worker is given. */
export interface WorkerData {
  readonly order: Order;
  /** The table of what the team has seen, and its number in the team; null for a share. */
  readonly team: { readonly buffer: SharedArrayBuffer; readonly member: number } | null;
}

/** What a worker says. */
export type Said =
  | ({ readonly kind: 'progress' } & Progressed)
  | { readonly kind: 'done'; readonly explored: Explored }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Explores by several workers at once, each its share. */
export async function exploreByWorkers(
  order: Order,
  jobs: number,
  seen: SharedSeen | null,
  onProgress: (progress: Progressed) => void,
): Promise<readonly Explored[]> {
  const latest: Progressed[] = [];
  const workers = Array.from({ length: jobs }, (_, index) => {
    const shared = { ...order, flags: { ...order.flags, shard: `${index + 1}/${jobs}` } };
    const workerData: WorkerData = seen
      ? { order, team: { buffer: seen.buffer, member: index } }
      : { order: shared, team: null };
    return new Worker(new URL('./explore-worker.js', import.meta.url), { workerData });
  });
  const stop = () => {
    for (const worker of workers) worker.postMessage('stop');
  };
  process.once('SIGINT', stop);
  try {
    return await Promise.all(
      workers.map((worker, at) => {
        return new Promise<Explored>((resolve, reject) => {
          worker.on('error', reject);
          // After it has said what it found, this changes nothing.
          worker.on('exit', (status) => reject(new BugError(`worker ${at} ended: ${status}`)));
          worker.on('message', (said: Said) => {
            if (said.kind === 'done') resolve(said.explored);
            else if (said.kind === 'failed') reject(revived(said.error));
            else {
              latest[at] = said;
              onProgress(together(latest));
            }
          });
        });
      }),
    );
  } finally {
    process.off('SIGINT', stop);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function together(all: readonly Progressed[]): Progressed {
  const there = all.filter(Boolean);
  const sum = (of: (one: Progressed) => number) => there.reduce((total, one) => total + of(one), 0);
  const isCounted = there.every(({ states }) => states !== null);
  return {
    steps: sum(({ steps }) => steps),
    states: isCounted ? sum(({ states }) => states ?? 0) : null,
    broken: [...new Set(there.flatMap(({ broken }) => broken))],
  };
}

// An error loses its class on its way from a worker.
function revived(error: unknown): unknown {
  const { code, data } = error as Partial<SandboxError>;
  if (code === undefined || data === undefined) return error;
  return new SandboxError(code, data as never);
}
