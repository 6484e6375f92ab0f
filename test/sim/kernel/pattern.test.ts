import { describe, expect, it } from 'vitest';
import { fits } from '../../../src/sim/index.ts';

describe('a pattern', () => {
  it.each([
    ['user.pay.charging', true],
    ['*', true],
    ['**', true],
    ['user.*', true],
    ['*.charging', true],
    ['u*p*g', true],
    ['user.pay.charging*', true],
    ['*ging*ging', false],
    ['user.pay.charg', false],
    ['user.pay.*.charging', false],
    ['user.pay.charging.*', false],
    ['user.pay.charging.charging', false],
    ['user*user.pay.charging', false],
    ['user?pay.charging', false],
    ['', false],
  ])('%s means user.pay.charging: %s', (pattern, isMeant) => {
    expect(fits(pattern, 'user.pay.charging')).toBe(isMeant);
  });

  it('is soon compared, however often anything may stand in it', () => {
    expect(fits(`${'*'.repeat(10_000)}!`, 'user.pay.charging')).toBe(false);
    expect(fits(`${'*a'.repeat(1000)}!`, 'a'.repeat(2000))).toBe(false);
  });
});
