// One database and one JPA transaction: declared by an annotation, written out in code, or none
// around the service at all. Data, properties, named faults and words are in scenarios.yaml.

import {
  type Exit,
  failing,
  fork,
  type Given,
  managedHandler,
  type Service,
  type States,
  step,
  type Unit,
} from '../sim/index.ts';

/** The customer to be created, and the id the database gave. */
interface Customer {
  readonly id: number | null;
  readonly name: string;
  readonly fails: string;
  readonly created?: number;
}

type Found = Given<Customer>;

const JPA: readonly Unit[] = [{ name: '', kind: 'jpa' }];

const hasId = ({ memory }: Found): boolean => memory.id !== null;
const refusing = failing('RuntimeException', 'the customer exists already');

const afterSave = (ok: string): readonly (string | Exit<Customer>)[] => [
  { target: 'failing', test: ({ memory }) => memory.fails === 'runtime' },
  { target: 'failing-checked', test: ({ memory }) => memory.fails === 'checked' },
  ok,
];

const failures: States = {
  failing: failing('RuntimeException', 'after the save'),
  'failing-checked': failing('Exception', 'a checked exception after the save'),
};

/** Hibernate inserts at once where the database makes the id. */
const saving = (way: string, exits: readonly (string | Exit<Customer>)[]) =>
  step<Customer, 'sql'>(
    'sql',
    ({ memory, parameters }) => ({
      sql: `INSERT INTO customer (deposit, password, role, user_name)
  VALUES (:deposit, NULL, NULL, :name)`,
      params: {
        deposit: parameters['deposit'] ?? null,
        name: parameters['prefix'] === 1 ? `${way}:${memory.name}` : memory.name,
      },
    }),
    exits.map((exit) => ({
      ...(typeof exit === 'string' ? { target: exit } : exit),
      remember: ({ memory, result }: Found) => ({ ...memory, created: result.lastId ?? 0 }),
    })),
  );

const pauses = ({ parameters }: Found): boolean => Number(parameters['pauseMs']) > 0;

/** The body: save; and, if it pauses, save once more afterwards. */
const body = (way: string): States => ({
  saving: saving(way, [{ target: 'pausing', test: pauses }, ...afterSave('returned')]),
  pausing: step<Customer, 'sleep'>(
    'sleep',
    ({ nowMs, parameters }) => ({ untilMs: nowMs + Number(parameters['pauseMs']) }),
    'saving-again',
  ),
  'saving-again': saving(way, afterSave('returned')),
  ...failures,
});

const reply = ({ memory }: Found) => memory.created ?? null;

const createInAnnotation = () =>
  managedHandler<Customer>('app.annotation', {
    units: JPA,
    commitsOn: ['Exception'],
    first: 'checking-id',
    states: {
      'checking-id': fork<Customer>([{ target: 'refusing-id', test: hasId }, 'saving']),
      'refusing-id': refusing,
      ...body('Annotation'),
    },
    reply,
  });

const createInCode = () =>
  managedHandler<Customer>('app.code', {
    units: JPA,
    programmatic: true,
    definition: ({ parameters }) => ({
      isolation: 'serializable',
      timeoutMs: Number(parameters['timeoutMs']),
    }),
    before: {
      'checking-id': fork<Customer>([{ target: 'refusing-id', test: hasId }, 'called']),
      'refusing-id': refusing,
    },
    first: 'saving',
    states: body('Code'),
    reply,
  });

// Without a transaction around the service, the repository's own is over when save() returns.
const createPlainly = () =>
  managedHandler<Customer>('app.plain', {
    units: JPA,
    first: 'saving',
    states: { saving: saving('Plain', ['returned']) },
    afterwards: { saved: fork(afterSave('replying')), ...failures },
    reply,
  });

export const jpaLocalServices = (): readonly Service[] => [
  {
    name: 'app',
    databases: ['user'],
    entries: [
      { name: 'annotation', machine: createInAnnotation() },
      { name: 'code', machine: createInCode() },
      { name: 'plain', machine: createPlainly() },
    ],
    listeners: [],
    jobs: [],
  },
];
