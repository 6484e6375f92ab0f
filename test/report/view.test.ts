// The view of a step says what the film shows: marks of rows, causes, what a crash would leave,
// who waits for whom, what can come next.

import { describe, expect, it } from 'vitest';
import { shoot } from '../../src/report/view/shoot.ts';
import {
  firstDifference,
  frameAt,
  lastStep,
  type Showing,
  stepOf,
} from '../../src/report/view/showing.ts';
import { changesOf } from '../../src/report/view/tables.ts';
import { type View, viewOf } from '../../src/report/view/view.ts';
import { catalogue, scenarioOf } from '../support.ts';

const showing = (id: string, fails: readonly string[] = []): Showing =>
  shoot(scenarioOf(id), { fails, settings: {} });
const views = (shown: Showing): readonly View[] =>
  shown.film.frames.map((_, step) => viewOf(shown, step, 'en'));
const rowOf = (view: View, id: string) =>
  view.tables.flatMap(({ rows }) => rows).find((row) => row.id === id);
const marks = (shown: Showing, id: string): string =>
  views(shown)
    .map((view) => rowOf(view, id)?.mark ?? '.')
    .join('')
    .replace(/(.)\1+/g, '$1');

describe('the marks of a row', () => {
  it('go from nothing over uncommitted to new', () => {
    expect(marks(showing('ticket-saga'), 'order.customer_order 1')).toMatch(/^\.\?\+\?\+$/);
  });

  it('go from as it was over locked and uncommitted to changed', () => {
    expect(marks(showing('ticket-saga'), 'user.customer 1')).toBe(' ?~');
  });

  it('show a compensation once it is committed', () => {
    // With too little money the ticket is locked, then released by a compensation.
    const shown = showing('ticket-saga', ['deposit']);
    expect(marks(shown, 'ticket.ticket 1')).toBe(' ?~?↩');
    expect(rowOf(viewOf(shown, lastStep(shown.film), 'en'), 'ticket.ticket 1')).toMatchObject({
      cells: expect.arrayContaining([{ column: 'lock_user', value: 'null', was: null }]),
    });
  });

  it('show what a rollback takes back', () => {
    const shown = showing('ticket-saga', ['error@user.pay.charging:after']);
    expect(marks(shown, 'user.pay_info 1')).toMatch(/^\.\?\./);
  });

  it('show a branch in doubt', () => {
    const doubted = Object.keys(scenarioOf('jta-xa').namedFaults).flatMap((name) =>
      views(showing('jta-xa', [name])),
    );
    const seen = doubted.filter(({ tables }) =>
      tables.some(({ rows }) => rows.some(({ mark }) => mark === '!')),
    );
    expect(seen.length).toBeGreaterThan(0);
    for (const view of seen) expect(view.durable.join()).toContain('is prepared at');
  });
});

describe('what happened', () => {
  const shown = showing('ticket-saga');

  it('is told once in all', () => {
    const told = views(shown).flatMap(({ happened }) => happened.map(({ event }) => event));
    expect(told).toEqual(shown.film.events.map(({ id }) => id));
  });

  it('is found by its event', () => {
    for (const view of views(shown)) {
      for (const { event } of view.happened) expect(stepOf(shown.film, event)).toBe(view.step);
    }
  });

  it('has its causes before it, from the first to the last', () => {
    const byId = new Map(shown.film.events.map((event) => [event.id, event]));
    for (const { why, happened } of views(shown)) {
      const chain = why.map(({ event }) => event);
      chain.forEach((event, at) => {
        const after = chain[at + 1];
        if (after) expect(byId.get(after)?.cause).toBe(event);
        else expect(happened.map((one) => byId.get(one.event)?.cause)).toContain(event);
      });
    }
  });
});

describe('what could be chosen', () => {
  it('leads, with each fault that is offered, to a run in which it strikes then', () => {
    const shown = showing('chained-jdbc');
    let tried = 0;
    for (const view of views(shown).filter((_, step) => step % 2 === 1)) {
      for (const { fault } of view.faults) {
        const other = showing('chained-jdbc', [fault]);
        expect(other.film.neverStruck, fault).toEqual([]);
        expect(firstDifference(shown.film, other.film) ?? Infinity).toBeGreaterThan(view.step);
        const struck = other.film.events.find(({ happening }) => happening.kind === 'struck');
        if (struck) expect(stepOf(other.film, struck.id)).toBe(view.step + 1);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(20);
  });

  it('marks what the film takes', () => {
    for (const { next, step, last } of views(showing('ticket-saga'))) {
      expect(next.filter(({ isTaken }) => isTaken)).toHaveLength(step < last ? 1 : 0);
    }
  });
});

it('says who waits for whose lock', () => {
  const waits = [...catalogue.keys()].flatMap((id) => {
    const named = ['', ...Object.keys(scenarioOf(id).namedFaults)].slice(0, 4);
    return named
      .flatMap((name) => views(showing(id, name ? [name] : [])))
      .flatMap((one) => one.waits);
  });
  expect(waits.join('\n')).toMatch(/waits for a lock of/);
});

it('differs from a run that began otherwise where something else first happens', () => {
  const [poor, usual] = [showing('ticket-saga', ['deposit']), showing('ticket-saga')];
  const step = firstDifference(poor.film, usual.film) ?? 0;
  expect(viewOf(poor, step, 'en').happened.map(({ text }) => text)).toEqual([
    expect.stringContaining('finding-customer'),
  ]);
  expect(firstDifference(usual.film, usual.film)).toBe(null);
});

it('tells of many that are alike once', () => {
  for (const view of views(showing('ticket-shop'))) {
    for (const lines of [view.volatile, view.waits]) expect(new Set(lines).size).toBe(lines.length);
  }
});

it('knows whose a lock is that a transaction set aside holds', () => {
  const shown = showing('propagation', ['self-deadlock']);
  const waiting = views(shown).filter(({ waits }) => waits.length > 0);
  expect(waiting.length).toBeGreaterThan(0);
  for (const { locks, waits } of waiting) {
    expect(locks.join('\n')).not.toContain('nobody');
    expect(waits.join()).toContain('waits for a lock of shop.order.');
  }
});

it('finds the steps at which a row changes, and only those', () => {
  const shown = showing('ticket-saga');
  const id = 'user.customer 1';
  const told = views(shown).map((view) =>
    JSON.stringify([rowOf(view, id)?.mark, rowOf(view, id)?.cells]),
  );
  const changes = told.flatMap((text, step) => (step > 0 && text !== told[step - 1] ? [step] : []));
  expect(changesOf(shown.film, id)).toEqual(changes);
});

it('is at the end what the run came to, in both languages', () => {
  for (const id of catalogue.keys()) {
    const shown = showing(id);
    for (const language of ['en', 'zh'] as const) {
      const view = viewOf(shown, lastStep(shown.film), language);
      expect(view.ending?.text).toBe(shown.outcome.text[language]);
      for (const { holds, property } of view.lamps) {
        const verdict = shown.film.verdicts.find((one) => one.property === property);
        expect(holds, `${id} ${property}`).toBe(verdict?.holds);
      }
    }
    expect(frameAt(shown.film, 1e9)).toBe(shown.film.frames.at(-1));
  }
});
