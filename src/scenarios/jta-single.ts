// A JTA transaction over one database: nothing to vote on, so the manager commits in one phase.
// Data, properties, named faults and words are in scenarios.yaml.

import {
  failing,
  fork,
  type Given,
  type GlobalMethod,
  globalHandler,
  type Service,
  type States,
  step,
} from '../sim/index.ts';

interface Customer {
  readonly id: number | null;
  readonly name: string;
  readonly created?: number;
}

type Found = Given<Customer>;

const checkingId: States = {
  'checking-id': fork<Customer>([
    { target: 'refusing-id', test: ({ memory }) => memory.id !== null },
    'called',
  ]),
  'refusing-id': failing('RuntimeException', 'the customer exists already'),
};

const create = (way: string, own: Partial<GlobalMethod<Customer>>) =>
  globalHandler<Customer>(`app.${way.toLowerCase()}`, {
    participants: ['user'],
    before: checkingId,
    first: 'saving',
    states: {
      saving: step<Customer, 'sql'>(
        'sql',
        ({ memory: { name } }) => ({
          sql: 'INSERT INTO customer (user_name, deposit) VALUES (:name, 100)',
          params: { name: `${way}:${name}` },
        }),
        [
          { target: 'failing', test: ({ memory }: Found) => memory.name.includes('error') },
          {
            target: 'returned',
            remember: ({ memory, result }: Found) => ({ ...memory, created: result.lastId ?? 0 }),
          },
        ],
      ),
      failing: failing('RuntimeException', 'Error'),
    },
    reply: ({ memory }) => memory.created ?? null,
    ...own,
  });

// In code one may ask for an isolation level, which JTA has no way to give.
const isolation = ({ parameters }: Found): string | null =>
  parameters['isolation'] === 'default' ? null : String(parameters['isolation']);

export const jtaSingleServices = (): readonly Service[] => [
  {
    name: 'app',
    databases: ['user'],
    entries: [
      { name: 'annotation', machine: create('Annotation', {}) },
      { name: 'code', machine: create('Code', { isolation, timeoutMs: 15_000 }) },
    ],
    listeners: [],
    jobs: [],
  },
];
