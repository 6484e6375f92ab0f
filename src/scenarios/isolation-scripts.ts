// What the clients of the scenario `isolation` say, in which order: the interleavings of Martin
// Kleppmann's Hermitage (github.com/ept/hermitage, mysql.md) and the ticket shop's own races, each
// in its broken and its mended form. Data only: who wins is for the database to say.

type Client = 't1' | 't2' | 't3';

/** One thing a client says: BEGIN, COMMIT, ROLLBACK or a statement. */
interface Line {
  readonly client: Client;
  readonly sql: string;
  /** How many pauses have gone by before it, since the play began. */
  readonly pauses: number;
}

/** Turns are this far apart, in ms of virtual time. */
export const TURN_MS = 10;

const say =
  (client: Client) =>
  (sql: string, pauses = 0): Line => ({ client, sql, pauses });
const t1 = say('t1');
const t2 = say('t2');
const t3 = say('t3');

const ALL = 'SELECT * FROM test';
const write = (value: number, id: number): string =>
  `UPDATE test SET value = ${value} WHERE id = ${id}`;
const read = (id: number): string => `${ALL} WHERE id = ${id}`;
const BOTH_BEGIN = [t1('BEGIN'), t2('BEGIN')];
const BOTH_COMMIT = [t1('COMMIT'), t2('COMMIT')];
const BOTH_READ = [t1(`${ALL} WHERE id IN (1, 2)`), t2(`${ALL} WHERE id IN (1, 2)`)];
const THIRDS = `${ALL} WHERE value % 3 = 0`;

const HERMITAGE: Readonly<Record<string, readonly Line[]>> = {
  G0: [
    ...BOTH_BEGIN,
    t1(write(11, 1)),
    t2(write(12, 1)),
    t1(write(21, 2)),
    t1('COMMIT'),
    t1(ALL),
    t2(write(22, 2)),
    t2('COMMIT'),
    t1(ALL),
  ],
  G1a: [...BOTH_BEGIN, t1(write(101, 1)), t2(ALL), t1('ROLLBACK'), t2(ALL), t2('COMMIT')],
  G1b: [
    ...BOTH_BEGIN,
    t1(write(101, 1)),
    t2(ALL),
    t1(write(11, 1)),
    t1('COMMIT'),
    t2(ALL),
    t2('COMMIT'),
  ],
  G1c: [
    ...BOTH_BEGIN,
    t1(write(11, 1)),
    t2(write(22, 2)),
    t1(read(2)),
    t2(read(1)),
    ...BOTH_COMMIT,
  ],
  OTV: [
    ...BOTH_BEGIN,
    t3('BEGIN'),
    t1(write(11, 1)),
    t1(write(19, 2)),
    t2(write(12, 1)),
    t1('COMMIT'),
    t3(ALL),
    t2(write(18, 2)),
    t3(ALL),
    t2('COMMIT'),
    t3(ALL),
    t3('COMMIT'),
  ],
  PMP: [
    ...BOTH_BEGIN,
    t1(`${ALL} WHERE value = 30`),
    t2('INSERT INTO test (id, value) VALUES (3, 30)'),
    t2('COMMIT'),
    t1(THIRDS),
    t1('COMMIT'),
  ],
  'PMP-write': [
    ...BOTH_BEGIN,
    t2(`${ALL} WHERE value = 20`),
    t1('UPDATE test SET value = value + 10'),
    t2('DELETE FROM test WHERE value = 20'),
    t1('COMMIT'),
    t2(ALL),
    t2('COMMIT'),
  ],
  // Hermitage has both write 11; two values tell whose is left.
  P4: [...BOTH_BEGIN, t1(read(1)), t2(read(1)), t1(write(11, 1)), t2(write(12, 1)), ...BOTH_COMMIT],
  'G-single': [
    ...BOTH_BEGIN,
    t1(read(1)),
    t2(read(1)),
    t2(read(2)),
    t2(write(12, 1)),
    t2(write(18, 2)),
    t2('COMMIT'),
    t1(read(2)),
    t1('COMMIT'),
  ],
  'G-single-write': [
    ...BOTH_BEGIN,
    t1(read(1)),
    t2(ALL),
    t2(write(12, 1)),
    t2(write(18, 2)),
    t2('COMMIT'),
    t1('DELETE FROM test WHERE value = 20'),
    t1(read(2)),
    t1('COMMIT'),
  ],
  'G2-item': [...BOTH_BEGIN, ...BOTH_READ, t1(write(11, 1)), t2(write(21, 2)), ...BOTH_COMMIT],
  G2: [
    ...BOTH_BEGIN,
    t1(THIRDS),
    t2(THIRDS),
    t1('INSERT INTO test (id, value) VALUES (3, 30)'),
    t2('INSERT INTO test (id, value) VALUES (4, 42)'),
    ...BOTH_COMMIT,
    t1(THIRDS),
  ],
};

const FIND_TICKET = 'SELECT * FROM ticket WHERE ticket_num = 110';
// JPA writes the whole entity back as it was read, whatever has changed.
const saveTicket = (customer: number): string =>
  `UPDATE ticket SET ticket_num = 110, lock_user = ${customer}, owner = NULL WHERE id = 1`;
const lockTicket = (customer: number): string =>
  `UPDATE ticket SET lock_user = ${customer} WHERE lock_user IS NULL AND ticket_num = 110`;
const DEPOSIT = 'SELECT deposit FROM customer WHERE id = 1';
const setDeposit = (deposit: number): string =>
  `UPDATE customer SET deposit = ${deposit} WHERE id = 1`;
const takeDeposit = (amount: number, guard = ''): string =>
  `UPDATE customer SET deposit = deposit - ${amount} WHERE id = 1${guard}`;

const SHOP: Readonly<Record<string, readonly Line[]>> = {
  // The course's `lock`: the changed entity is written only when the method, and its pause, end.
  'read-then-save': [
    t1('BEGIN'),
    t1(FIND_TICKET),
    t2('BEGIN'),
    t2(FIND_TICKET),
    t1(saveTicket(1), 1),
    t1('COMMIT', 1),
    t2(saveTicket(2), 1),
    t2('COMMIT', 1),
  ],
  // The course's `lock2`: the update goes out at once, and its lock is held through the pause.
  'conditional-update': [
    t1('BEGIN'),
    t1(lockTicket(1)),
    t2('BEGIN'),
    t2(lockTicket(2)),
    t1('COMMIT', 1),
    t2('COMMIT', 2),
  ],
  'absolute-update': [
    ...BOTH_BEGIN,
    t1(DEPOSIT),
    t2(DEPOSIT),
    t1(setDeposit(70)),
    t2(setDeposit(60)),
    ...BOTH_COMMIT,
  ],
  'relative-update': [...BOTH_BEGIN, t1(takeDeposit(30)), t2(takeDeposit(40)), ...BOTH_COMMIT],
  'check-then-charge': [
    ...BOTH_BEGIN,
    t1(DEPOSIT),
    t2(DEPOSIT),
    t1(takeDeposit(80)),
    t2(takeDeposit(80)),
    ...BOTH_COMMIT,
  ],
  'guarded-charge': [
    ...BOTH_BEGIN,
    t1(takeDeposit(80, ' AND deposit >= 80')),
    t2(takeDeposit(80, ' AND deposit >= 80')),
    ...BOTH_COMMIT,
  ],
};

const SCRIPTS: ReadonlyMap<string, readonly Line[]> = new Map(
  Object.entries({ ...HERMITAGE, ...SHOP }),
);

/** What a client says next, and when its turn comes, in ms since the play began. */
export interface Turn {
  readonly sql: string;
  readonly atMs: number;
}

/** The nth turn of a client in the play of an anomaly, counted from 0; null when it is through. */
export function turnOf(anomaly: string, client: string, nth: number, pauseMs: number): Turn | null {
  const turns = (SCRIPTS.get(anomaly) ?? []).flatMap(({ client: who, sql, pauses }, at) =>
    who === client ? [{ sql, atMs: (at + 1) * TURN_MS + pauses * pauseMs }] : [],
  );
  return turns[nth] ?? null;
}
