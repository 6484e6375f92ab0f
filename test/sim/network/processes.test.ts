import { expect, it } from 'vitest';
import { Processes } from '../../../src/sim/network/index.ts';

it('processes start, crash, and come back to a mark', () => {
  const processes = new Processes(['order', 'user']);
  expect(processes.isUp('order')).toBe(false);
  processes.start('order');
  const mark = processes.mark();
  processes.crash('order');
  processes.start('user');
  expect(processes.state()[0]).toEqual([
    ['order', false],
    ['user', true],
  ]);
  processes.rewind(mark);
  expect([processes.isUp('order'), processes.isUp('user')]).toEqual([true, false]);
  expect(() => processes.start('ticket')).toThrow('missing: process ticket');
});

it('what a process keeps in its memory dies with it', () => {
  const processes = new Processes(['order', 'user']);
  processes.start('order');
  processes.keep('order', { failures: 1, open: 0 });
  processes.keep('order', { failures: 2 });
  expect(processes.memoryOf('order')).toEqual({ failures: 2, open: 0 });
  expect(processes.memoryOf('user')).toEqual({});
  const mark = processes.mark();
  processes.crash('order');
  expect(processes.memoryOf('order')).toEqual({});
  processes.rewind(mark);
  expect(processes.memoryOf('order')).toEqual({ failures: 2, open: 0 });
});

it('compares and sets: of two who saw the same, the second comes too late', () => {
  const processes = new Processes(['user']);
  expect(processes.keep('user', { circuit: 'half-open' }, { circuit: null })).toBe(true);
  expect(processes.keep('user', { circuit: 'closed', turn: 1 }, { circuit: null })).toBe(false);
  expect(processes.memoryOf('user')).toEqual({ circuit: 'half-open' });
  const seen = { seen: [{ atMs: 1, ok: true }] };
  processes.keep('user', { circuit: seen });
  expect(processes.keep('user', { turn: 2 }, { circuit: structuredClone(seen) })).toBe(true);
  expect(processes.memoryOf('user')).toEqual({ circuit: seen, turn: 2 });
});
