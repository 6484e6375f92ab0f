// What the view says a crash at a step would leave is held against runs that crash at that step.

import { describe, expect, it } from 'vitest';
import { type Fates, fatesAt } from '../../src/report/view/crash.ts';
import { shoot } from '../../src/report/view/shoot.ts';
import { frameAt, lastStep, type Showing, striking } from '../../src/report/view/showing.ts';
import { viewOf } from '../../src/report/view/view.ts';
import type { Frame, SeenQueue } from '../../src/sim/index.ts';
import { scenarioOf } from '../support.ts';

const showing = (id: string, fails: readonly string[] = []): Showing =>
  shoot(scenarioOf(id), { fails, settings: {} });

const messagesIn = (queues: readonly SeenQueue[]) =>
  queues.flatMap(({ queue, messages }) => messages.map((message) => ({ queue, ...message })));

/** The rows that are committed, and those in doubt, by table. */
const kept = ({ tables }: Frame) =>
  tables.map(({ name, rows, open }) => [name, rows, open.filter(({ inDoubt }) => inDoubt)]);

/** How often each thing that can be sent or returned is claimed. */
function countOf(fates: Fates, what: string, queue: string): number {
  const of = [...fates.stays, ...fates.lost].filter((one) => one.what === what);
  return of.reduce((sum, one) => {
    return sum + ('queue' in one && one.queue === queue ? one.count : 0);
  }, 0);
}

/** The run in which a fault strikes in the step that comes next, just after it has struck. */
function crashed(shown: Showing, step: number, fault: string): Frame {
  const way = striking(shown, step, fault);
  return frameAt(shoot(scenarioOf(shown.scenario), { ...way, steps: step + 1 }).film, step + 1);
}

function messagesStay(before: Frame, after: Frame, fates: Fates): void {
  const [old, now] = [messagesIn(before.queues), messagesIn(after.queues)];
  // None is lost, and none is there that was not: what was sent and not committed is nowhere.
  expect(now.map(({ id }) => id).sort()).toEqual(old.map(({ id }) => id).sort());
  for (const { queue } of before.queues) {
    const claimed = ['waiting', 'again', 'buried'].map((what) => countOf(fates, what, queue));
    const inDoubt = old.filter((one) => one.queue === queue && one.state === 'prepared').length;
    const all = old.filter((one) => one.queue === queue).length;
    expect(claimed.reduce((sum, one) => sum + one, inDoubt)).toBe(all);
  }
}

/** The logs that are forced to a disk, by their services. */
const logsIn = ({ logs }: Frame) =>
  logs.flatMap(({ service, durable }) => (durable.length > 0 ? [[service, durable]] : []));

const inDoubtAt = ({ inDoubt }: Frame, resource: string) =>
  inDoubt.filter(({ at }) => at === resource);

function serviceCrashed(before: Frame, after: Frame, service: string, fates: Fates): void {
  messagesStay(before, after, fates);
  expect([kept(after), after.inDoubt]).toEqual([kept(before), before.inDoubt]);
  expect(logsIn(after)).toEqual(logsIn(before));
  expect(after.runs.filter((run) => run.service === service)).toEqual([]);
  expect(after.logs.find((log) => log.service === service)?.volatile ?? {}).toEqual({});
  for (const { transactions, aside, message } of before.runs.filter(
    (run) => run.service === service,
  )) {
    for (const [database, id] of [transactions, ...aside].flatMap(Object.entries<number>)) {
      const isPrepared = before.inDoubt.some(
        (one) => one.at === database && one.transaction === id,
      );
      const own = after.tables.filter(({ name }) => name.startsWith(`${database}.`));
      const open = own.flatMap((table) => table.open.filter((one) => one.transaction === id));
      const held = after.locks.filter((lock) => {
        return lock.database === database && lock.transaction === id;
      });
      if (!isPrepared) expect([open, held]).toEqual([[], []]);
    }
    const old = messagesIn(before.queues).find(({ id }) => id === message);
    const now = messagesIn(after.queues).find(({ id }) => id === message);
    if (!old || !now || old.state === 'prepared') continue;
    const isBuried = now.originalQueue !== null && old.originalQueue === null;
    expect(isBuried).toBe(old.isLast);
    if (!isBuried) expect(now.deliveryCount).toBe(old.deliveryCount + 1);
  }
}

// Whatever the step does beside what crashes, it does all the same.
function databaseCrashed(before: Frame, after: Frame, database: string, fates: Fates): void {
  const own = (frame: Frame) => frame.tables.filter(({ name }) => name.startsWith(`${database}.`));
  const [old, now] = [own(before), own(after)];
  expect(kept({ ...after, tables: now })).toEqual(kept({ ...before, tables: old }));
  expect(inDoubtAt(after, database)).toEqual(inDoubtAt(before, database));
  expect(now.flatMap(({ open }) => open.filter(({ inDoubt }) => !inDoubt))).toEqual([]);
  for (const { name, open } of old) {
    const claimed = fates.lost.flatMap((one) => {
      return one.what === 'uncommitted' && one.table === name ? one.keys : [];
    });
    expect(claimed).toHaveLength(open.filter(({ inDoubt }) => !inDoubt).length);
  }
}

function brokerCrashed(before: Frame, after: Frame, fates: Fates): void {
  messagesStay(before, after, fates);
  expect(inDoubtAt(after, 'broker')).toEqual(inDoubtAt(before, 'broker'));
  expect(after.runs.flatMap(({ sends }) => sends)).toEqual([]);
  const claimed = fates.lost.flatMap((one) => (one.what === 'unsent' ? [one.count] : []));
  const sends = before.runs.flatMap((run) => run.sends);
  expect(claimed.reduce((sum, one) => sum + one, 0)).toBe(sends.length);
}

/** Lets all crash that can before the next step, after every step. Returns how many crashes. */
function tryAll(shown: Showing): number {
  let tried = 0;
  for (let step = 0; step < lastStep(shown.film); step++) {
    const [before, fates] = [frameAt(shown.film, step), fatesAt(shown.film, step)];
    for (const { fault } of viewOf(shown, step, 'en').faults) {
      const [, kind, point = ''] =
        /^(crash|crash-db|crash-broker)@([^:#]+)(#\d+)?$/.exec(fault) ?? [];
      const [service = ''] = point.split('.');
      if (!kind || point.endsWith('.starting')) continue;
      const after = crashed(shown, step, fault);
      tried += 1;
      const [down = ''] = after.down.filter((name) => !before.down.includes(name));
      if (kind === 'crash') serviceCrashed(before, after, service, fates);
      else if (kind === 'crash-broker') brokerCrashed(before, after, fates);
      else databaseCrashed(before, after, down, fates);
    }
  }
  return tried;
}

describe('a crash leaves what the view said it would', () => {
  it.each([
    ['ticket-saga', []],
    ['ticket-saga', ['deposit']],
    ['jms-session', []],
    ['best-effort', []],
    ['jta-xa', []],
    ['jta-xa', ['heuristic']],
    ['jta-single', []],
    ['outbox', []],
    ['tcc', []],
    ['chained-jpa', []],
    ['dead-letter', []],
    ['propagation', ['requires-new-survives']],
    ['ticket-lock', []],
  ])('%s %j', (id, fails) => {
    expect(tryAll(showing(id, fails))).toBeGreaterThan(5);
  });
});
