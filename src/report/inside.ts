// What a step changed inside a database, in words: read views, locks, the wait-for graph, undo
// chains. It compares two looks inside and says only what differs.

import type { Inspection, Row } from '../sim/index.ts';
import type { Texts } from './texts/index.ts';

/** One thing that changed: what kind of thing it is, and what it is now. */
export interface InsideLine {
  readonly label: string;
  readonly text: string;
}

/** How a transaction is called. */
export type NameOf = (transaction: number) => string;

type Chain = Inspection['chains'][number];
type Seen = { readonly before: Inspection; readonly after: Inspection };

export const EMPTY_INSIDE: Inspection = { database: '', transactions: [], locks: [], chains: [] };

function viewLines({ before, after }: Seen, nameOf: NameOf, { inside }: Texts) {
  const old = new Map(before.transactions.map(({ transaction, view }) => [transaction, view]));
  return after.transactions.flatMap(({ transaction, view }) => {
    if (view === null || old.get(transaction) === view) return [];
    return [inside.view(nameOf(transaction), view)];
  });
}

function lockLines({ before, after }: Seen, nameOf: NameOf, { inside }: Texts) {
  const idOf = ({ transaction, text, waiting }: Inspection['locks'][number]) =>
    `${transaction} ${waiting} ${text}`;
  const old = new Set(before.locks.map(idOf));
  const taken = after.locks.flatMap((lock) => {
    if (old.has(idOf(lock))) return [];
    const who = nameOf(lock.transaction);
    return [lock.waiting ? inside.waits(who, lock.text) : inside.holds(who, lock.text)];
  });
  const held = ({ locks }: Inspection, transaction: number): number =>
    locks.filter((lock) => lock.transaction === transaction && !lock.waiting).length;
  const owners = new Set(before.locks.map(({ transaction }) => transaction));
  const released = [...owners].flatMap((transaction) => {
    const gone = held(before, transaction) - held(after, transaction);
    return gone > 0 ? [inside.releases(nameOf(transaction), gone)] : [];
  });
  return [...released, ...taken];
}

const edgesOf = ({ transactions }: Inspection): readonly (readonly [number, number])[] =>
  transactions.flatMap(({ transaction, waitsFor }) =>
    waitsFor.map((other) => [transaction, other] as const),
  );

/**
 * The circle that a deadlock's last request closed. The server breaks it at once, so that nobody
 * sees it whole: all but the last of its edges were there before.
 */
function circle(before: Inspection, victim: number): readonly number[] {
  const edges = edgesOf(before);
  const path = [victim];
  for (;;) {
    const next = edges.find(([from, to]) => from === path.at(-1) && !path.includes(to));
    const last = edges.find(([from, to]) => to === path[0] && !path.includes(from));
    if (next) path.push(next[1]);
    else if (last) path.unshift(last[0]);
    else return path.length > 1 ? [...path, path[0] ?? victim] : [];
  }
}

function waitLines({ before, after }: Seen, nameOf: NameOf, texts: Texts, victim: number | null) {
  const shown = (edges: ReturnType<typeof edgesOf>): string =>
    edges.map(([from, to]) => `${nameOf(from)} → ${nameOf(to)}`).join(', ');
  const [was, is] = [shown(edgesOf(before)), shown(edgesOf(after))];
  const closed = victim === null ? [] : circle(before, victim);
  return [
    ...(closed.length > 0 ? [`! ${closed.map(nameOf).join(' → ')}`] : []),
    ...(was === is ? [] : [is || texts.inside.nobodyWaits]),
  ];
}

function imageText(image: Row | null, columns: readonly string[], missing: string): string {
  if (!image) return missing;
  return columns.map((column) => `${column}=${image[column] ?? 'null'}`).join(' ');
}

/** A chain as `test id=1: value=12 (T2 ?) ← value=10`, with the columns in which it differs. */
function chainText({ table, now, versions }: Chain, nameOf: NameOf, { inside }: Texts): string {
  const images = [now, ...versions.map(({ before }) => before)];
  const rows = images.filter((image) => image !== null);
  const [key = '', ...columns] = Object.keys(rows[0] ?? {});
  const changed = columns.filter((column) => new Set(rows.map((row) => row[column])).size > 1);
  const shown = changed.length > 0 ? changed : columns;
  const parts = images.map((image, at) => {
    const writer = versions[at];
    const missing = at === 0 ? inside.deleted : inside.noRow;
    const mark = writer?.commit == null ? '?' : inside.commit(writer.commit);
    const by = writer ? ` (${nameOf(writer.writer)} ${mark})` : '';
    return `${imageText(image, shown, missing)}${by}`;
  });
  return `${table} ${key}=${rows[0]?.[key]}: ${parts.join(' ← ')}`;
}

function undoLines({ before, after }: Seen, nameOf: NameOf, texts: Texts) {
  const old = new Set(before.chains.map((chain) => chainText(chain, nameOf, texts)));
  return after.chains
    .map((chain) => chainText(chain, nameOf, texts))
    .filter((text) => !old.has(text));
}

/** What differs between two looks inside. `victim` is whom the server rolled back in between. */
export function insideLines(
  seen: Seen,
  nameOf: NameOf,
  texts: Texts,
  victim: number | null,
): readonly InsideLine[] {
  const { labels } = texts.inside;
  const labelled = (label: string, lines: readonly string[]) =>
    lines.map((text) => ({ label, text }));
  return [
    ...labelled(labels.view, viewLines(seen, nameOf, texts)),
    ...labelled(labels.waits, waitLines(seen, nameOf, texts, victim)),
    ...labelled(labels.locks, lockLines(seen, nameOf, texts)),
    ...labelled(labels.undo, undoLines(seen, nameOf, texts)),
  ];
}
