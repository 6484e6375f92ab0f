// Two nodes that number their orders without asking each other, or by asking a third; and the
// warehouse where the orders meet. Data, story, properties and named faults are in scenarios.yaml.

import {
  type Exit,
  failing,
  fork,
  type Given,
  handlerMachine,
  type Json,
  type Row,
  type Service,
  step,
} from '../sim/index.ts';
import {
  behindMs,
  type Generator,
  type Guard,
  newGenerator,
  nextId,
  type OwnWay,
} from './id-generator.ts';
import { countUp, mergeOrder, readVersion, setVersion } from './id-servers.ts';

/**
 * Unix time when a run begins: 2026-01-01T00:08:27.044Z. The lowest 32 bits of a version 1 UUID
 * begin again every 430 s; from here they do so 1.7 s later.
 */
export const START_MS = 1_767_226_107_044;
/** The order before which the first node's clock is set back. */
const SET_BACK_AT = 3;
const RETRY_MS = 200;
const TRIES_MAX = 30;

/** A batch of orders that a node numbers one after the other. */
interface Batch {
  readonly batch: string;
  readonly number: number;
  readonly beganMs: number;
  readonly id: string;
  readonly madeAtMs: number;
  readonly version: number;
  readonly tries: number;
  readonly generator: Generator;
}

type Found = Given<Batch>;

const wayIs =
  (way: string) =>
  ({ parameters }: Found): boolean =>
    parameters['way'] === way;

const answerOf = ({ result }: Found): Readonly<Record<string, Json>> =>
  (result.value ?? {}) as Readonly<Record<string, Json>>;

/** A way out on which the order has got its id, now. */
const numbered = (id: (found: Found) => Json | undefined, test?: Exit<Batch>['test']) => ({
  target: 'sending',
  remember: (found: Found): Batch => {
    return { ...found.memory, id: String(id(found)), madeAtMs: found.nowMs, tries: 0 };
  },
  ...(test && { test }),
});

/** What the batch does when nobody answers: it asks again, but not for ever. */
const ASKING_AGAIN: readonly Exit<Batch>[] = [
  { target: 'giving-up', test: ({ memory }) => memory.tries >= TRIES_MAX },
  { target: 'pausing', remember: ({ memory }) => ({ ...memory, tries: memory.tries + 1 }) },
];

// The first node begins the batch at once, the second a little later, and its clock is never wrong.
interface Node {
  readonly name: 'east' | 'west';
  readonly offset: (parameters: Row) => number;
  readonly lagMs: (parameters: Row) => number;
}

const EAST: Node = { name: 'east', offset: () => 1, lagMs: () => 0 };
const WEST: Node = {
  name: 'west',
  offset: ({ westOffset }) => Number(westOffset),
  lagMs: ({ lagMs }) => Number(lagMs),
};

function clockOf({ name }: Node, { memory, nowMs, parameters }: Found): number {
  const isBack = name === 'east' && memory.number >= SET_BACK_AT;
  return START_MS + nowMs - (isBack ? Number(parameters['clockBackMs']) : 0);
}

const begun =
  ({ name }: Node) =>
  ({ memory: { batch }, nowMs, parameters }: Found): Batch => {
    const isClone = parameters['cloned'] === 1;
    const source = isClone ? 'the image' : `${name} ${batch} ${nowMs}`;
    const generator = newGenerator(source, isClone ? 'the image' : name);
    const none = { id: '', madeAtMs: 0, version: 0, tries: 0 };
    return { batch, number: 1, beganMs: nowMs, ...none, generator };
  };

/** A node makes an id by its own clock, unless it has to wait for it first. */
function making(node: Node) {
  const waits = (found: Found): boolean =>
    found.parameters['guard'] === 'wait' &&
    behindMs(found.memory.generator, clockOf(node, found)) > 0;
  const made = (found: Found): Batch => {
    const { memory, nowMs, parameters } = found;
    const clockMs = clockOf(node, found);
    const way = parameters['way'] as OwnWay;
    const next = nextId(way, memory.generator, clockMs, parameters['guard'] as Guard);
    return { ...memory, ...next, madeAtMs: nowMs };
  };
  const exits: readonly Exit<Batch>[] = [
    { target: 'waiting-for-clock', test: waits },
    { target: 'remembering', remember: made },
  ];
  return {
    // A step of its own, so that the time is that of its waking, not that of its falling asleep.
    'reading-clock': step<Batch, 'recall'>('recall', {}, exits),
    'waiting-for-clock': step<Batch, 'sleep'>(
      'sleep',
      (found) => {
        const { nowMs, memory } = found;
        return { untilMs: nowMs + behindMs(memory.generator, clockOf(node, found)) };
      },
      'reading-clock',
    ),
    remembering: step<Batch, 'keep'>(
      'keep',
      ({ memory: { id } }) => ({ entries: { lastId: id } }),
      'sending',
    ),
  };
}

const create = (node: Node) =>
  handlerMachine(`${node.name}.create`, 'starting', 'failing', {
    starting: fork<Batch>([{ target: 'waiting', remember: begun(node) }]),
    waiting: step<Batch, 'sleep'>(
      'sleep',
      ({ memory: { beganMs, number }, parameters }) => ({
        untilMs: beganMs + node.lagMs(parameters) + (number - 1) * Number(parameters['everyMs']),
      }),
      'choosing',
    ),
    choosing: fork<Batch>([
      { target: 'inserting', test: wayIs('auto-increment') },
      { target: 'counting', test: wayIs('counter-server') },
      { target: 'reading-version', test: wayIs('versioned-node') },
      'reading-clock',
    ]),
    ...making(node),
    inserting: step<Batch, 'sql'>(
      'sql',
      ({ memory, parameters }) => ({
        sql: `INSERT INTO local_order (id, batch, number)
  SELECT coalesce(max(id) + :increment, :offset), :batch, :number FROM local_order`,
        params: {
          increment: parameters['increment'] ?? 1,
          offset: node.offset(parameters),
          batch: memory.batch,
          number: memory.number,
        },
      }),
      [numbered(({ result }) => result.lastId)],
    ),
    counting: step<Batch, 'call'>(
      'call',
      { service: 'counter', handler: 'next', body: {}, timeoutMs: 100 },
      [numbered((found) => answerOf(found)['number'])],
      ASKING_AGAIN,
    ),
    'reading-version': step<Batch, 'call'>(
      'call',
      { service: 'registry', handler: 'read', body: {}, timeoutMs: 100 },
      [
        {
          target: 'setting-version',
          remember: (found) => ({ ...found.memory, version: Number(answerOf(found)['version']) }),
        },
      ],
      ASKING_AGAIN,
    ),
    'setting-version': step<Batch, 'call'>(
      'call',
      ({ memory: { version } }) => {
        return { service: 'registry', handler: 'set', body: { version }, timeoutMs: 100 };
      },
      [
        numbered(
          (found) => answerOf(found)['version'],
          (found) => answerOf(found)['won'] === true,
        ),
        'reading-version',
      ],
      ASKING_AGAIN,
    ),
    pausing: step<Batch, 'sleep'>(
      'sleep',
      ({ nowMs }) => ({ untilMs: nowMs + RETRY_MS }),
      'choosing',
    ),
    'giving-up': failing('NobodyAnswers', `asked ${TRIES_MAX} times in vain`),
    sending: step<Batch, 'send'>(
      'send',
      ({ memory: { id, batch, number, madeAtMs } }) => ({
        queue: 'orders',
        body: { id, node: node.name, batch, number, madeAtMs },
      }),
      'publishing',
    ),
    publishing: step<Batch, 'commit'>('commit', { resource: 'session' }, [
      {
        target: 'waiting',
        test: ({ memory, parameters }) => memory.number < Number(parameters['orders']),
        remember: ({ memory }) => ({ ...memory, number: memory.number + 1 }),
      },
      'finished',
    ]),
    failing: step('rollback', { resource: 'session' }, 'failed', 'failed'),
  });

const nodeService = (node: Node): Service => ({
  name: node.name,
  databases: [node.name],
  entries: [{ name: 'create', machine: create(node) }],
  listeners: [],
  jobs: [],
});

/** Two nodes, whom they may ask, and the warehouse. */
export const uniqueIdServices = (): readonly Service[] => [
  nodeService(EAST),
  nodeService(WEST),
  {
    name: 'counter',
    databases: ['counter'],
    entries: [{ name: 'next', machine: countUp() }],
    listeners: [],
    jobs: [],
  },
  {
    name: 'registry',
    databases: ['registry'],
    entries: [
      { name: 'read', machine: readVersion() },
      { name: 'set', machine: setVersion() },
    ],
    listeners: [],
    jobs: [],
  },
  {
    name: 'warehouse',
    databases: ['warehouse'],
    entries: [],
    listeners: [{ name: 'merge', queue: 'orders', machine: mergeOrder() }],
    jobs: [],
  },
];
