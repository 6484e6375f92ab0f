// Where the time of an exploration goes: a sampling profile of the process, its samples put down to
// the part of the program they fell into, by the source maps that the build leaves.

import { existsSync, readFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector/promises';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ExploreReport } from '../report/index.ts';

/** The first that a source's path fits says which part it is. */
const PARTS: readonly (readonly [name: string, path: RegExp])[] = [
  ['machine', /\/(managers|scenarios|xstate)\/|kernel\/machine|first-steps/],
  ['SQL', /\/database\/|better-sqlite3/],
  ['hashing', /state-name|\/state\.|naming|kernel\/hash|explore\/nodes/],
  ['search', /\/explore\//],
  ['world', /\/sim\//],
];
const REST = 'rest';
const GARBAGE = 'garbage';

type Frame = Profiler.ProfileNode['callFrame'];

/** Finds the sources of a bundle's places. */
class Sources {
  readonly #maps = new Map<string, SourceMap | null>();

  #mapOf(url: string): SourceMap | null {
    let map = this.#maps.get(url);
    if (map === undefined) {
      const path = url.startsWith('file:') ? `${fileURLToPath(url)}.map` : '';
      map = existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, 'utf8'))) : null;
      this.#maps.set(url, map);
    }
    return map;
  }

  /** The part of the program a frame belongs to; null for one that has no source of ours. */
  partOf({ url, lineNumber, columnNumber, functionName }: Frame): string | null {
    if (functionName === '(garbage collector)') return GARBAGE;
    const entry = this.#mapOf(url)?.findEntry(lineNumber, columnNumber);
    const source = entry && 'originalSource' in entry ? entry.originalSource : url;
    return PARTS.find(([, path]) => path.test(source))?.[0] ?? null;
  }
}

/** The time of each part, in ms, the most first. */
function timesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile) {
  const sources = new Sources();
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((one) => [one, id])),
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const known = new Map<number, string>();
  // What is no source of ours, such as SQLite itself, belongs to who called it.
  const partOf = (id: number): string => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const node = byId.get(id);
    const parent = parents.get(id);
    const own = node ? sources.partOf(node.callFrame) : null;
    const part = own ?? (parent === undefined ? REST : partOf(parent));
    known.set(id, part);
    return part;
  };
  const times = new Map<string, number>();
  samples.forEach((id, at) => {
    const part = partOf(id);
    times.set(part, (times.get(part) ?? 0) + (timeDeltas[at] ?? 0) / 1000);
  });
  return Object.fromEntries([...times].sort(([, one], [, other]) => other - one));
}

/** Explores, and adds to the report where the time went. */
export async function withProfile(act: () => Promise<ExploreReport>): Promise<ExploreReport> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  const report = await act();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return { ...report, profile: timesOf(profile) };
}
