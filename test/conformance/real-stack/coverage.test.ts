// Every measured case is played by one of the tests here, or stands below with the reason why it
// cannot be.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cases } from './cases.ts';
import { SAGA_SETUPS } from './saga-setups.ts';
import { SETUPS } from './setups.ts';

/** Cases that cannot be represented, with the reason. */
const OUT_OF_SCOPE: Readonly<Record<string, string>> = {};

it('plays at least 95 % of what was measured', () => {
  const lock = readFileSync(new URL('lock.test.ts', import.meta.url), 'utf8');
  const played = cases.filter(({ id }) => {
    const byLock = lock.includes(`'${id}'`);
    return id in SETUPS || id in SAGA_SETUPS || id.startsWith('xa-') || byLock;
  });
  const left = cases.filter((one) => !played.includes(one)).map(({ id }) => id);
  process.stdout.write(
    `real stack: ${played.length} of ${cases.length} cases played, ${left.length} out of scope\n`,
  );
  expect(left).toEqual(Object.keys(OUT_OF_SCOPE));
  expect(played.length / cases.length).toBeGreaterThanOrEqual(0.95);
});
