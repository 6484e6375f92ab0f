// What is wrong and how to mend it, in English.

import type { Named } from '../../sim/index.ts';
import { classroomErrors } from './errors-classroom.ts';
import type { ErrorTexts, Texts } from './texts.ts';

const NAMED: Readonly<Record<Named, string>> = {
  scenario: 'scenario',
  fault: 'fault',
  'fault kind': 'kind of fault',
  'fault point': 'fault point',
  'fault option': 'option of a fault',
  'isolation level': 'isolation level',
  choice: 'choice',
  cause: 'cause of an outcome',
  parameter: 'parameter',
  property: 'property',
  queue: 'queue',
  field: 'field',
  column: 'column',
  table: 'table',
  database: 'database',
  service: 'service',
  handler: 'handler',
  command: 'command',
  shell: 'shell',
  language: 'language',
  reporter: 'reporter',
  diagram: 'format of a diagram',
  exercise: 'exercise',
  state: 'state',
  key: 'key',
  step: 'step',
  name: 'value named',
};

const list = (names: readonly string[]): string => names.join(', ') || 'none';

function expected({
  type,
  min,
  max,
  maxLength,
  optional,
  choices,
}: Parameters<Texts['expected']>[0]) {
  const kinds = {
    integer: 'a whole number',
    text: 'a text',
    boolean: 'true or false',
    duration: 'a time such as 500ms, 80s, 2m or never',
    object: 'an object',
    list: 'a list',
  };
  const limits = [
    min === undefined ? '' : ` from ${min}`,
    max === undefined ? '' : ` to ${max}`,
    maxLength === undefined ? '' : ` of at most ${maxLength} characters`,
    optional ? ', or null' : '',
    choices ? `: ${choices.join(', ')}` : '',
  ];
  return `${kinds[type]}${limits.join('')}`;
}

const CODE_WHY = {
  cut: 'the replay code is not whole: its end is missing',
  edited: 'the replay code has been changed: its check does not fit',
  changed: 'the scenario has changed since this code was made, so the run cannot be repeated',
  version: 'this is not a replay code of this version of sim',
};

const errors: ErrorTexts = {
  'unknown-name': ({ what, given, nearest, known, scenario, where }) => ({
    message: `${where ? `${where}: ` : ''}there is no ${NAMED[what]} "${given}"${nearest ? `; did you mean ${nearest}?` : ''}`,
    fix:
      known.length > 24 && scenario
        ? `sim show ${scenario}   lists all ${known.length}`
        : `valid: ${list(known)}`,
  }),
  'bad-value': ({ name, given, expected: wanted }) => ({
    message: `${name} cannot be ${given === '' ? 'empty' : `"${given}"`}`,
    fix: `give ${expected(wanted)}`,
  }),
  'missing-value': ({ name, expected: wanted }) => ({
    message: `${name} is missing`,
    fix: `add "${name}": ${expected(wanted)}`,
  }),
  'no-such-row': ({ name, given, table, known }) => ({
    message: `${name} ${given} is not in ${table}, which has ${list(known)}`,
    fix: `choose one of these, or add --set checkInput=false to see what the original does`,
  }),
  'bad-fault': ({ given }) => ({
    message: `"${given}" is not a fault`,
    fix: 'write kind@service.handler.state:before or :after, with #2 for the second time',
  }),
  'fault-not-applicable': ({ kind, point, effect, kinds }) => ({
    message: `${kind} cannot strike at ${point}: that step is a ${effect}`,
    fix: `possible there: ${list(kinds)}`,
  }),
  'fault-never-struck': ({ fault, point, reached, scenario }) => ({
    message: `the fault ${fault} never struck: ${point} was reached ${reached} ${reached === 1 ? 'time' : 'times'} in this run`,
    fix: `sim run ${scenario}   shows which steps a run takes`,
  }),
  'bad-sql': ({ sql, why, where }) => ({
    message: `this SQL does not work${where ? ` in ${where}` : ''}: ${why}`,
    fix: `mend: ${sql.trim().split('\n')[0]}`,
  }),
  'bad-catalogue': ({ problems }) => ({
    message: `the catalogue has ${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}`,
    fix: 'mend the lines above; git diff scenarios.yaml shows what was changed',
  }),
  'bad-scenario': ({ problems }) => ({
    message: `the scenario has ${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}`,
    fix: 'mend the lines above',
  }),
  'no-scenario': ({ keys }) => ({
    message: 'this file holds no scenario',
    fix: `write at least ${list(keys)} at its top level`,
  }),
  'id-taken': ({ id }) => ({
    message: `${id} is a scenario of the catalogue already`,
    fix: 'give this file another name, or write another id: at its top',
  }),
  'name-taken': ({ name }) => ({
    message: `the name ${name} is taken: by another one here, or by the transaction manager itself`,
    fix: 'give it another name',
  }),
  'no-step-kind': ({ known }) => ({
    message: 'this step does nothing',
    fix: `write what it does: ${list(known)}; or go-to`,
  }),
  'no-way-out': ({ step }) => ({
    message: `this flow never ends: no way leads from ${step} to its end`,
    fix: 'let a when, an if or a go-to lead out of the loop',
  }),
  'bad-name': ({ given }) => ({
    message: `"${given}" cannot be a name`,
    fix: 'begin with a letter, and go on with letters, digits, - and _',
  }),
  'needs-database': ({ transaction }) => ({
    message: `transaction: ${transaction} needs a database, and this service has none`,
    fix: 'write databases: for this service, or transaction: none',
  }),
  'not-utf8': ({ encoding }) => ({
    message: encoding ? `this file is ${encoding}, not UTF-8` : 'this file is not UTF-8 text',
    fix: 'save it as UTF-8',
  }),
  'too-large': ({ path, size, max }) => ({
    message: `${path} has ${size} bytes; a scenario has at most ${max}`,
    fix: 'make it smaller: rows in great numbers belong into --input',
  }),
  'bad-yaml': ({ why }) => ({ message: `not valid YAML: ${why}`, fix: 'mend the syntax' }),
  'bad-shape': ({ path, why }) => ({ message: `${path}: ${why}`, fix: 'mend the value' }),
  'no-behaviour': ({ scenario, known }) => ({
    message: `no machines belong to the scenario "${scenario}"`,
    fix: `scenarios with machines: ${list(known)}`,
  }),
  'no-matrix': ({ scenario, known }) => ({
    message: `the scenario ${scenario} has no matrix`,
    fix: `scenarios with one: ${list(known)}`,
  }),
  'bad-json': ({ why }) => ({ message: `not valid JSON: ${why}`, fix: 'mend the syntax' }),
  'bad-code': ({ why, scenario }) => ({
    message: CODE_WHY[why],
    fix: scenario
      ? `sim run ${scenario}   makes a new one`
      : 'copy the whole line that sim printed',
  }),
  nondeterministic: ({ scenario, seed }) => ({
    message: `${scenario} is not deterministic: the same choices (seed ${seed}) led to another end when they were repeated`,
    fix: 'let its machines and its SQL use nothing but what they are given: no Math.random, no Date, nothing kept between runs',
  }),
  endless: ({ where, steps }) => ({
    message: `${where} never ends: ${steps} steps, and it has not waited for anything`,
    fix: 'give its machine a way out of the loop, or let it wait (sleep, call, poll) in between',
  }),
  'bad-setting': ({ given }) => ({
    message: `"${given}" sets nothing`,
    fix: 'write --set name=value',
  }),
  'bad-rows': ({ table, why }) => ({
    message: `these rows do not fit into ${table}: ${why}`,
    fix: 'mend the rows',
  }),
  'bad-parameters': ({ sql, missing, unknown, where }) => ({
    message: `this SQL${where ? ` in ${where}` : ''} ${[
      missing.length > 0 ? `lacks the parameters ${list(missing)}` : '',
      unknown.length > 0 ? `has no parameters ${list(unknown)}` : '',
    ]
      .filter(Boolean)
      .join(' and ')}`,
    fix: `mend: ${sql.trim().split('\n')[0]}`,
  }),
  'transaction-over': ({ transaction, where }) => ({
    message: `${where ? `${where}: ` : ''}transaction ${transaction} has been ended already`,
    fix: 'begin another one, or leave the transaction out to run in autocommit mode',
  }),
  'transaction-waits': ({ transaction, where }) => ({
    message: `${where ? `${where}: ` : ''}a statement of transaction ${transaction} still waits for a lock`,
    fix: 'let it go on, or let it time out, before the next statement',
  }),
  'nothing-waits': ({ transaction, where }) => ({
    message: `${where ? `${where}: ` : ''}${
      transaction === null
        ? 'no transaction is open'
        : `transaction ${transaction} waits for no lock`
    }`,
    fix: 'only a statement that was blocked can go on, or time out',
  }),
  'bad-ddl': ({ why, line, column, where }) => ({
    message: `${where ? `${where}: ` : ''}this DDL is refused at line ${line}, column ${column}: ${why}`,
    fix: "write it as SQLite has it, or in MySQL's spelling where SQLite has an equivalent",
  }),
  'no-primary-key': ({ table, where }) => ({
    message: `${where ? `${where}: ` : ''}table ${table} has no primary key`,
    fix: 'give the table a PRIMARY KEY: InnoDB keeps the rows in its order',
  }),
  'cannot-read': ({ path, why }) => ({
    message: `cannot read ${path}: ${why}`,
    fix: `ls -l ${path}`,
  }),
  'cannot-write': ({ path, why }) => ({
    message: `cannot write ${path}: ${why}`,
    fix: 'name another place',
  }),
  'file-exists': ({ path }) => ({
    message: `${path} is there already and is not overwritten`,
    fix: 'name another place, or overwrite what is there with --force',
  }),
  'no-end': ({ scenario }) => ({
    message: `${scenario} did not come to an end in time, and was stopped`,
    fix: 'look at the SQL under "acts": one of its statements may have no end',
  }),
  'cannot-serve': ({ port, why }) => ({
    message: `cannot serve on port ${port}: ${why}`,
    fix: 'sim serve --port 0',
  }),
  'no-terminal': ({ command }) => ({
    message: 'there is no terminal to step in',
    fix: `${command} --keys "n n p"`,
  }),
  ...classroomErrors.en,
  conflict: ({ first, second }) => ({
    message: `${first} and ${second} cannot both be`,
    fix: 'leave one of them out',
  }),
  'needs-option': ({ given, needed }) => ({
    message: `${given} says nothing without ${needed}`,
    fix: `add ${needed}`,
  }),
  usage: ({ message, command }) => ({ message, fix: `sim ${command} --help`.replace('  ', ' ') }),
};

export const englishErrors = { expected, errors };
