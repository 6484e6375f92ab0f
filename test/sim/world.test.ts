// The world's own parts: its settings, its identifiers, its outages, and how a run ends.

import { describe, expect, it } from 'vitest';
import { settingsOf, WORLD_PARAMETERS } from '../../src/sim/settings.ts';
import { uuidAt } from '../../src/sim/uuid.ts';
import { runSaga } from '../support.ts';

describe('settingsOf', () => {
  it("takes the real stack's defaults where nothing is given", () => {
    expect(settingsOf({ consumers: 3, amount: 100 })).toEqual({
      callTimeoutMs: 5000,
      consumers: 3,
      redeliveryDelayMs: 1000,
      redeliveriesMax: 6,
      recoveryMs: 5000,
      restartMs: 1000,
      lockWaitTimeoutMs: 50_000,
      horizonMs: 600_000,
    });
    expect(Object.keys(WORLD_PARAMETERS)).toHaveLength(8);
  });
});

describe('uuidAt', () => {
  it('makes version 1 UUIDs that differ by time and by count, and grow with time', () => {
    const version1 = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-8000-010000000001$/;
    const made = [uuidAt(0, 1), uuidAt(0, 2), uuidAt(1, 1), uuidAt(600_000, 1)];
    for (const uuid of made) expect(uuid).toMatch(version1);
    expect(new Set(made).size).toBe(4);
    // 600,000 ms are 6,000,000,000 ticks of 100 ns, and one more for the count.
    const [low = '', mid = '', high = ''] = uuidAt(600_000, 1).split('-');
    expect(Number.parseInt(`${high.slice(1)}${mid}${low}`, 16)).toBe(6_000_000_001);
  });
});

describe('a run', () => {
  it('ends at rest as soon as no job can find anything', () => {
    const { ending, endedAtMs, events } = runSaga();
    expect(ending).toBe('at-rest');
    expect(endedAtMs).toBeLessThan(100);
    expect(events.at(-1)?.happening.kind).toBe('at-rest');
  });

  it('ends at the horizon if it never comes to rest', () => {
    const fails = [
      'crash@user.process.starting,restart=never',
      'crash@ticket.new.acknowledging:after,restart=never',
    ];
    const { ending, endedAtMs, outcome, queues } = runSaga(fails, { horizonMs: 200_000 });
    expect([ending, endedAtMs, outcome.word]).toEqual(['horizon', 200_000, 'stuck']);
    const errors = queues.find(({ queue }) => queue === 'order:ticket_error');
    // Ticks at 70, 80, … 200 s send one each, as long as the order stays NEW.
    expect(errors?.messages.length).toBeGreaterThanOrEqual(13);
  });

  it('comes back after a crash as the fault says, or as the parameter says', () => {
    const downMs = (fails: readonly string[], set = {}) => {
      const { events } = runSaga(fails, set);
      const at = (kind: string) => events.find(({ happening }) => happening.kind === kind)?.atMs;
      return (at('restarted') ?? Infinity) - (at('crashed') ?? 0);
    };
    const at = 'user.pay.charging';
    expect(downMs([`crash@${at}`])).toBe(1000);
    expect(downMs([`crash@${at},restart=5s`])).toBe(5000);
    expect(downMs([`crash-db@${at}`], { restartMs: 50 })).toBe(50);
    expect(downMs([`crash-broker@${at},restart=never`])).toBe(Infinity);
  });
});
