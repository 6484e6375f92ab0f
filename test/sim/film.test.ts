// A film of a run shows what the run does, and to look on changes nothing.

import { describe, expect, it } from 'vitest';
import { readRun } from '../../src/scenarios/index.ts';
import { type Film, type Frame, film, parseFault, run } from '../../src/sim/index.ts';
import { catalogue, scenarioOf } from '../support.ts';

const runs = [...catalogue.keys()].flatMap((id) => {
  return [[], ...Object.keys(scenarioOf(id).namedFaults).map((name) => [name])].map((fails) => {
    return { id, fails };
  });
});

function asked(id: string, fails: readonly string[]) {
  const scenario = scenarioOf(id);
  return { scenario, ...readRun(scenario, { fails, settings: {} }) };
}

const filmed = (id: string, ...fails: readonly string[]): Film => {
  const { scenario, faults, input } = asked(id, fails);
  return film(scenario, input, faults);
};

describe('a film', () => {
  it('stops a query that gives too much, and keeps what one gives that does not', () => {
    const { scenario, faults, input } = asked('ticket-saga', []);
    const numbers = (limit: string) =>
      `WITH c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c ${limit}) SELECT n FROM c`;
    const watch = [
      numbers(''),
      numbers('LIMIT 1001'),
      numbers('LIMIT 1000'),
      "SELECT replace(hex(zeroblob(2000000)), '0', 'x') AS long",
      'SELECT zeroblob(2000000) AS long',
    ];
    const [first] = film(scenario, input, faults, undefined, { watch }).frames;
    const told = first?.watched.map((one) => ('length' in one ? one.length : one));
    const endless = { endless: 'rows' };
    expect(told).toEqual([endless, endless, 1000, endless, endless]);
  });

  it.each(runs)('of $id $fails shows the run as it is', ({ id, fails }) => {
    const { scenario, faults, input } = asked(id, fails);
    const seen = film(scenario, input, faults);
    const plain = run(scenario, input, faults);
    expect(seen.events).toEqual(plain.events);
    expect(seen.frames).toHaveLength(plain.steps + 1);
    const { outcome, verdicts, choices, neverStruck, fingerprint } = plain;
    expect(seen).toMatchObject({ outcome, verdicts, choices, neverStruck, fingerprint });
    const last = seen.frames.at(-1);
    const tables = Object.fromEntries(last?.tables.map(({ name, rows }) => [name, rows]) ?? []);
    expect(tables).toEqual(plain.after);
    const left = last?.queues.map(({ queue, messages }) => [queue, messages.length]);
    expect(left).toEqual(plain.queues.map(({ queue, messages }) => [queue, messages.length]));
    expect(last?.events).toBe(seen.events.length);
    expect(JSON.parse(JSON.stringify(seen.frames))).toEqual(seen.frames);
  });

  const framesOf = (seen: Film, test: (frame: Frame) => boolean) => seen.frames.filter(test);

  it('shows a row that is not committed, by whom, and the lock on it', () => {
    const seen = filmed('ticket-saga');
    const table = (frame: Frame) => frame.tables.find(({ name }) => name === 'user.customer');
    const open = framesOf(seen, (frame) => (table(frame)?.open.length ?? 0) > 0);
    expect(open.length).toBeGreaterThan(0);
    for (const frame of open) {
      const [row] = table(frame)?.open ?? [];
      expect(row?.before).toMatchObject({ deposit: 1000 });
      expect(row?.now).toMatchObject({ deposit: 900 });
      // What is not committed is not among the rows.
      expect(table(frame)?.rows).toEqual([row?.before]);
      const owner = frame.runs.find(({ transactions }) => {
        return transactions['user'] === row?.transaction;
      });
      expect(owner).toMatchObject({ service: 'user', handler: 'pay' });
      expect(table(frame)?.locked).toContainEqual({ keys: [1], transaction: row?.transaction });
    }
  });

  it('shows where a message is', () => {
    const states = new Set(
      filmed('ticket-saga').frames.flatMap(({ queues }) =>
        queues.flatMap(({ messages }) => messages.map(({ state }) => state)),
      ),
    );
    expect(states).toContain('in-flight');
  });

  it('shows a branch that is in doubt', () => {
    const crash = Object.keys(scenarioOf('jta-xa').namedFaults);
    const frames = crash.flatMap((name) => filmed('jta-xa', name).frames);
    const doubted = frames.flatMap(({ tables }) => tables.flatMap(({ open }) => open));
    expect(doubted.some(({ inDoubt }) => inDoubt)).toBe(true);
  });

  it('says which points a step passed, for a fault that is to strike there', () => {
    const { scenario, input } = asked('ticket-saga', []);
    const seen = film(scenario, input);
    const at = seen.frames.findIndex(({ passed }) => {
      return passed.some(({ point }) => point === 'user.pay.charging');
    });
    const [passed] = seen.frames[at]?.passed ?? [];
    const fault = `crash@${passed?.point}#${passed?.occurrence}`;
    const broken = film(scenario, input, [parseFault(fault, scenario.points, scenario.id)]);
    // As it was until then, and the fault strikes in that very step.
    for (let step = 0; step < at; step++) expect(broken.frames[step]).toEqual(seen.frames[step]);
    const events = broken.events.slice(broken.frames[at - 1]?.events, broken.frames[at]?.events);
    expect(events.map(({ happening }) => happening.kind)).toContain('crashed');
    expect(broken.frames[at]?.down).toEqual(['user']);
  });

  it('shares what did not change', () => {
    const { frames } = filmed('ticket-saga');
    const tables = frames.flatMap((frame) => frame.tables);
    expect(new Set(tables).size).toBeLessThan(tables.length / 5);
  });

  it('watches queries, and says what is wrong with one', () => {
    const { scenario, input } = asked('ticket-saga', []);
    const watch = ['SELECT deposit FROM user.customer', 'SELECT nonsense'];
    const { frames } = film(scenario, input, [], undefined, { watch });
    expect(frames.at(0)?.watched[0]).toEqual([{ deposit: 1000 }]);
    expect(frames.at(-1)?.watched[0]).toEqual([{ deposit: 900 }]);
    expect(frames.at(-1)?.watched[1]).toEqual({ wrong: expect.stringContaining('nonsense') });
  });
});
