// A flat XState machine as a table: for each state its effect, and for each event its ways out.
// It follows XState's rules for what it accepts, and refuses every machine that uses more.

import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { assert } from './assert.ts';
import type { Effect, EffectEvent } from './effect.ts';

/** Where a machine is, what it knows, and what it asks for; nothing in a final state. */
export interface Position {
  readonly state: string;
  readonly context: unknown;
  readonly effect: Effect | null;
}

type Event = EffectEvent | { readonly type: 'xstate.init'; readonly input: unknown };
type Scope = { readonly context: unknown; readonly event: Event };
type Assignment = Readonly<Record<string, (scope: Scope) => unknown>>;

interface Way {
  readonly target: string;
  readonly guard: ((scope: Scope) => boolean) | null;
  readonly assignments: readonly Assignment[];
}

interface State {
  readonly effect: Effect | ((scope: Scope) => Effect) | null;
  readonly always: readonly Way[];
  readonly final: boolean;
  readonly on: Readonly<Record<EffectEvent['type'], readonly Way[]>>;
}

/** A machine that can be started and advanced without XState. */
export interface MachineTable {
  start(input: unknown): Position;
  advance(state: string, context: unknown, event: EffectEvent): Position;
}

type Definition = NonNullable<AnyStateNode['always']>[number];

/** Thrown within this file alone: the machine uses what the table does not know. */
class NotFlat extends Error {}

function need(condition: unknown): asserts condition {
  if (!condition) throw new NotFlat();
}

function wayOf({ target, guard, actions }: Definition): Way {
  need(target?.length === 1 && target[0]);
  need(guard === undefined || typeof guard === 'function');
  const assignments = actions.map((action) => {
    const { type, assignment } = action as unknown as { type?: string; assignment?: Assignment };
    need(type === 'xstate.assign' && assignment && typeof assignment === 'object');
    return assignment;
  });
  const test = (guard ?? null) as Way['guard'];
  return { target: target[0].key, guard: test, assignments };
}

function stateOf(node: AnyStateNode, root: AnyStateNode): State {
  need(node.type === 'atomic' || node.type === 'final');
  need(node.exit.length === 0 && node.invoke.length === 0 && node.entry.length <= 1);
  const [entry] = node.entry as { type?: string; params?: State['effect'] }[];
  need(!entry || (entry.type === 'perform' && entry.params));
  const waysFor = (type: string) => {
    const definitions = [
      ...(node.transitions.get(type) ?? []),
      ...(root.transitions.get(type) ?? []),
    ];
    return definitions.map(wayOf);
  };
  return {
    effect: entry?.params ?? null,
    always: (node.always ?? []).map(wayOf),
    final: node.type === 'final',
    on: { done: waysFor('done'), error: waysFor('error') },
  };
}

function firstOpen(ways: readonly Way[], context: unknown, event: Event): Way | undefined {
  return ways.find(({ guard }) => !guard || guard({ context, event }));
}

function assigned(way: Way, context: unknown, event: Event): unknown {
  let next = context;
  for (const assignment of way.assignments) {
    const scope = { context: next, event };
    const entries = Object.entries(assignment).map(([key, make]) => [key, make(scope)]);
    next = { ...(next as object), ...Object.fromEntries(entries) };
  }
  return next;
}

/** Reads a machine into a table; null if it uses more of XState than the table knows. */
export function tableOf(machine: AnyStateMachine): MachineTable | null {
  const { root } = machine;
  const states = new Map<string, State>();
  try {
    need(root.type === 'compound' && root.entry.length === 0 && root.exit.length === 0);
    for (const node of Object.values(root.states)) states.set(node.key, stateOf(node, root));
  } catch (error) {
    if (error instanceof NotFlat) return null;
    throw error;
  }
  const initial = root.initial.target[0]?.key ?? '';
  const { context: makeContext } = machine.config;

  // Enters a state, and follows its `always` ways until it asks for an effect.
  const enter = (state: string, context: unknown, event: Event): Position => {
    const { effect, always, final } = states.get(state) ?? {};
    const way = always && firstOpen(always, context, event);
    if (way) return enter(way.target, assigned(way, context, event), event);
    const asked = typeof effect === 'function' ? effect({ context, event }) : (effect ?? null);
    assert(asked || final, `state ${state} asks for nothing, and has no way on`);
    return { state, context, effect: asked };
  };

  return {
    start(input) {
      const context =
        typeof makeContext === 'function' ? makeContext({ input } as never) : makeContext;
      return enter(initial, context, { type: 'xstate.init', input });
    },
    advance(state, context, event) {
      const way = firstOpen(states.get(state)?.on[event.type] ?? [], context, event);
      assert(way, `state ${state} has no way out for ${event.type}`);
      return enter(way.target, assigned(way, context, event), event);
    },
  };
}
