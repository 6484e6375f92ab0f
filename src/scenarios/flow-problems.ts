// What is wrong with the shape of a file, in the words for a person's mistakes: the checker of the
// shape knows only its own, and those in one language.

import type { z } from 'zod';
import { type Expected, type Json, SandboxError } from '../sim/index.ts';
import { fileShape } from './flow-shape.ts';
import type { Problem } from './flow-steps.ts';
import { unknownName } from './values.ts';
import type { Path } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;
type Shape = z.core.$ZodType;

const EXPECTED: Readonly<Record<string, Expected['type']>> = {
  string: 'text',
  number: 'integer',
  int: 'integer',
  boolean: 'boolean',
  object: 'object',
  record: 'object',
  array: 'list',
};

/** The shape without what is wrapped around it. */
function unwrapped(shape: Shape): Shape {
  const { def } = (shape as z.ZodType)._zod as unknown as { def: Record<string, unknown> };
  switch (def['type']) {
    case 'optional':
    case 'default':
      return unwrapped(def['innerType'] as Shape);
    case 'pipe':
      return unwrapped(def['in'] as Shape);
    case 'lazy':
      return unwrapped((def['getter'] as () => Shape)());
    default:
      return shape;
  }
}

interface Plain {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Shape>>;
  readonly valueType?: Shape;
  readonly element?: Shape;
  readonly options?: readonly Shape[];
}

const plainOf = (shape: Shape): Plain =>
  (unwrapped(shape) as z.ZodType)._zod.def as unknown as Plain;

/** The shapes that what stands at a path may have. */
function shapesAt(shape: Shape, path: Path): readonly Plain[] {
  const plain = plainOf(shape);
  if (plain.options) return plain.options.flatMap((option) => shapesAt(option, path));
  const [key, ...rest] = path;
  if (key === undefined) return [plain];
  const inner = plain.shape?.[key] ?? plain.valueType ?? plain.element;
  return inner && Object.hasOwn(plain, 'shape') === (plain.type === 'object')
    ? shapesAt(inner, rest)
    : [];
}

/** The keys that can stand at a path. */
const keysAt = (path: Path): readonly string[] =>
  shapesAt(fileShape, path).flatMap(({ shape }) => Object.keys(shape ?? {}));

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], data);
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value as Json) ?? '');
  return text.length <= 40 ? text : `${text.slice(0, 37)}…`;
}

/** Of what may be one or another: what is wrong with the one that was probably meant. */
function meant(errors: readonly (readonly Issue[])[]): readonly Issue[] {
  const within = errors.find(([first]) => first && (first.path.length > 0 || !isType(first)));
  return within ?? errors[0] ?? [];
}

const isType = ({ code }: Issue): boolean => code === 'invalid_type';

function misfit(value: unknown, path: Path, expected: Expected): SandboxError {
  const name = path.filter((key) => typeof key === 'string').join('.');
  if (value === undefined) return new SandboxError('missing-value', { name, expected });
  return new SandboxError('bad-value', { name, given: shown(value), expected });
}

/** What an issue says, each mistake at its place. */
function problemsOf(issue: Issue, data: unknown, above: Path): readonly Problem[] {
  const path = [...above, ...issue.path].map((key) => (typeof key === 'symbol' ? '' : key));
  const value = valueAt(data, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        return { path: [...path, key], error: unknownName('key', key, keysAt(path), null) };
      });
    case 'invalid_union':
      return meant(issue.errors).flatMap((one) => problemsOf(one, data, path));
    case 'invalid_type':
      return [{ path, error: misfit(value, path, { type: EXPECTED[issue.expected] ?? 'text' }) }];
    case 'invalid_value': {
      const known = issue.values.map(String);
      const error = unknownName('choice', shown(value), known, null);
      return [{ path, error }];
    }
    case 'invalid_key':
      return [{ path, error: new SandboxError('bad-name', { given: String(path.at(-1)) }) }];
    case 'invalid_format':
      return [{ path, error: new SandboxError('bad-name', { given: shown(value) }) }];
    case 'too_small':
    case 'too_big': {
      const isNumber = typeof value === 'number';
      const type = isNumber ? 'integer' : Array.isArray(value) ? 'list' : 'text';
      const min = isNumber && issue.code === 'too_small' ? { min: Number(issue.minimum) } : {};
      return [{ path, error: misfit(value, path, { type, ...min }) }];
    }
    default:
      return [{ path, error: misfit(value, path, { type: 'object' }) }];
  }
}

/** What is wrong with a file's shape. */
export const shapeProblems = (issues: readonly Issue[], data: unknown): readonly Problem[] =>
  issues.flatMap((issue) => problemsOf(issue, data, []));

/**
 * Keys that no object should have, and values that hold themselves: before anything walks through
 * them.
 */
export function treeProblems(data: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const done = new Set<object>();
  const walk = (value: unknown, path: Path, within: readonly object[]): void => {
    if (value === null || typeof value !== 'object') return;
    if (within.includes(value)) {
      const why = 'an alias stands for something that holds it';
      problems.push({ path, error: new SandboxError('bad-yaml', { why }) });
      return;
    }
    if (done.has(value)) return;
    done.add(value);
    for (const [key, inner] of Object.entries(value)) {
      const own = [...path, key];
      if (key === '__proto__') {
        problems.push({ path: own, error: unknownName('key', key, keysAt(path), null) });
      } else walk(inner, own, [...within, value]);
    }
  };
  walk(data, [], []);
  return problems;
}
