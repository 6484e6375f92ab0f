import { describe, expect, it } from 'vitest';
import { FaultPlan } from '../../../src/sim/faults/plan.ts';
import {
  FAULT_KINDS,
  type FaultKind,
  type FaultPoint,
  faultText,
  kindsFor,
  parseDuration,
  parseFault,
  SandboxError,
} from '../../../src/sim/index.ts';

const POINTS: FaultPoint[] = [
  { id: 'user.pay.charging', effect: 'sql', compensation: false, hasDatabase: true },
  { id: 'user.pay.sending-ticket-move', effect: 'send', compensation: false, hasDatabase: true },
  { id: 'user.process.starting', effect: 'start', compensation: false, hasDatabase: true },
];
const parse = (text: string) => parseFault(text, POINTS, 'ticket-saga');
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof SandboxError) return error.code;
  }
  return 'none';
};

describe('parseFault', () => {
  it('reads every part', () => {
    expect(parse('crash@user.pay.charging:after#2,restart=5s')).toEqual({
      kind: 'crash',
      point: 'user.pay.charging',
      when: 'after',
      occurrence: 2,
      options: { restart: 5000 },
    });
  });

  it('fills in what is left out', () => {
    expect(parse('error@user.pay.charging')).toMatchObject({ when: 'before', occurrence: 1 });
    expect(parse('duplicate@user.pay.sending-ticket-move')).toMatchObject({
      when: 'after',
      options: { delay: 10 },
    });
    expect(parse('crash@user.process.starting,restart=never').options.restart).toBe(Infinity);
  });

  it.each([
    ['crash', 'bad-fault'],
    ['crash@', 'bad-fault'],
    ['crash@user.pay.charging:during', 'bad-fault'],
    ['crash@user.pay.charging#0', 'bad-fault'],
    ['crash@user.pay.charging#two', 'bad-fault'],
    ['crash @user.pay.charging', 'bad-fault'],
    ['crash@user.pay.charging,restart', 'bad-fault'],
    ['crush@user.pay.charging', 'unknown-name'],
    ['crash@user.pay.chargin', 'unknown-name'],
    ['crash@user.pay.charging,after=5s', 'unknown-name'],
    ['crash@user.pay.charging,restart=soon', 'bad-value'],
    ['duplicate@user.pay.charging', 'fault-not-applicable'],
    ['refuse@user.pay.charging', 'fault-not-applicable'],
    ['error@user.process.starting', 'fault-not-applicable'],
  ])('refuses %s as %s', (text, code) => {
    expect(codeOf(() => parse(text))).toBe(code);
  });

  it('reads back what it writes', () => {
    for (const text of [
      'crash@user.pay.charging:after#2,restart=5s',
      'timeout@user.pay.charging',
    ]) {
      const fault = parse(text);
      expect(parse(faultText(fault))).toEqual(fault);
    }
  });
});

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['80s', 80_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['7', 7],
    ['never', Infinity],
    ['-1s', null],
    ['1.5s', null],
    ['', null],
  ])('%s is %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});

describe('kindsFor', () => {
  it('lists exactly the kinds that apply', () => {
    expect(kindsFor('start')).toEqual(['crash']);
    expect(kindsFor('send')).toEqual(
      expect.arrayContaining<FaultKind>(['lose', 'delay', 'reorder', 'duplicate']),
    );
    expect(kindsFor('sql')).not.toContain('lose');
    for (const kind of Object.keys(FAULT_KINDS) as FaultKind[]) {
      expect(kindsFor('sql').includes(kind)).toBe(FAULT_KINDS[kind].applies.includes('sql'));
    }
  });
});

describe('FaultPlan', () => {
  it('strikes at the nth time only, and says what never struck', () => {
    const second = parse('crash@user.pay.charging#2');
    const never = parse('error@user.pay.sending-ticket-move');
    const plan = new FaultPlan([second, never]);
    expect(plan.reach('user.pay.charging')).toEqual({ before: [], after: [] });
    const mark = plan.mark();
    expect(plan.reach('user.pay.charging').before).toEqual([second]);
    expect(plan.neverStruck()).toHaveLength(2);
    plan.strike(second);
    expect(plan.neverStruck()).toMatchObject([{ point: never.point, reached: 0 }]);
    plan.rewind(mark);
    expect(plan.neverStruck()).toHaveLength(2);
    expect(plan.reach('user.pay.charging').before).toEqual([second]);
    expect(plan.reach('user.pay.charging').before).toEqual([]);
  });
});
