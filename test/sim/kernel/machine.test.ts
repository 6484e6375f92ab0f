// The table a flat machine is read into must go exactly as XState's own pure `transition` goes, in
// every state, for every event, with every kind of memory the handlers look at.

import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, initialTransition, setup, transition } from 'xstate';
import { BEHAVIOUR } from '../../../src/scenarios/catalogue.ts';
import {
  chartOf,
  type EffectEvent,
  type EffectResult,
  handlersOf,
} from '../../../src/sim/index.ts';
import {
  advanceByXState,
  advanceMachine,
  type MachineStep,
  startByXState,
  startMachine,
} from '../../../src/sim/kernel/machine.ts';

const PARAMETERS = { timeoutMs: 60_000 };
const ORDER = {
  id: 1,
  uuid: 'u',
  customerId: 1,
  title: 't',
  ticketNum: 110,
  amount: 100,
  status: 'NEW',
};
const ROW = { id: 1, uuid: 'u', customer_id: 1, deposit: 1000, status: 'NEW', reason: null };
const MEMORIES: unknown[] = [
  ORDER,
  { ...ORDER, id: null },
  { ...ORDER, status: 'NOT_ENOUGH_DEPOSIT', amount: 5000 },
  { orders: [ROW, { ...ROW, id: 2 }], next: 0 },
  { orders: [ROW], next: 0 },
  // What a recovery knows: decided to commit, one branch in doubt since the beginning; and nothing.
  {
    log: [{ xid: 'x', decision: 'commit' }],
    seen: { x: 0 },
    doubts: [{ participant: 'database', xid: 'x', branchId: 'x:1' }],
    silent: [],
  },
  { log: [], seen: {}, doubts: [], silent: [] },
];
const RESULTS: EffectResult[] = [
  {},
  { rows: [] },
  { rows: [ROW] },
  { rows: [{ ...ROW, status: 'FINISH' }] },
  { rows: [{ ...ROW, status: 'FAIL', reason: 'NOT_ENOUGH_DEPOSIT', deposit: 1 }] },
  { rows: [ROW, ROW] },
  { affected: 0 },
  { affected: 1, lastId: 9 },
  { value: 'uuid' },
  { value: ORDER },
];
const EVENTS: EffectEvent[] = [
  ...RESULTS.map((result) => ({ type: 'done', result, nowMs: 70_001 }) as const),
  { type: 'error', failure: { code: 'deadlock', definite: true }, nowMs: 5 },
];

const machines = Object.entries(BEHAVIOUR).flatMap(([scenario, services]) =>
  services().flatMap((service) =>
    handlersOf(service).map(({ name, machine }) => {
      return { name: `${scenario}: ${service.name}.${name}`, machine };
    }),
  ),
);

const outcome = (act: () => MachineStep) => {
  try {
    const { state, context, effect } = act();
    return { state, context, effect };
  } catch (error) {
    return { error: (error as Error).constructor.name };
  }
};

function byTransition(
  machine: AnyStateMachine,
  state: string,
  context: unknown,
  event: EffectEvent,
) {
  const snapshot = machine.resolveState({ value: state, context });
  const [next, actions] = transition(machine, snapshot, event);
  const effect = actions[0]?.params ?? null;
  return { state: next.value, context: next.context, effect };
}

describe.each(machines)('$name', ({ machine }) => {
  it('starts as XState starts it', () => {
    for (const body of [{}, ORDER]) {
      const input = { body, parameters: PARAMETERS, nowMs: 3 };
      const own = startMachine(machine, input);
      expect(own.snapshot).toBeNull();
      const [snapshot, actions] = initialTransition(machine, input);
      expect(own.state).toBe(snapshot.value);
      expect(own.context).toEqual(snapshot.context);
      expect(own.effect).toEqual(actions[0]?.params);
    }
  });

  it('goes on as XState goes on, from every state for every event', () => {
    let compared = 0;
    for (const { state } of chartOf(machine).states) {
      for (const memory of MEMORIES) {
        const context = { memory, parameters: PARAMETERS };
        const at: MachineStep = { machine, state, context, effect: null, snapshot: null };
        for (const event of EVENTS) {
          const own = outcome(() => advanceMachine(at, event));
          const xstate = outcome(() => advanceByXState(at, event));
          if ('error' in own || 'error' in xstate) {
            expect('error' in own).toBe('error' in xstate);
            continue;
          }
          expect(own).toEqual(xstate);
          expect(own).toEqual(byTransition(machine, state, context, event));
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(10 * chartOf(machine).states.length);
  });
});

describe('a machine that uses more of XState', () => {
  const nested = setup({ actions: { perform: (_scope, _effect: unknown) => {} } }).createMachine({
    initial: 'outer',
    states: {
      outer: {
        initial: 'inner',
        states: { inner: { entry: { type: 'perform', params: { kind: 'uuid' } } } },
        on: { done: 'finished' },
      },
      finished: { type: 'final' },
    },
  }) as unknown as AnyStateMachine;

  it('is driven by XState itself', () => {
    const started = startMachine(nested, {});
    expect(started.snapshot).not.toBeNull();
    expect(started.effect).toEqual({ kind: 'uuid' });
    const next = advanceMachine(started, { type: 'done', result: {}, nowMs: 1 });
    expect([next.state, next.effect]).toEqual(['finished', null]);
    expect(startByXState(nested, {}).effect).toEqual(started.effect);
  });
});
