// A flow laid out: its steps, nested or not, as one list in which each has a name and says where it
// leads. What cannot be laid out is a problem with its place; nothing is performed here.

import { SandboxError } from '../sim/index.ts';
import { KINDS, type StepData, type StepKind, type TargetData } from './flow-shape.ts';
import { unknownName } from './values.ts';
import type { Path } from './yaml-source.ts';

/** Where every flow leads in the end. */
export const END = 'end';

/** A step with its name, and where it leads: to another by its name, or to the end. */
export interface Laid {
  readonly kind: StepKind | 'go-to';
  readonly data: StepData;
  readonly name: string;
  /** In the file. */
  readonly path: Path;
  readonly next: string;
  /** Where it leads if its `if` does not hold. */
  readonly past: string;
  readonly none: string | null;
  readonly some: string | null;
  readonly error: string | null;
  /** Of `do`: the first of its own. */
  readonly inner: string | null;
}

export interface Problem {
  readonly path: Path;
  readonly error: SandboxError;
}

export interface Layout {
  readonly first: string;
  readonly steps: readonly Laid[];
  readonly problems: readonly Problem[];
}

/** What a step does; `go-to` for one that only leads elsewhere, null for one that does nothing. */
function kindOf(data: StepData): Laid['kind'] | null {
  const kind = KINDS.find((one) => data[one] !== undefined);
  return kind ?? (data['go-to'] === undefined ? null : 'go-to');
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');

/** What a statement does and to which table, as `update-account`. */
function statementName(sql: string): string {
  const [verb = 'sql'] = sql.trim().split(/\s+/);
  const table = /\b(?:from|into|update(?:\s+or\s+\w+)?)\s+["`]?(\w+)/i.exec(sql)?.[1];
  return slug(`${verb} ${table ?? ''}`) || 'sql';
}

function usualName(kind: Laid['kind'], data: StepData): string {
  const given = data[kind as 'send'];
  if (kind === 'sql') return statementName(data.sql ?? '');
  if (['send', 'receive', 'call', 'throw', 'uuid', 'begin', 'commit', 'rollback'].includes(kind)) {
    return slug(`${kind} ${given}`);
  }
  return kind;
}

/** Lays a flow out. `isTaken` says of a name that the transaction manager uses it itself. */
class Layer {
  readonly steps: Laid[] = [];
  readonly problems: Problem[] = [];
  readonly #names = new Map<StepData, string>();
  readonly #taken: (name: string) => boolean;

  constructor(isTaken: (name: string) => boolean) {
    this.#taken = isTaken;
  }

  fail(path: Path, error: SandboxError): void {
    this.problems.push({ path, error });
  }

  #isFree(name: string): boolean {
    return name !== END && !this.#taken(name) && ![...this.#names.values()].includes(name);
  }

  /** Names every step: those that have a name first, for the others get what is left. */
  name(all: readonly (readonly [StepData, Path])[]): void {
    for (const [data, path] of all) {
      const { name } = data;
      if (name === undefined || !kindOf(data)) continue;
      if (this.#isFree(name)) this.#names.set(data, name);
      else this.fail([...path, 'name'], new SandboxError('name-taken', { name }));
    }
    for (const [data] of all) {
      const kind = kindOf(data);
      if (this.#names.has(data) || !kind) continue;
      const usual = usualName(kind, data);
      let name = usual;
      for (let number = 2; !this.#isFree(name); number++) name = `${usual}-${number}`;
      this.#names.set(data, name);
    }
  }

  /** Where a target leads: to a step by its name, or to steps of its own, which lead to `after`. */
  #target(given: TargetData, path: Path, after: string): string | null {
    if (given === undefined) return null;
    if (typeof given !== 'string') return this.lay(given, path, after);
    const known = [...this.#names.values(), END];
    if (known.includes(given)) return given;
    this.fail(path, unknownName('step', given, known, null));
    return END;
  }

  /** Lays steps out in order. Returns the name of the first. */
  lay(list: readonly StepData[], path: Path, after: string): string {
    list.forEach((data, at) => {
      const kind = kindOf(data);
      const name = this.#names.get(data);
      if (!kind || name === undefined) return;
      const own = [...path, at];
      const past = this.#nameAt(list, at + 1) ?? after;
      const to = (key: string, given: TargetData) => this.#target(given, [...own, key], past);
      this.steps.push({
        ...{ kind, data, name, path: own, past },
        next: to('go-to', data['go-to']) ?? past,
        none: this.#target(data.when?.none, [...own, 'when', 'none'], past),
        some: this.#target(data.when?.some, [...own, 'when', 'some'], past),
        error: to('on-error', data['on-error']),
        inner: data.do
          ? this.lay(data.do, [...own, 'do'], to('go-to', data['go-to']) ?? past)
          : null,
      });
    });
    return this.#nameAt(list, 0) ?? after;
  }

  #nameAt(list: readonly StepData[], from: number): string | undefined {
    return list.slice(from).flatMap((data) => this.#names.get(data) ?? [])[0];
  }
}

/** Every step of a flow, those within others too, each with its place. */
function everyStep(list: readonly StepData[], path: Path): readonly (readonly [StepData, Path])[] {
  return list.flatMap((data, at) => {
    const own = [...path, at];
    const inner = (given: TargetData, ...keys: string[]) =>
      given === undefined || typeof given === 'string' ? [] : everyStep(given, [...own, ...keys]);
    return [
      [data, own] as const,
      ...inner(data.do, 'do'),
      ...inner(data.when?.none, 'when', 'none'),
      ...inner(data.when?.some, 'when', 'some'),
      ...inner(data['on-error'], 'on-error'),
    ];
  });
}

const FITS: Readonly<Record<string, readonly Laid['kind'][]>> = {
  body: ['send', 'call'],
  database: ['sql'],
  timeout: ['receive'],
  when: ['sql', 'receive'],
  detail: ['throw'],
};
const FAILS: readonly Laid['kind'][] = [
  ...(['sql', 'send', 'receive', 'call', 'begin', 'commit', 'rollback'] as const),
];

/** What is wrong with a step by itself: it does nothing, or two things, or has what does not fit. */
function checkStep(layer: Layer, data: StepData, path: Path): void {
  const kinds = KINDS.filter((kind) => data[kind] !== undefined);
  const [first, second] = kinds;
  const kind = kindOf(data);
  if (first && second)
    layer.fail([...path, second], new SandboxError('conflict', { first, second }));
  else if (!kind) layer.fail(path, new SandboxError('no-step-kind', { known: KINDS }));
  else {
    for (const [key, fitting] of Object.entries(FITS)) {
      if (data[key as 'body'] === undefined || fitting.includes(kind)) continue;
      layer.fail([...path, key], new SandboxError('conflict', { first: kind, second: key }));
    }
    if (data['on-error'] !== undefined && !FAILS.includes(kind)) {
      const both = { first: kind, second: 'on-error' };
      layer.fail([...path, 'on-error'], new SandboxError('conflict', both));
    }
  }
}

const waysOf = ({ kind, next, none, some, past, data, inner }: Laid): readonly string[] => {
  if (kind === 'throw') return [END];
  const onward = none !== null && some !== null ? [] : [inner ?? next];
  return [...onward, ...[none, some].filter((one) => one !== null), ...(data.if ? [past] : [])];
};

/** The first step from which no way leads to the end, failures aside; null if there is none. */
function trapped(steps: readonly Laid[], first: string): Laid | null {
  const ending = new Set([END]);
  for (let size = -1; size < ending.size; ) {
    size = ending.size;
    for (const one of steps) if (waysOf(one).some((way) => ending.has(way))) ending.add(one.name);
  }
  const reached = new Set([first]);
  for (const name of reached) {
    const one = steps.find((step) => step.name === name);
    for (const way of one ? waysOf(one) : []) reached.add(way);
    if (one?.error) reached.add(one.error);
  }
  return steps.find(({ name }) => reached.has(name) && !ending.has(name)) ?? null;
}

/**
 * Lays a flow out.
 * @param isTaken whether a name is that of a state of the transaction manager's own
 */
export function layOut(
  flow: readonly StepData[],
  path: Path,
  isTaken: (name: string) => boolean,
): Layout {
  const layer = new Layer(isTaken);
  const all = everyStep(flow, path);
  for (const [data, place] of all) checkStep(layer, data, place);
  layer.name(all);
  const first = layer.lay(flow, path, END);
  const { steps, problems } = layer;
  const lost = trapped(steps, first);
  if (lost) layer.fail(lost.path, new SandboxError('no-way-out', { step: lost.name }));
  return { first, steps, problems };
}
