// Which branches are prepared and not decided, and what coordinators have logged, as tables that
// properties and outcomes can query: `xa.branches` and `xa.log`. Read from the trace, like history.

import { type Row, Stamp, type TraceEvent, type Xid } from '../kernel/index.ts';

const key = ({ xid, branchId }: Xid): string => `${xid} ${branchId}`;

export class InDoubt {
  readonly name = 'xa';
  readonly hasBefore = false;
  readonly tables = new Map([
    ['branches', ['xid', 'branch_id', 'resource', 'since_ms']],
    ['log', ['service', 'xid', 'decision', 'at_ms']],
  ]);
  #branches: ReadonlyMap<string, Row> = new Map();
  #log: readonly Row[] = [];
  readonly #stamp = new Stamp();

  add({ atMs, place, happening }: TraceEvent): void {
    switch (happening.kind) {
      case 'prepared': {
        const { branch, database, vote } = happening;
        if (vote === 'read-only') return;
        const { xid, branchId } = branch;
        const row = { xid, branch_id: branchId, resource: database ?? 'session', since_ms: atMs };
        this.#branches = new Map(this.#branches).set(key(branch), row);
        break;
      }
      case 'committed':
      case 'rolled-back': {
        if (!happening.branch || !this.#branches.has(key(happening.branch))) return;
        const left = new Map(this.#branches);
        left.delete(key(happening.branch));
        this.#branches = left;
        break;
      }
      case 'logged': {
        const { xid, decision } = happening.record;
        this.#log = [...this.#log, { service: place.service, xid, decision, at_ms: atMs }];
        break;
      }
      default:
        return;
    }
    this.#stamp.touch();
  }

  readonly stampOf = (): number => this.#stamp.value;
  readonly committedRows = (table: string): readonly Row[] =>
    table === 'log' ? this.#log : [...this.#branches.values()];

  mark() {
    return { branches: this.#branches, log: this.#log, stamp: this.#stamp.mark() };
  }

  rewind(mark: ReturnType<InDoubt['mark']>): void {
    this.#branches = mark.branches;
    this.#log = mark.log;
    this.#stamp.rewind(mark.stamp);
  }
}
