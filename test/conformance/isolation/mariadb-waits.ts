// What MariaDB is at right now: who waits for a lock, whether purge is through. INNODB_TRX cannot
// say: it is read from a cache that a poll within 100 ms never renews. SHOW ENGINE INNODB STATUS
// reads the lock system itself (0.4 ms).

import type { Connection, RowDataPacket } from 'mysql2/promise';

const TRANSACTIONS = 'LIST OF TRANSACTIONS FOR EACH SESSION:';
const TRANSACTION = '---TRANSACTION ';

/** Looks at a purge that open snapshots hold up, before it counts as through. */
const LOOKS_AT_HELD_PURGE = 3;
const LOOKS_AT_PURGE_MAX = 100;

async function innodbStatus(control: Connection): Promise<string> {
  const [rows] = await control.query<RowDataPacket[]>('SHOW ENGINE INNODB STATUS');
  return String(rows[0]?.['Status']);
}

async function lockWaiters(control: Connection): Promise<Set<number>> {
  const text = await innodbStatus(control);
  const waiting = new Set<number>();
  for (const entry of text.slice(text.indexOf(TRANSACTIONS)).split(TRANSACTION)) {
    const thread = /^LOCK WAIT [\s\S]*?^MariaDB thread id (\d+)/m.exec(entry)?.[1];
    if (thread !== undefined) waiting.add(Number(thread));
  }
  return waiting;
}

/** How many sleep: a thread counts from its deadlock check until it has woken. */
async function sleepers(control: Connection): Promise<number> {
  const sql = "SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'";
  const [rows] = await control.query<RowDataPacket[]>(sql);
  return Number(rows[0]?.['Value']);
}

async function metadataWaiters(control: Connection): Promise<Set<number>> {
  const sql =
    "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for table%'";
  const [rows] = await control.query<RowDataPacket[]>(sql);
  return new Set(rows.map((row) => Number(row['id'])));
}

/** Whether every one of these threads waits. Two looks agree, and all of them sleep: a request is
 * in the queue for a moment before its deadlock check, and a semi-consistent read puts one there
 * that it takes back. */
export async function allWait(control: Connection, threads: readonly number[]): Promise<boolean> {
  for (let look = 1; look <= 2; look++) {
    const onRows = await lockWaiters(control);
    const others = threads.filter((thread) => !onRows.has(thread));
    if (others.length > 0) {
      const onTables = await metadataWaiters(control);
      if (others.some((thread) => !onTables.has(thread))) return false;
    }
    if (look === 1 && (await sleepers(control)) < threads.length - others.length) return false;
  }
  return true;
}

/** Whether none of these threads is left: its transaction is rolled back by then. */
export async function allGone(control: Connection, threads: readonly number[]): Promise<boolean> {
  if (threads.length === 0) return true;
  const sql = 'SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE ID IN (?)';
  const [rows] = await control.query<RowDataPacket[]>(sql, [threads]);
  return Number(rows[0]?.['n']) === 0;
}

/** Until purge has removed what no snapshot needs. Deleted entries still there are locked like
 * others: without this, what a statement locks depends on how quick the purge thread is. */
export async function purgeIsThrough(control: Connection): Promise<void> {
  let before = '';
  for (let look = 1, same = 0; look <= LOOKS_AT_PURGE_MAX; look++) {
    const text = await innodbStatus(control);
    if (/^History list length 0$/m.test(text)) return;
    const done = /^Purge done for .*\n.*$/m.exec(text)?.[0] ?? '';
    same = done === before ? same + 1 : 1;
    before = done;
    if (same >= LOOKS_AT_HELD_PURGE && text.includes('Trx read view')) return;
  }
}
