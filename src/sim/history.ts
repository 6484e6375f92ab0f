// What the clients of the databases asked for and were told, as a table that properties and
// outcomes can query: `history.statements`. It lets SQL speak of what was read, not only of what is
// left in the end.

import type { Source } from './database/index.ts';
import type { Row, TraceEvent } from './kernel/index.ts';

const COLUMNS = [
  'id',
  'at_ms',
  'service',
  'handler',
  'state',
  'execution',
  'kind',
  'sql',
  'affected',
  'rows',
  'failure',
] as const;

type Column = (typeof COLUMNS)[number];

// Of each event, what the table shows besides where and when; null for what it leaves out.
function seen({ happening }: TraceEvent): Partial<Record<Column, string | number | null>> | null {
  switch (happening.kind) {
    case 'queried':
      return { sql: happening.sql, rows: JSON.stringify(happening.rows) };
    case 'changed':
      return { sql: happening.sql, affected: happening.affected };
    case 'blocked':
      return { sql: happening.sql };
    case 'failed':
      return { failure: happening.failure.code };
    case 'committed':
    case 'rolled-back':
      return {};
    default:
      return null;
  }
}

/** The statements of one run, in order, with what each gave. */
export class History implements Source {
  readonly name = 'history';
  readonly hasBefore = false;
  readonly tables = new Map([['statements', [...COLUMNS]]]);
  #rows: Row[] = [];
  #stamp = 0;

  add(event: TraceEvent): void {
    const { id, atMs, place, happening } = event;
    const { service, handler, state, execution } = place;
    const own = seen(event);
    if (!own) return;
    const where = { id, at_ms: atMs, service, handler, state, execution, kind: happening.kind };
    this.#rows.push({ sql: null, affected: null, rows: null, failure: null, ...where, ...own });
    this.#stamp += 1;
  }

  readonly stampOf = (): number => this.#stamp;
  readonly committedRows = (): readonly Row[] => this.#rows;

  mark(): number {
    return this.#rows.length;
  }

  rewind(mark: number): void {
    this.#rows.length = mark;
    this.#stamp += 1;
  }
}
