// Drives XState machines as pure functions: step and event in, next step and effect out.
// A flat machine of plain guards and assignments, as handlers are, is read once into a table and
// followed there; any other goes through XState itself. A test holds the two ways equal.

import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createMachine,
} from 'xstate';
import { assert } from './assert.ts';
import type { Effect, EffectEvent } from './effect.ts';
import { type MachineTable, tableOf } from './machine-table.ts';
import { type Chart, chartAs } from './statechart.ts';

/** Where a handler's machine is, and what it asks for; in a final state it asks for nothing. */
export interface MachineStep {
  readonly machine: AnyStateMachine;
  readonly state: string;
  readonly context: unknown;
  readonly effect: Effect | null;
  /** XState's own snapshot, where XState drives the machine. */
  readonly snapshot: AnyMachineSnapshot | null;
}

const tables = new WeakMap<AnyStateMachine, MachineTable | 'none'>();

function knownTable(machine: AnyStateMachine): MachineTable | null {
  let table = tables.get(machine);
  if (!table) {
    table = tableOf(machine) ?? 'none';
    tables.set(machine, table);
  }
  return table === 'none' ? null : table;
}

/** A machine that is followed elsewhere: what it looks like is known, its steps are asked for. */
export function distantMachine(id: string, chart: Chart, table: MachineTable): AnyStateMachine {
  const machine = createMachine({ id }) as AnyStateMachine;
  tables.set(machine, table);
  chartAs(machine, chart);
  return machine;
}

/** A machine's first step. `input` becomes part of its context. */
export function startMachine(machine: AnyStateMachine, input: unknown): MachineStep {
  const table = knownTable(machine);
  if (!table) return startByXState(machine, input);
  return { machine, snapshot: null, ...table.start(input) };
}

/** The step that follows when the world hands back what an effect gave. */
export function advanceMachine(step: MachineStep, event: EffectEvent): MachineStep {
  const { machine, state, context } = step;
  const table = step.snapshot ? null : knownTable(machine);
  if (!table) return advanceByXState(step, event);
  return { machine, snapshot: null, ...table.advance(state, context, event) };
}

// Actions the machine asked for in the transition under way: filled and read within one call.
let asked: unknown[] = [];
const nothing = (): void => {};
const scope = {
  self: null,
  id: '',
  sessionId: '',
  logger: nothing,
  defer: nothing,
  emit: nothing,
  stopChild: nothing,
  system: { _relay: nothing, _sendInspectionEvent: nothing },
  actionExecutor: (action: { params: unknown }) => asked.push(action.params),
} as unknown as AnyActorScope;

function readSnapshot(machine: AnyStateMachine, snapshot: AnyMachineSnapshot): MachineStep {
  const effects = asked as Effect[];
  asked = [];
  const state = String(snapshot.value);
  assert(effects.length <= 1, `more than one effect in state ${state}`);
  assert(effects[0] || snapshot.status !== 'active', `state ${state} asks for nothing`);
  return { machine, state, context: snapshot.context, effect: effects[0] ?? null, snapshot };
}

/** As `startMachine`, by XState's own algorithm. */
export function startByXState(machine: AnyStateMachine, input: unknown): MachineStep {
  return readSnapshot(machine, machine.getInitialSnapshot(scope, input) as AnyMachineSnapshot);
}

/** As `advanceMachine`, by XState's own algorithm. */
export function advanceByXState(step: MachineStep, event: EffectEvent): MachineStep {
  const { machine, state, context } = step;
  const before = step.snapshot ?? machine.resolveState({ value: state, context });
  return readSnapshot(machine, machine.transition(before, event, scope) as AnyMachineSnapshot);
}
