// How one plain value differs from the one before it: what stayed is not said again.

/** What a list is made of, in turn: a kind, and what belongs to it. */
const PIECE = {
  /** From a position in the old list on, so many. */
  kept: 0,
  /** The item itself. */
  item: 1,
  /** The position of an old item, and how it differs. */
  patched: 2,
} as const;

/** How a value differs: not at all, altogether, in some fields, or as a list made of pieces. */
export type Patch =
  | null
  | { readonly to: unknown }
  | { readonly keys: Readonly<Record<string, Patch>> }
  | { readonly list: readonly unknown[] };

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const texts = new WeakMap<object, string>();

/** Equal values have equal texts. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const text = texts.get(value) ?? JSON.stringify(value);
  texts.set(value, text);
  return text;
}

const areSame = (one: unknown, other: unknown): boolean =>
  one === other || textOf(one) === textOf(other);

// What names an item stands first in it: a table, a queue, a run of a handler.
const nameOf = (item: unknown): unknown => (isFields(item) ? Object.values(item)[0] : undefined);

function listPatch(old: readonly unknown[], now: readonly unknown[], nested: number): Patch {
  const places = new Map(old.map((item, at) => [textOf(item), at]));
  const named = new Map(nested > 0 ? old.map((item, at) => [nameOf(item), at]) : []);
  const list: unknown[] = [];
  for (let next = 0; next < now.length; ) {
    const item = now[next];
    const from = places.get(textOf(item));
    const like = named.get(nameOf(item));
    let count = 1;
    if (from !== undefined) {
      while (next + count < now.length && areSame(old[from + count], now[next + count])) count += 1;
      list.push(PIECE.kept, from, count);
    } else if (like === undefined) list.push(PIECE.item, item);
    else list.push(PIECE.patched, like, patchOf(old[like], item, nested - 1));
    next += count;
  }
  return { list };
}

/**
 * What makes `now` of `old`, both plain values as JSON has them.
 * @param nested into how many levels of lists to look for what stayed
 */
export function patchOf(old: unknown, now: unknown, nested: number): Patch {
  if (areSame(old, now)) return null;
  if (Array.isArray(old) && Array.isArray(now)) return listPatch(old, now, nested);
  if (!isFields(old) || !isFields(now)) return { to: now };
  const names = Object.keys(now);
  if (textOf(Object.keys(old)) !== textOf(names)) return { to: now };
  const keys = names.map((name) => [name, patchOf(old[name], now[name], nested)] as const);
  return { keys: Object.fromEntries(keys.filter(([, patch]) => patch !== null)) };
}

function listed(old: readonly unknown[], list: readonly unknown[]): readonly unknown[] {
  const made: unknown[] = [];
  for (let at = 0; at < list.length; ) {
    const [kind, first, second] = list.slice(at, at + 3);
    if (kind === PIECE.kept) {
      const from = first as number;
      made.push(...old.slice(from, from + (second as number)));
    } else if (kind === PIECE.item) made.push(first);
    else made.push(patched(old[first as number], second as Patch));
    at += kind === PIECE.item ? 2 : 3;
  }
  return made;
}

/** The value that `patchOf` made the patch for. What is not patched is the old object itself. */
export function patched(old: unknown, patch: Patch): unknown {
  if (patch === null) return old;
  if ('to' in patch) return patch.to;
  if ('list' in patch) return listed(old as readonly unknown[], patch.list);
  const fields = old as Fields;
  const changed = Object.entries(patch.keys).map(([name, one]) => [
    name,
    patched(fields[name], one),
  ]);
  return { ...fields, ...Object.fromEntries(changed) };
}
