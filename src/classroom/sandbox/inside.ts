// What runs beside a student's code, in a realm that has nothing but the language: it answers where
// a machine goes next, as text. Both sides of every call are strings, so nothing leaks in or out.

import type { AnyStateMachine } from 'xstate';
import { advanceMachine, chartOf, type EffectEvent, startMachine } from '../../sim/index.ts';
import * as words from '../words.ts';

type Asked =
  | { readonly handler: string; readonly start: unknown }
  | {
      readonly handler: string;
      readonly state: string;
      readonly context: unknown;
      readonly event: EffectEvent;
    };

type Module = (exports: Record<string, unknown>, require: (name: string) => unknown) => void;

const MODULES: Readonly<Record<string, unknown>> = { 'indoubt/words': words };
const machines = new Map<string, AnyStateMachine>();
const { stringify, parse } = JSON;

function require(name: string): unknown {
  const module = Object.hasOwn(MODULES, name) ? MODULES[name] : undefined;
  if (module) return module;
  throw new Error(
    `there is no module ${name} here: a handler uses indoubt/words, and nothing else`,
  );
}

// A handler that looked at these would not do the same thing twice.
function refuse(name: string, instead: string): void {
  const refused = () => {
    throw new Error(`a handler has no ${name}: ${instead}`);
  };
  const value = new Proxy(function refusing() {}, {
    apply: refused,
    construct: refused,
    get: refused,
  });
  Object.defineProperty(globalThis, name, { value, writable: false, configurable: false });
}

const MEMORY = ['ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Atomics', 'WebAssembly'];

/** Takes away what a handler must not have, and freezes what is left. */
function close(): void {
  const names = Object.getOwnPropertyNames(globalThis);
  for (const name of names) {
    if (MEMORY.includes(name) || /(Int|Uint|Float)\d+\w*Array$/.test(name) || name === 'console')
      Reflect.deleteProperty(globalThis, name);
  }
  refuse('Date', 'the time is `nowMs`, which is virtual');
  Math.random = () => {
    throw new Error('a handler draws nothing by chance: ask the world for a uuid');
  };
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const value = (globalThis as Record<string, unknown>)[name];
    if (name === 'globalThis' || (typeof value !== 'function' && typeof value !== 'object'))
      continue;
    if (name === 'Date' || value === null) continue;
    Object.freeze(value);
    const { prototype } = value as { prototype?: object };
    if (prototype) Object.freeze(prototype);
  }
}

/** What went wrong in the student's code, as far as it can be told. */
function failureOf(error: unknown): string {
  const { name, message, stack } = (error ?? {}) as Partial<Error>;
  const [, line, column] = /handlers\.ts:(\d+):(\d+)/.exec(String(stack)) ?? [];
  const place = line === undefined ? {} : { line: Number(line), column: Number(column) };
  const said = message === undefined ? String(error) : `${name}: ${message}`;
  return stringify({ failure: { message: said.slice(0, 500), ...place } });
}

function isMachine(value: unknown): value is AnyStateMachine {
  return typeof value === 'object' && value !== null && 'root' in value && 'transition' in value;
}

/** Takes in the student's module. Returns the charts of its handlers, or what went wrong. */
export function load(module: Module): string {
  try {
    close();
    const exports: Record<string, unknown> = {};
    module(exports, require);
    const { handlers } = exports;
    if (typeof handlers !== 'object' || handlers === null)
      throw new Error('handlers.ts must export an object `handlers`');
    for (const [name, machine] of Object.entries(handlers)) {
      if (!isMachine(machine)) throw new Error(`handlers['${name}'] is not a machine`);
      machines.set(name, machine);
    }
    const charts = [...machines].map(([name, machine]) => [name, chartOf(machine)]);
    return stringify({ charts: Object.fromEntries(charts) });
  } catch (error) {
    return failureOf(error);
  }
}

function answer(asked: Asked): string {
  const machine = machines.get(asked.handler);
  if (!machine) throw new Error(`there is no handler ${asked.handler}`);
  if ('start' in asked) {
    const { state, context, effect, snapshot } = startMachine(machine, asked.start);
    if (snapshot) throw new Error(`${asked.handler} uses more of XState than a handler may`);
    return stringify({ state, context, effect });
  }
  const { state, context, event } = asked;
  const at = { machine, state, context, effect: null, snapshot: null };
  const next = advanceMachine(at, event);
  return stringify({ state: next.state, context: next.context, effect: next.effect });
}

/** Where a machine goes next. Asked twice, since the same question has one answer. */
export function ask(text: string): string {
  try {
    const said = answer(parse(text));
    if (answer(parse(text)) !== said)
      throw new Error('asked the same twice, the handler answered differently');
    return said;
  } catch (error) {
    return failureOf(error);
  }
}
