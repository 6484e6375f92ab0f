// Two or three clients of one database, whose transactions meet at a chosen isolation level: each
// plays its part of a script (isolation-scripts.ts) in its turn. Data, rules and words are in
// scenarios.yaml; what comes of it, the database decides.

import {
  type Exit,
  type Given,
  type HandlerState,
  handlerMachine,
  type Isolation,
  type Service,
  step,
} from '../sim/index.ts';
import { TURN_MS, type Turn, turnOf } from './isolation-scripts.ts';

/** Where a client is: how many turns it has had, and when its play began. */
type Part = { readonly turns: number; readonly startMs: number };

const isRead = /^SELECT\b/;
const isWrite = /^(INSERT|UPDATE|DELETE)\b/;

const levelOf = ({ parameters }: Given<Part>): Isolation => parameters['level'] as Isolation;

/** The machine of one client. What fails makes it roll back, if the server has not, and stop. */
function playOf(client: string) {
  const next = ({ memory, parameters }: Given<Part>): Turn | null => {
    const { anomaly, pauseMs } = parameters;
    return turnOf(String(anomaly), client, memory.turns, Number(pauseMs));
  };
  const when = (target: string, words: RegExp): Exit<Part> => ({
    target,
    test: (given) => words.test(next(given)?.sql ?? ''),
  });
  const onward: readonly Exit<Part>[] = [
    {
      target: 'waiting-turn',
      remember: ({ memory: { turns, startMs } }) => ({ turns: turns + 1, startMs }),
    },
  ];
  const statement: HandlerState = step<Part, 'sql'>(
    'sql',
    (given) => ({ sql: next(given)?.sql ?? '', params: {}, isolation: levelOf(given) }),
    onward,
  );
  return handlerMachine(`${client}.play`, 'arriving', 'giving-up', {
    arriving: step<Part, 'sleep'>('sleep', { untilMs: 0 }, [
      {
        target: 'waiting-turn',
        // Who arrives within one turn plays together.
        remember: ({ nowMs }) => ({ turns: 0, startMs: nowMs - (nowMs % TURN_MS) }),
      },
    ]),
    'waiting-turn': step<Part, 'sleep'>(
      'sleep',
      (given) => ({ untilMs: given.memory.startMs + (next(given)?.atMs ?? 0) }),
      [
        when('beginning', /^BEGIN$/),
        when('reading', isRead),
        when('writing', isWrite),
        when('committing', /^COMMIT$/),
        when('rolling-back', /^ROLLBACK$/),
        'finished',
      ],
    ),
    beginning: step<Part, 'begin'>('begin', (given) => ({ isolation: levelOf(given) }), onward),
    reading: statement,
    writing: statement,
    committing: step('commit', { resource: 'database' }, onward),
    'rolling-back': step('rollback', { resource: 'database' }, onward),
    'giving-up': step('rollback', { resource: 'database' }, 'failed', 'failed'),
  });
}

/** All clients; who has no part in a script ends at once. */
export function isolationServices(): readonly Service[] {
  return ['t1', 't2', 't3'].map((name) => ({
    name,
    databases: ['shop'],
    listeners: [],
    entries: [{ name: 'play', machine: playOf(name) }],
    jobs: [],
  }));
}
