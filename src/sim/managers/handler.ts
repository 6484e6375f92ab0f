// The words handlers are written in: a handler is an XState machine whose states each ask the
// world for one effect. A state name is the learner's word for where we are.

import { type AnyStateMachine, assign, setup } from 'xstate';
import type {
  Effect,
  EffectEvent,
  EffectKind,
  EffectResult,
  Failure,
  SqlValue,
} from '../kernel/effect.ts';

/** What a step may look at: the message in hand, and what the effect before it gave. */
export interface Given<Memory> {
  readonly memory: Memory;
  readonly result: EffectResult;
  /** What went wrong with the effect before, if it failed. */
  readonly failure: Failure | null;
  /** The effect that failed. */
  readonly failed: Effect | null;
  /** What the transaction manager around the handler's own steps keeps. */
  readonly managed: unknown;
  readonly nowMs: number;
  readonly parameters: Readonly<Record<string, SqlValue>>;
}

/** What a machine is started with. `body` is the request of an entry, `{}` elsewhere. */
export interface HandlerInput {
  readonly body: unknown;
  readonly parameters: Readonly<Record<string, SqlValue>>;
  readonly nowMs: number;
}

interface HandlerContext {
  readonly memory: unknown;
  readonly managed?: unknown;
  readonly parameters: Readonly<Record<string, SqlValue>>;
}

// The first state is entered by XState's own event, which carries the input.
type StartEvent = { readonly type: 'xstate.init'; readonly input: HandlerInput };
type Scope = { readonly context: HandlerContext; readonly event: EffectEvent | StartEvent };

const NO_RESULT: EffectResult = {};

function given<Memory>({ context, event }: Scope): Given<Memory> {
  return {
    memory: context.memory as Memory,
    result: 'result' in event ? event.result : NO_RESULT,
    failure: 'failure' in event ? event.failure : null,
    failed: ('effect' in event && event.effect) || null,
    managed: context.managed,
    nowMs: 'input' in event ? event.input.nowMs : event.nowMs,
    parameters: context.parameters,
  };
}

/**
 * A way out of a state: taken if the test holds. `remember` replaces the memory, `manage` what the
 * transaction manager keeps.
 */
export interface Exit<Memory> {
  readonly target: string;
  readonly test?: (given: Given<Memory>) => boolean;
  readonly remember?: (given: Given<Memory>) => Memory;
  readonly manage?: (given: Given<Memory>) => unknown;
}

type Exits<Memory> = string | readonly (string | Exit<Memory>)[];

function transitions<Memory>(exits: Exits<Memory>) {
  const list = typeof exits === 'string' ? [exits] : exits;
  return list.map((exit) => {
    const { target, test, remember, manage } = typeof exit === 'string' ? { target: exit } : exit;
    const changes = {
      ...(remember && { memory: (scope: Scope) => remember(given<Memory>(scope)) }),
      ...(manage && { managed: (scope: Scope) => manage(given<Memory>(scope)) }),
    };
    return {
      target,
      ...(test && { guard: (scope: Scope) => test(given<Memory>(scope)) }),
      ...((remember || manage) && { actions: assign(changes) }),
    };
  });
}

/** A state that asks for one effect and goes on as its result says. */
export interface HandlerState {
  readonly meta?: { readonly effect: EffectKind };
  readonly tags?: readonly string[];
  readonly entry?: unknown;
  readonly on?: { readonly done?: unknown; readonly error?: unknown };
  readonly always?: unknown;
  readonly type?: 'final';
}

/** A step: asks for an effect; a failure leads to the handler's way back. */
export function step<Memory, Kind extends EffectKind>(
  effect: Kind,
  make:
    | Omit<Extract<Effect, { kind: Kind }>, 'kind'>
    | ((given: Given<Memory>) => Omit<Extract<Effect, { kind: Kind }>, 'kind'>),
  exits: Exits<Memory>,
  onError?: Exits<Memory>,
): HandlerState {
  const params =
    typeof make === 'function'
      ? (scope: Scope) => ({ kind: effect, ...make(given<Memory>(scope)) })
      : { kind: effect, ...make };
  return {
    meta: { effect },
    entry: { type: 'perform', params },
    on: { done: transitions(exits), ...(onError !== undefined && { error: transitions(onError) }) },
  };
}

/** A fork that asks for nothing: the first exit whose test holds is taken at once. */
export function fork<Memory>(exits: Exits<Memory>): HandlerState {
  return { always: transitions(exits) };
}

/** The same state, with a way out for failures where it names none. */
export function orElse<Memory>(state: HandlerState, exits: Exits<Memory>): HandlerState {
  if (!state.meta || state.on?.error !== undefined) return state;
  return { ...state, on: { ...state.on, error: transitions(exits) } };
}

/** Marks a step that undoes, as a new business act, what the saga did before. */
export function compensating(state: HandlerState): HandlerState {
  return { ...state, tags: ['compensation'] };
}

/** A business exception: what Java code would have thrown here. */
export function failing(exception: string, detail: string): HandlerState {
  return step('throw', { error: { code: exception, definite: true, detail } }, []);
}

const handlers = setup({
  types: {
    context: {} as HandlerContext,
    events: {} as EffectEvent,
    input: {} as HandlerInput,
  },
  actions: { perform: (_scope, _effect: Effect) => {} },
});

/** Builds a handler's machine. Any failure a state does not expect leads to `wayBack`. */
export function handlerMachine(
  id: string,
  initial: string,
  wayBack: string,
  states: Readonly<Record<string, HandlerState>>,
): AnyStateMachine {
  const ends = { finished: { type: 'final' }, failed: { type: 'final' } } as const;
  return handlers.createMachine({
    id,
    context: ({ input }) => ({ memory: input.body, parameters: input.parameters }),
    initial,
    on: { error: `.${wayBack}` },
    states: { ...states, ...ends },
  } as Parameters<typeof handlers.createMachine>[0]) as AnyStateMachine;
}
