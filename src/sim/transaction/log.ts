// The coordinators' logs: what each process has forced to its own disk, which its crash leaves as
// it is. By presumed abort only decisions to commit are logged: no record means roll back.

import type { LogRecord } from '../kernel/index.ts';

/** The logs of all processes of a world, by the name of the service. */
export class CoordinatorLogs {
  #records: ReadonlyMap<string, readonly LogRecord[]> = new Map();

  force(service: string, record: LogRecord): void {
    this.#records = new Map(this.#records).set(service, [...this.#of(service), record]);
  }

  /** The records of transactions that are not forgotten, oldest first. */
  read(service: string): readonly LogRecord[] {
    const all = this.#of(service);
    const over = all.filter(({ decision }) => decision === 'forget').map(({ xid }) => xid);
    return all.filter(({ xid }) => !over.includes(xid));
  }

  #of(service: string): readonly LogRecord[] {
    return this.#records.get(service) ?? [];
  }

  mark(): ReadonlyMap<string, readonly LogRecord[]> {
    return this.#records;
  }

  rewind(mark: ReadonlyMap<string, readonly LogRecord[]>): void {
    this.#records = mark;
  }

  /** Plain data for a fingerprint. */
  state() {
    return [...this.#records];
  }
}
