import { expect, it } from 'vitest';
import { Processes } from '../../../src/sim/network/index.ts';

it('processes start, crash, and come back to a mark', () => {
  const processes = new Processes(['order', 'user']);
  expect(processes.isUp('order')).toBe(false);
  processes.start('order');
  const mark = processes.mark();
  processes.crash('order');
  processes.start('user');
  expect(processes.state()).toEqual([
    ['order', false],
    ['user', true],
  ]);
  processes.rewind(mark);
  expect([processes.isUp('order'), processes.isUp('user')]).toEqual([true, false]);
  expect(() => processes.start('ticket')).toThrow('missing: process ticket');
});
