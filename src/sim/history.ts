// What the clients of the databases asked for and were told, as a table that properties and
// outcomes can query: `history.statements`. It lets SQL speak of what was read, not only of what is
// left in the end.

import type { Source } from './database/index.ts';
import {
  type Happening,
  type Inspection,
  type Row,
  Stamp,
  type TraceEvent,
} from './kernel/index.ts';

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
  // What a failure says beside its code, such as the outcome a transaction manager reports; of a
  // call, the handler it is for.
  'detail',
  // JSON text: of each row changed lately its table, what it is now, which service wrote it and
  // whether that is committed, as a query found them. Null where nobody inspects.
  'undo',
  // The services a blocked statement waits for.
  'waits_for',
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
      return {
        sql: happening.sql ?? null,
        failure: happening.failure.code,
        detail: happening.failure.detail ?? null,
      };
    case 'requested':
      return { rows: JSON.stringify(happening.body) };
    case 'called': {
      const { service, handler, body } = happening;
      return { detail: `${service}.${handler}`, rows: JSON.stringify(body) };
    }
    case 'kept':
      return { rows: JSON.stringify(happening.entries) };
    case 'replied':
    case 'answered':
      return { rows: JSON.stringify(happening.value) };
    case 'received':
    case 'polled':
      return { rows: JSON.stringify(happening.message) };
    case 'noted':
      return { detail: happening.note };
    case 'struck':
      return { detail: happening.fault };
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
  readonly #stamp = new Stamp();
  /** Which service began a transaction, by database and number. */
  #services = new Map<string, string | null>();
  #inspections = new Map<string, Inspection>();

  add(event: TraceEvent): void {
    const { id, atMs, place, happening } = event;
    const { service, handler, state, execution } = place;
    if (happening.kind === 'inspected') {
      this.#inspections.set(happening.inspection.database, happening.inspection);
    }
    if (happening.kind === 'began') {
      this.#services.set(`${happening.database} ${happening.transaction}`, service);
    }
    const own = seen(event);
    if (!own) return;
    const where = { id, at_ms: atMs, service, handler, state, execution, kind: happening.kind };
    const undo = happening.kind === 'queried' ? this.#undo(happening.database) : null;
    const waits_for = happening.kind === 'blocked' ? this.#waitsFor(happening) : null;
    const nothing = { sql: null, affected: null, rows: null, failure: null, detail: null };
    this.#rows.push({ ...nothing, ...where, ...own, undo, waits_for });
    this.#stamp.touch();
  }

  #waitsFor({ database, waitsFor }: Extract<Happening, { kind: 'blocked' }>): string {
    const services = waitsFor.map((one) => this.#services.get(`${database} ${one}`) ?? String(one));
    return services.join(', ');
  }

  #undo(database: string): string | null {
    const inspection = this.#inspections.get(database);
    if (!inspection) return null;
    const newest = inspection.chains.flatMap(({ table, now, versions: [last] }) => {
      if (!last) return [];
      const writer = this.#services.get(`${database} ${last.writer}`) ?? null;
      return [{ table, now, writer, committed: last.commit !== null, isNew: last.before === null }];
    });
    return JSON.stringify(newest);
  }

  readonly stampOf = (): number => this.#stamp.value;
  readonly committedRows = (): readonly Row[] => this.#rows;

  mark() {
    const { length } = this.#rows;
    const stamp = this.#stamp.mark();
    return {
      length,
      stamp,
      services: new Map(this.#services),
      inspections: new Map(this.#inspections),
    };
  }

  rewind(mark: ReturnType<History['mark']>): void {
    this.#rows.length = mark.length;
    this.#services = new Map(mark.services);
    this.#inspections = new Map(mark.inspections);
    this.#stamp.rewind(mark.stamp);
  }
}
