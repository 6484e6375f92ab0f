// The kinds of fault, and at which steps each makes sense.

import type { EffectKind } from '../kernel/effect.ts';

/** What happens at a fault point: an effect of a handler, or the start of a service's process. */
export type PointEffect = EffectKind | 'start';

export type FaultKind =
  | 'error'
  | 'crash'
  | 'crash-db'
  | 'crash-broker'
  | 'duplicate'
  | 'lose'
  | 'delay'
  | 'reorder'
  | 'lost-reply'
  | 'refuse'
  | 'disconnect'
  | 'timeout';

export type FaultOption = 'delay' | 'restart';

interface KindSpec {
  readonly applies: readonly PointEffect[];
  /** Durations one may give after the fault, with what they are if one does not, in ms. */
  readonly options: Readonly<Partial<Record<FaultOption, number | null>>>;
}

const SAVEPOINTS: readonly PointEffect[] = ['savepoint', 'rollback-to', 'release'];
const REMOTE: readonly PointEffect[] = [
  'begin',
  'open',
  'sql',
  'send',
  'poll',
  'end',
  'prepare',
  'commit',
  'rollback',
  'recover',
  'call',
  ...SAVEPOINTS,
];
const LOCAL: readonly PointEffect[] = ['receive', 'decline', 'uuid', 'log', 'throw', 'sleep'];
// Bookkeeping in memory: it cannot fail, but the process can die there.
const BOOKS: readonly PointEffect[] = [
  'suspend',
  'resume',
  'note',
  'read-log',
  'keep',
  'recall',
  'reply',
];
const FALLIBLE: readonly PointEffect[] = [...REMOTE, ...LOCAL];
const EFFECTS: readonly PointEffect[] = [...FALLIBLE, ...BOOKS];

/** `restart: null` stands for the scenario's own restart delay. */
export const FAULT_KINDS: Readonly<Record<FaultKind, KindSpec>> = {
  error: { applies: FALLIBLE, options: {} },
  crash: { applies: [...EFFECTS, 'start'], options: { restart: null } },
  'crash-db': { applies: EFFECTS, options: { restart: null } },
  'crash-broker': { applies: EFFECTS, options: { restart: null } },
  duplicate: { applies: ['send', 'receive', 'poll', 'call'], options: { delay: 10 } },
  lose: { applies: ['send', 'call'], options: {} },
  delay: { applies: ['send', 'call'], options: { delay: 1000 } },
  reorder: { applies: ['send'], options: { delay: 1000 } },
  'lost-reply': { applies: REMOTE, options: {} },
  refuse: { applies: ['prepare'], options: {} },
  disconnect: { applies: REMOTE, options: {} },
  timeout: { applies: ['sql', 'call'], options: {} },
};

/** The kinds of fault that can strike at a step of this sort, of a service with a database or not. */
export function kindsFor(effect: PointEffect, hasDatabase = true): readonly FaultKind[] {
  const kinds = Object.keys(FAULT_KINDS) as FaultKind[];
  return kinds.filter((kind) => {
    return FAULT_KINDS[kind].applies.includes(effect) && (hasDatabase || kind !== 'crash-db');
  });
}

const SAME_AFTER: readonly FaultKind[] = ['duplicate', 'lose', 'delay', 'reorder', 'lost-reply'];

/** What bends a message, or loses its reply, is the same before and after. */
export const isSameAfter = (kind: FaultKind): boolean => SAME_AFTER.includes(kind);
