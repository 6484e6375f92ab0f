// The JSON schema for editors says what the checker of the shape says. With UPDATE_DOCS=1 it is
// written anew instead.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { fileShape, KINDS } from '../../src/scenarios/flow-shape.ts';
import { ROOT } from '../support.ts';

const FILE = `${ROOT}schema/scenario.schema.json`;

/** The schema, with what the shape leaves to the checker of flows: a step does one thing. */
function made() {
  const { $schema, ...schema } = z.toJSONSchema(fileShape, { io: 'input' });
  const kinds = KINDS.map((kind) => ({ required: [kind] }));
  const leads = { required: ['go-to'], not: { anyOf: kinds } };
  const step = { ...schema.$defs?.['step'], oneOf: [...kinds, leads] };
  const $defs = { ...schema.$defs, step };
  return { $schema, title: 'a scenario of sim in a file of its own', ...schema, $defs };
}

const shipped = () => JSON.parse(readFileSync(FILE, 'utf8'));
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(made());
const examples = readdirSync(`${ROOT}examples`).map(
  (name) => [name, readFileSync(`${ROOT}examples/${name}`, 'utf8')] as const,
);

describe('schema/scenario.schema.json', () => {
  it('is made of the shape', () => {
    const how =
      'it is out of date: UPDATE_DOCS=1 npx vitest run test/scenarios/flow-schema.test.ts';
    if (process.env['UPDATE_DOCS'] === '1') {
      writeFileSync(FILE, `${JSON.stringify(made(), null, 2)}\n`);
    } else expect(shipped(), how).toEqual(JSON.parse(JSON.stringify(made())));
  });

  it.each(examples)('fits examples/%s, which names it', (_name, text) => {
    validate(parse(text));
    expect(validate.errors).toBeNull();
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schema\/scenario\.schema\.json\n/,
    );
  });

  it.each([
    ['no services', 'services:', 'service:'],
    ['a step that is not known', '- name: withdrawing\n            sql:', '- sgl:'],
    [
      'two things in one step',
      'sql: UPDATE account SET balance = balance -',
      'send: x\n            sql: x -',
    ],
    ['a step that does nothing', '- reply: transferred\n            go-to: end', '- name: idle'],
    ['another transaction', 'transaction: local', 'transaction: lokal'],
    ['a number for a name', 'throw: NotEnoughMoney', 'throw: 7'],
  ])('refuses %s', (_what, from, to) => {
    const text = readFileSync(`${ROOT}examples/half-commit.yaml`, 'utf8');
    expect(text).toContain(from);
    expect(validate(parse(text.replace(from, to)))).toBe(false);
  });
});
