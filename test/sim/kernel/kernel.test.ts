import { EventEmitter } from 'eventemitter3';
import { describe, expect, it } from 'vitest';
import {
  assert,
  BugError,
  Clock,
  closest,
  defaultSchedule,
  fingerprintOf,
  present,
  recordEvents,
  recordedSchedule,
  seededSchedule,
  Trace,
  type WorldEvents,
} from '../../../src/sim/index.ts';
import { createPrng } from '../../../src/sim/kernel/prng.ts';

describe('Clock', () => {
  it('moves forward only, and back by a mark', () => {
    const clock = new Clock();
    clock.advanceTo(10);
    const mark = clock.mark();
    clock.advanceTo(5);
    expect(clock.nowMs).toBe(10);
    clock.advanceTo(70_000);
    clock.rewind(mark);
    expect(clock.nowMs).toBe(10);
    expect(() => clock.advanceTo(Number.NaN)).toThrow(BugError);
  });
});

describe('createPrng', () => {
  const draw = (seed: number) => {
    const prng = createPrng(seed);
    return Array.from({ length: 20 }, () => prng.below(1000));
  };

  it('repeats itself for one seed', () => {
    expect(draw(7)).toEqual(draw(7));
  });

  it('draws differently for neighbouring seeds', () => {
    const firsts = Array.from({ length: 200 }, (_, seed) => draw(seed)[0]);
    expect(new Set(firsts).size).toBeGreaterThan(150);
  });

  it('stays below its limit and reaches every number', () => {
    const prng = createPrng(1);
    const seen = new Set(Array.from({ length: 300 }, () => prng.below(5)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('schedules', () => {
  const task = (id: number, timer: boolean) => ({ id, dueMs: id, timer, work: null, cause: null });
  const candidates = [task(1, false), task(2, true), task(3, false)];

  it('take the first by default', () => {
    expect(defaultSchedule.choose(candidates, 3)).toBe(0);
  });

  it('repeat what was recorded, step by step', () => {
    const schedule = recordedSchedule([{ step: 2, option: 1 }]);
    expect([0, 1, 2, 3].map((step) => schedule.choose(candidates, step))).toEqual([0, 0, 1, 0]);
  });

  it('draw steps evenly and let a timer overtake them rarely', () => {
    const schedule = seededSchedule(3);
    const counts = [0, 0, 0];
    for (let n = 0; n < 6400; n++) {
      const option = schedule.choose(candidates, n);
      counts[option] = (counts[option] ?? 0) + 1;
    }
    expect(counts[1]).toBeGreaterThan(120);
    expect(counts[1]).toBeLessThan(300);
    expect(Math.abs((counts[0] ?? 0) - (counts[2] ?? 0))).toBeLessThan(400);
  });
});

describe('fingerprintOf', () => {
  it('is equal for equal values and 16 URL-safe characters long', () => {
    expect(fingerprintOf({ a: [1, null] })).toBe(fingerprintOf({ a: [1, null] }));
    expect(fingerprintOf({ a: 1 })).not.toBe(fingerprintOf({ a: 2 }));
    expect(fingerprintOf('x')).toMatch(/^[\w-]{16}$/);
  });
});

describe('Trace', () => {
  it('numbers events, names causes, and forgets what was rewound', () => {
    const emitter = new EventEmitter<WorldEvents>();
    const trace = new Trace(emitter);
    const events = recordEvents(emitter);
    const place = { service: null, handler: null, state: null, execution: null };
    const first = trace.add(0, null, place, { kind: 'ticked' }, false);
    const mark = trace.mark();
    trace.add(1, first, place, { kind: 'at-rest' }, false);
    trace.rewind(mark);
    const again = trace.add(2, first, place, { kind: 'horizon' }, true);
    expect(again).toBe(2);
    expect(events.map(({ id, cause, happening }) => [id, cause, happening.kind])).toEqual([
      [1, null, 'ticked'],
      [2, 1, 'horizon'],
    ]);
  });
});

describe('closest', () => {
  it('finds the name that was meant, whatever its case', () => {
    expect(closest('depositt', ['deposit', 'locked'])).toBe('deposit');
    expect(closest('TICKET-SAGA', ['ticket-saga'])).toBe('ticket-saga');
  });

  it('finds none where none is near', () => {
    expect(closest('xyzzy', ['deposit', 'locked'])).toBeNull();
    expect(closest('a', [])).toBeNull();
    expect(closest('zz', ['G0', 'PMP'])).toBeNull();
    expect(closest('g1', ['G0', 'PMP'])).toBe('G0');
  });
});

describe('assertions', () => {
  it('throw bugs', () => {
    expect(() => assert(false, 'no')).toThrow(BugError);
    expect(() => present(null, 'it')).toThrow('missing: it');
    expect(present(0, 'it')).toBe(0);
  });
});
