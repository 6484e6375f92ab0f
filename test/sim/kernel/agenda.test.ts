import { describe, expect, it } from 'vitest';
import { Agenda, BugError } from '../../../src/sim/index.ts';

const step = (dueMs: number, work: string) => ({ dueMs, timer: false, work, cause: null });
const timer = (dueMs: number, work: string) => ({ dueMs, timer: true, work, cause: null });
const works = (agenda: Agenda<string>) => agenda.tasks.map(({ work }) => work);

describe('Agenda', () => {
  it('keeps tasks by time, and those of one time first come first served', () => {
    const agenda = new Agenda<string>();
    for (const [at, work] of [
      [5, 'c'],
      [1, 'a'],
      [5, 'd'],
      [2, 'b'],
    ] as const)
      agenda.add(step(at, work));
    expect(works(agenda)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('offers every step but only the earliest timer', () => {
    const agenda = new Agenda<string>();
    agenda.add(step(1, 'slow'));
    agenda.add(timer(10, 'tick'));
    agenda.add(timer(20, 'later'));
    agenda.add(step(30, 'late'));
    expect(agenda.candidates().map(({ work }) => work)).toEqual(['slow', 'tick', 'late']);
  });

  it('removes by id and by what is to be done', () => {
    const agenda = new Agenda<string>();
    const id = agenda.add(step(1, 'a'));
    agenda.add(step(2, 'b'));
    agenda.add(step(3, 'c'));
    agenda.remove(id);
    agenda.removeWhere((work) => work === 'c');
    agenda.remove(999);
    expect(works(agenda)).toEqual(['b']);
  });

  it('returns to a mark, more than once', () => {
    const agenda = new Agenda<string>();
    agenda.add(step(1, 'a'));
    const mark = agenda.mark();
    for (const again of [1, 2]) {
      const taken = agenda.candidates()[0];
      if (taken) agenda.take(taken);
      agenda.add(step(again, 'new'));
      expect(works(agenda)).toEqual(['new']);
      agenda.rewind(mark);
      expect(works(agenda)).toEqual(['a']);
    }
  });

  it('refuses to take what is not there', () => {
    const agenda = new Agenda<string>();
    expect(() => agenda.take({ id: 7, ...step(1, 'a') })).toThrow(BugError);
  });
});
