// The sequence of a run: what is drawn is what happened, no more and no less.

import { describe, expect, it } from 'vitest';
import { type Sequence, sequenceOf } from '../../src/report/diagram/sequence.ts';
import { idleEvents } from '../../src/report/telling.ts';
import type { RunResult } from '../../src/sim/index.ts';
import { catalogue, runScenario } from '../support.ts';

function drawn(id: string, fails: readonly string[] = [], set = {}) {
  const result = runScenario(id, fails, set);
  const services = catalogue.get(id)?.services.map(({ name }) => name) ?? [];
  return { result, sequence: sequenceOf(result.events, services) };
}

const kindsIn = ({ events }: RunResult, kind: string) => {
  const idle = idleEvents(events);
  return events.filter((event) => event.happening.kind === kind && !idle.has(event.id));
};
const arrowsOf = ({ rows }: Sequence) =>
  rows.flatMap(({ arrow, event }) => (arrow ? [{ ...arrow, event }] : []));
const nameAt = ({ lifelines }: Sequence, at: number) => lifelines[at]?.name || lifelines[at]?.kind;
const bracketsOf = ({ brackets }: Sequence, database: string | null) =>
  brackets.filter(({ span }) => span.database === database);

describe('arrows', () => {
  it.each([
    ['ticket-saga', []],
    ['ticket-saga', ['duplicate-locked']],
    ['ticket-saga', ['crash-after-commit']],
    ['ticket-saga', ['lose@order.locked.sending-pay']],
    ['ticket-saga', ['crash-broker@order.locked.committing:after']],
    ['ticket-saga-fixed', ['duplicate@user.relay.sending', 'crash-before-commit']],
    ['outbox', []],
    ['dead-letter', ['done-and-dead']],
    ['jms-session', []],
  ] as const)('are as many as what was sent, received, lost: %s %j', (id, fails) => {
    const { result, sequence } = drawn(id, fails);
    const arrows = arrowsOf(sequence);
    const count = (kind: string, arrives = true) =>
      arrows.filter((arrow) => arrow.kind === kind && arrow.arrives === arrives).length;
    const polled = kindsIn(result, 'polled').filter(
      ({ happening }) => happening.kind === 'polled' && happening.message,
    );
    const put = kindsIn(result, 'put').length;
    expect(count('message')).toBe(kindsIn(result, 'published').length + put);
    expect(count('message', false)).toBe(kindsIn(result, 'lost').length);
    expect(count('delivery')).toBe(kindsIn(result, 'received').length + polled.length);
    expect(count('return')).toBe(kindsIn(result, 'returned').length);
    expect(count('dead-letter')).toBe(kindsIn(result, 'dead-lettered').length);
  });

  it('lead every message that is received from its sender to its consumer, by the broker', () => {
    const { sequence } = drawn('ticket-saga', ['duplicate-locked']);
    const arrows = arrowsOf(sequence);
    const deliveries = arrows.filter(({ kind }) => kind === 'delivery');
    expect(deliveries.length).toBeGreaterThan(4);
    for (const { event, from, to } of deliveries) {
      const { happening, place } = event;
      const id = happening.kind === 'received' ? happening.message.messageId : 0;
      expect([nameAt(sequence, from), nameAt(sequence, to)]).toEqual(['broker', place.service]);
      const [sending, more] = arrows.filter(({ kind, event: { happening: sent } }) => {
        return kind === 'message' && sent.kind === 'published' && sent.message.messageId === id;
      });
      expect(more).toBeUndefined();
      expect(sending && sending.event.id < event.id).toBe(true);
      expect(nameAt(sequence, sending?.to ?? -1)).toBe('broker');
      expect(nameAt(sequence, sending?.from ?? -1)).toBe(sending?.event.place.service);
    }
  });

  it('tell a copy from what was sent', () => {
    const { sequence } = drawn('ticket-saga', ['duplicate-locked']);
    const copies = arrowsOf(sequence).filter(({ isCopy }) => isCopy);
    expect(copies).toHaveLength(1);
    expect(copies[0]?.event.happening).toMatchObject({ message: { queue: 'order:locked' } });
    expect(arrowsOf(drawn('ticket-saga').sequence).some(({ isCopy }) => isCopy)).toBe(false);
  });

  it('end nowhere for what is lost', () => {
    const { sequence, result } = drawn('ticket-saga', ['lose@order.locked.sending-pay']);
    const lost = arrowsOf(sequence).filter(({ arrives }) => !arrives);
    expect(lost.map(({ event }) => event.happening.kind)).toEqual(['lost']);
    expect(nameAt(sequence, lost[0]?.from ?? -1)).toBe('order');
    const pays = result.events.filter(
      ({ happening }) => happening.kind === 'received' && happening.message.queue === 'order:pay',
    );
    expect(pays).toEqual([]);
  });

  it('mark redeliveries, and return what a crash left unacknowledged', () => {
    const { sequence } = drawn('ticket-saga', ['crash-after-commit']);
    const arrows = arrowsOf(sequence);
    expect(arrows.filter(({ isRedelivered }) => isRedelivered)).toHaveLength(1);
    const [returned] = arrows.filter(({ kind }) => kind === 'return');
    expect([returned?.from, returned?.to].map((at) => nameAt(sequence, at ?? -1))).toEqual([
      'user',
      'broker',
    ]);
  });

  it('pair calls with requests, and answers with who waits for them', () => {
    const { sequence, result } = drawn('tcc');
    const arrows = arrowsOf(sequence);
    const calls = arrows.filter(({ kind }) => kind === 'call');
    const called = kindsIn(result, 'called');
    const fromOutside = kindsIn(result, 'requested').filter(({ cause }) => cause === null);
    expect(called.length).toBeGreaterThan(2);
    expect(calls).toHaveLength(called.length + fromOutside.length);
    for (const { event, from, to } of calls) {
      const cause = result.events.find(({ id }) => id === event.cause);
      expect(nameAt(sequence, from)).toBe(cause ? cause.place.service : 'outside');
      expect(nameAt(sequence, to)).toBe(event.place.service);
    }
    const answers = arrows.filter(({ kind, event }) => {
      return kind === 'reply' && event.happening.kind === 'answered';
    });
    expect(answers).toHaveLength(kindsIn(result, 'answered').length);
    for (const { event, to } of answers) expect(nameAt(sequence, to)).toBe(event.place.service);
  });

  it('show a request that is lost, and an answer that nobody hears', () => {
    const lost = arrowsOf(drawn('idempotency', ['post-request-lost']).sequence);
    expect(lost.filter(({ kind, arrives }) => kind === 'call' && !arrives)).not.toEqual([]);
    const impatient = arrowsOf(drawn('idempotency', ['impatient']).sequence);
    const late = impatient.filter(({ kind, arrives }) => kind === 'reply' && !arrives);
    expect(late).not.toEqual([]);
    const { sequence, result } = drawn('idempotency', ['with-lost']);
    const unheard = arrowsOf(sequence).filter(({ kind, arrives }) => kind === 'reply' && !arrives);
    expect(unheard.map(({ event }) => event.happening.kind)).toEqual(['answered']);
    const next = result.events.find(({ cause }) => cause === unheard[0]?.event.id);
    expect(next?.happening).toMatchObject({ kind: 'struck' });
  });
});

describe('brackets', () => {
  it('close with the sign of what became of the transaction', () => {
    const { sequence, result } = drawn('ticket-saga', ['crash-before-commit']);
    const own = bracketsOf(sequence, 'user');
    expect(own.map(({ span }) => span.outcome)).toEqual(['rolled-back', 'committed']);
    expect(own.map(({ span }) => span.end?.happening.kind)).toEqual(['rolled-back', 'committed']);
    const began = kindsIn(result, 'began').length;
    expect(sequence.brackets.filter(({ span }) => span.database !== null)).toHaveLength(began);
    for (const { from, to, span } of sequence.brackets) {
      expect(from).toBeLessThanOrEqual(to);
      expect(span.start.id).toBeLessThan(span.end?.id ?? Infinity);
    }
  });

  it('go on after the crash of a coordinator, in doubt, until recovery ends the branch', () => {
    const { sequence } = drawn('jta-xa', ['crash-after-log']);
    const [branch] = bracketsOf(sequence, 'user');
    const [session] = bracketsOf(sequence, null);
    for (const one of [branch, session]) {
      expect(one?.span.outcome).toBe('committed');
      expect(one?.span.prepared?.happening.kind).toBe('prepared');
      expect(one?.span.end?.place.handler).toBe('recovery');
      expect(one?.preparedRow).toBeLessThan(one?.to ?? 0);
    }
    const never = drawn('jta-xa', ['never-back']).sequence;
    expect(never.brackets.map(({ span }) => span.outcome)).toEqual(['in-doubt', 'in-doubt']);
    expect(never.brackets.map(({ to }) => to)).toEqual([
      never.rows.length - 1,
      never.rows.length - 1,
    ]);
  });

  it('hold each commit of a chain', () => {
    const { sequence } = drawn('chained-jdbc', ['first-reply']);
    const outcomes = sequence.brackets.map(({ span }) => span.outcome);
    expect(outcomes).toContain('committed');
    expect(outcomes).not.toContain('open');
    expect(new Set(sequence.brackets.map(({ level }) => level)).size).toBeGreaterThan(1);
  });
});

describe('downtimes', () => {
  it('last from the crash to the restart, on the lifeline of what was down', () => {
    const { sequence } = drawn('ticket-saga', ['crash-after-commit']);
    const [gap, more] = sequence.downtimes;
    expect(more).toBeUndefined();
    expect(nameAt(sequence, gap?.lifeline ?? -1)).toBe('user');
    expect([gap?.gap.start.atMs, gap?.gap.end?.atMs, gap?.isOver]).toEqual([24, 1024, true]);
    expect(sequence.rows[gap?.from ?? -1]?.event.happening.kind).toBe('crashed');
    expect(sequence.rows[gap?.to ?? -1]?.event.happening.kind).toBe('restarted');
  });

  it('give the broker and a database lifelines of their own', () => {
    const broker = drawn('ticket-saga', ['crash-broker@user.pay.charging']).sequence;
    expect(broker.downtimes.map(({ lifeline }) => nameAt(broker, lifeline))).toEqual(['broker']);
    const database = drawn('ticket-saga', ['crash-db@user.pay.charging']).sequence;
    const [gap] = database.downtimes;
    expect(database.lifelines[gap?.lifeline ?? -1]).toEqual({ kind: 'database', name: 'user' });
    expect(bracketsOf(database, 'user').map(({ span }) => span.outcome)).toContain('rolled-back');
  });

  it('never end where nothing comes back', () => {
    const { sequence } = drawn('ticket-saga', ['timeout']);
    expect(sequence.downtimes).toMatchObject([{ isOver: false, to: sequence.rows.length - 1 }]);
  });
});

describe('rows', () => {
  it('mark compensation where the saga compensates', () => {
    const { sequence, result } = drawn('ticket-saga', ['deposit']);
    const compensating = result.events.filter(({ compensation }) => compensation);
    const shown = sequence.rows.filter(({ event }) => event.compensation);
    expect(shown.length).toBeGreaterThan(1);
    expect(compensating.map(({ id }) => id)).toEqual(
      expect.arrayContaining(shown.map(({ event }) => event.id)),
    );
  });

  it('run down in the order of events, with activations that lie in them', () => {
    const { sequence } = drawn('ticket-shop', ['instance-dies']);
    const ids = sequence.rows.map(({ event }) => event.id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    for (const { from, to, lifeline } of sequence.activations) {
      expect(from).toBeLessThanOrEqual(to);
      expect(sequence.lifelines[lifeline]?.kind).toBe('service');
    }
  });
});
