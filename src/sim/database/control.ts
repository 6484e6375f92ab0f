// The statements that control a transaction instead of reading or changing rows, in MySQL's
// spelling. What begins like one and goes on otherwise is refused, not guessed at.

import type { Isolation, Xid } from '../kernel/effect.ts';
import { type Token, tokenize } from './tokens.ts';
import { badSql } from './tree.ts';

/** How a transaction is to run; what is not said stays as it is. */
export interface Characteristics {
  readonly isolation?: Isolation;
  readonly readOnly?: boolean;
}

export type Control =
  | { readonly kind: 'begin'; readonly consistentSnapshot: boolean; readonly readOnly?: boolean }
  | { readonly kind: 'commit' | 'rollback'; readonly chain: boolean }
  | { readonly kind: 'savepoint' | 'rollback-to' | 'release'; readonly name: string }
  | { readonly kind: 'set'; readonly session: boolean; readonly given: Characteristics }
  | { readonly kind: 'xa-recover' }
  | { readonly kind: XaVerb; readonly id: Xid; readonly onePhase: boolean };

export type XaVerb = 'xa-start' | 'xa-end' | 'xa-prepare' | 'xa-commit' | 'xa-rollback';

const LEVELS: Readonly<Record<string, Isolation>> = {
  'read uncommitted': 'read-uncommitted',
  'read committed': 'read-committed',
  'repeatable read': 'repeatable-read',
  serializable: 'serializable',
};

/** The length of either part of a branch's identifier, by the XA specification. */
const XID_MAX = 64;

/** Reads a statement word by word. */
class Reader {
  readonly #sql: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(sql: string, tokens: readonly Token[]) {
    this.#sql = sql;
    this.#tokens = tokens;
  }

  /** Takes these words, if they come next. */
  takes(words: string): boolean {
    const wanted = words.split(' ');
    const next = this.#tokens.slice(this.#at, this.#at + wanted.length);
    const same = wanted.every((word, at) => {
      return next[at]?.text === word && ['word', 'sign', 'number'].includes(next[at].kind);
    });
    if (same) this.#at += wanted.length;
    return same;
  }

  /** Takes the first of these that comes next, or refuses what does. */
  oneOf(choices: readonly string[]): string {
    return choices.find((words) => this.takes(words)) ?? this.refuse();
  }

  name(): string {
    const token = this.#tokens[this.#at++];
    // MySQL tells savepoints apart without regard to upper and lower case.
    if (token?.kind === 'word' || token?.kind === 'quoted') return token.text.toLowerCase();
    return this.refuse();
  }

  string(): string {
    const token = this.#tokens[this.#at++];
    if (token?.kind !== 'string') this.refuse();
    const text = token.text.slice(1, -1).replaceAll("''", "'");
    return text.length <= XID_MAX ? text : this.refuse();
  }

  end(): void {
    if (this.#at < this.#tokens.length) this.refuse();
  }

  refuse(): never {
    const token = this.#tokens[Math.min(this.#at, this.#tokens.length - 1)];
    throw badSql(this.#sql, `not understood near ${token?.text ?? 'its end'}`);
  }
}

// Each kind of statement by its first words.
const STATEMENTS: readonly (readonly [words: string, read: (reader: Reader) => Control])[] = [
  ['begin work', beginOf],
  ['begin', beginOf],
  ['start transaction', startOf],
  ['commit', (reader) => ({ kind: 'commit', ...chainOf(reader) })],
  ['rollback', rollbackOf],
  ['savepoint', (reader) => ({ kind: 'savepoint', name: reader.name() })],
  ['release savepoint', (reader) => ({ kind: 'release', name: reader.name() })],
  ['set', setOf],
  ['xa', xaOf],
];
const FIRST_WORDS = new Set(STATEMENTS.map(([words]) => words.split(' ')[0]));

/** What a statement controls; null if it is none of these. @throws SandboxError `bad-sql` */
export function parseControl(sql: string): Control | null {
  const tokens = tokenize(sql);
  const [first] = tokens;
  if (first?.kind !== 'word' || !FIRST_WORDS.has(first.text)) return null;
  const reader = new Reader(sql, tokens.at(-1)?.text === ';' ? tokens.slice(0, -1) : tokens);
  const read = STATEMENTS.find(([words]) => reader.takes(words))?.[1] ?? reader.refuse();
  const control = read(reader);
  reader.end();
  return control;
}

function beginOf(): Control {
  return { kind: 'begin', consistentSnapshot: false };
}

function startOf(reader: Reader): Control {
  let consistentSnapshot = false;
  let readOnly: boolean | undefined;
  do {
    if (!consistentSnapshot && reader.takes('with consistent snapshot')) consistentSnapshot = true;
    else if (readOnly === undefined && reader.takes('read only')) readOnly = true;
    else if (readOnly === undefined && reader.takes('read write')) readOnly = false;
    else if (consistentSnapshot || readOnly !== undefined) reader.refuse();
    else break;
  } while (reader.takes(','));
  return { kind: 'begin', consistentSnapshot, ...(readOnly !== undefined && { readOnly }) };
}

// `RELEASE` ends the connection: that is `close()` here.
function chainOf(reader: Reader): { readonly chain: boolean } {
  reader.takes('work');
  const chain = reader.takes('and chain');
  if (!chain) reader.takes('and no chain');
  reader.takes('no release');
  return { chain };
}

function rollbackOf(reader: Reader): Control {
  const to = ['work to savepoint', 'work to', 'to savepoint', 'to'];
  if (to.some((words) => reader.takes(words))) return { kind: 'rollback-to', name: reader.name() };
  return { kind: 'rollback', ...chainOf(reader) };
}

function setOf(reader: Reader): Control {
  const session = reader.oneOf(['session transaction', 'local transaction', 'transaction']);
  const given: { isolation?: Isolation; readOnly?: boolean } = {};
  do {
    if (given.isolation === undefined && reader.takes('isolation level')) {
      given.isolation = LEVELS[reader.oneOf(Object.keys(LEVELS))] as Isolation;
    } else if (given.readOnly !== undefined) reader.refuse();
    else given.readOnly = reader.oneOf(['read only', 'read write']) === 'read only';
  } while (reader.takes(','));
  return { kind: 'set', session: session !== 'transaction', given };
}

function xaOf(reader: Reader): Control {
  const verb = reader.oneOf(['start', 'begin', 'end', 'prepare', 'commit', 'rollback', 'recover']);
  if (verb === 'recover') return { kind: 'xa-recover' };
  const xid = reader.string();
  const branchId = reader.takes(',') ? reader.string() : '';
  // The format every identifier has that is written without one.
  if (reader.takes(',') && !reader.takes('1')) reader.refuse();
  const onePhase = verb === 'commit' && reader.takes('one phase');
  const kind = `xa-${verb === 'begin' ? 'start' : verb}` as XaVerb;
  return { kind, id: { xid, branchId }, onePhase };
}
