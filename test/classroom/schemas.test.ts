// The schemas for editors and programs say what the shapes say. With UPDATE_DOCS=1 the one that is
// made of a shape is written anew.

import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { exerciseNames } from '../../src/classroom/exercises.ts';
import { exerciseShape } from '../../src/classroom/shape.ts';
import { ROOT } from '../support.ts';

const FILE = `${ROOT}schema/exercise.schema.json`;

function schema() {
  const { $schema, ...rest } = z.toJSONSchema(exerciseShape, { io: 'input' });
  return { $schema, $id: 'https://unpkg.com/indoubt/schema/exercise.schema.json', ...rest };
}

it('of an exercise.yaml is made of its shape', () => {
  const text = `${JSON.stringify(schema(), null, 2)}\n`;
  if (process.env['UPDATE_DOCS']) writeFileSync(FILE, text);
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(text));
});

it('of an exercise.yaml allows every exercise, and no mistake', () => {
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema());
  const names = exerciseNames(`${ROOT}exercises`);
  expect(names.length).toBeGreaterThanOrEqual(24);
  for (const name of names) {
    const data = parse(readFileSync(`${ROOT}exercises/${name}/exercise.yaml`, 'utf8'));
    expect([name, validate(data), validate.errors]).toEqual([name, true, null]);
    expect(validate({ ...data, kind: 'other' })).toBe(false);
    expect(validate({ ...data, hints: [] })).toBe(false);
    expect(validate({ ...data, pionts: {} })).toBe(false);
  }
});
