import { describe, expect, it } from 'vitest';
import { admit, type Circuit, CLOSED, recordCall } from '../../../src/sim/network/index.ts';

const TERMS = { callsMin: 4, failuresPercent: 50, windowMs: 100, sleepMs: 50 };

/** Lets calls end one after another: `+` well, `-` badly, each `everyMs` after the last. */
function circuitAfter(calls: string, everyMs = 1, circuit: Circuit = CLOSED): Circuit {
  return [...calls].reduce(
    (now, call, at) => recordCall(now, call === '+', TERMS, (at + 1) * everyMs),
    circuit,
  );
}

describe('a closed circuit', () => {
  it.each([
    ['---', 'closed'],
    ['----', 'open'],
    ['++--', 'open'],
    ['+++-', 'closed'],
    ['++++--', 'closed'],
    ['++++---', 'closed'],
    ['++++----', 'open'],
  ])('after %s is %s: it takes 4 calls, and half of them failures', (calls, state) => {
    expect(circuitAfter(calls).state).toBe(state);
    expect(admit(circuitAfter(calls), TERMS, 8) === null).toBe(state === 'open');
  });

  it('forgets what is longer ago than its window', () => {
    expect(circuitAfter('----', 30).state).toBe('open');
    expect(circuitAfter('----', 40).state).toBe('closed');
    expect(circuitAfter('----', 40)).toMatchObject({ failed: [80, 120, 160] });
    expect(circuitAfter('++-+', 40)).toMatchObject({ ok: [80, 160], failed: [120] });
  });
});

describe('an open circuit', () => {
  const open = circuitAfter('----');

  it('lets nobody through for as long as it sleeps, and then one', () => {
    expect(open).toMatchObject({ state: 'open', openedMs: 4 });
    expect(admit(open, TERMS, 54)).toBeNull();
    const probing = admit(open, TERMS, 55);
    expect(probing?.state).toBe('half-open');
    expect(probing && admit(probing, TERMS, 500)).toBeNull();
  });

  it('does not heed calls that were on their way when it opened', () => {
    expect(recordCall(open, true, TERMS, 5)).toEqual(open);
    expect(recordCall(open, false, TERMS, 5)).toEqual(open);
  });

  it('closes with a clean slate if the probe goes well, and sleeps again if not', () => {
    const probing: Circuit = { state: 'half-open', openedMs: 4 };
    expect(recordCall(probing, true, TERMS, 60)).toEqual(CLOSED);
    const again = recordCall(probing, false, TERMS, 60);
    expect(again).toMatchObject({ state: 'open', openedMs: 60 });
    expect([admit(again, TERMS, 110), admit(again, TERMS, 111)?.state]).toEqual([
      null,
      'half-open',
    ]);
  });
});
