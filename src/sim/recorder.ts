// Listens to a run of a handler, so that what it did can be done again without running it.

import type { PendingSend } from './broker/index.ts';
import type { Effect } from './kernel/index.ts';

/** What a run does at the broker. */
export type SessionAct =
  | { readonly kind: 'send'; readonly send: PendingSend }
  | { readonly kind: 'commit' }
  | { readonly kind: 'rollback'; readonly afterMs: number | undefined }
  /** A fault copies its message. */
  | { readonly kind: 'copy'; readonly afterMs: number };

/** Listens to a run. */
export class Recorder {
  readonly acts: SessionAct[] = [];
  /** Whether all it did can be done again from what is recorded. */
  isRepeatable = true;

  /** Is told what the run asks for. */
  see(effect: Effect): void {
    const isOnBranch = 'branch' in effect && effect.branch;
    if (!REPEATABLE.includes(effect.kind) || isOnBranch) this.isRepeatable = false;
    if (effect.kind === 'send' && effect.transacted === false) this.isRepeatable = false;
  }
}

const REPEATABLE: readonly Effect['kind'][] = [
  'receive',
  'begin',
  'sql',
  'savepoint',
  'rollback-to',
  'release',
  'send',
  'commit',
  'rollback',
  'throw',
];
