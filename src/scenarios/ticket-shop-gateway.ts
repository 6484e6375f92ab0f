// The way into the ticket shop: a browser, and the gateway that hands its requests on by the first
// part of their path, to one instance after another.

import {
  fork,
  type Given,
  handlerMachine,
  type Json,
  type MessageBody,
  type Service,
  step,
  takeTurn,
} from '../sim/index.ts';
import { heartbeatJob, instancesIn, refreshJob, unchanged } from './ticket-shop-registry.ts';

/** What each path means to the service behind it; every other is unknown. */
const ENDPOINTS: Readonly<Record<string, { readonly method: string; readonly handler: string }>> = {
  '/order/api/order': { method: 'POST', handler: 'create' },
  '/user/api/customer/my': { method: 'GET', handler: 'my' },
};

/** One person at a browser: what is asked for, how often, and with what pause. */
interface Visit {
  readonly path: string;
  readonly customerId: number;
  readonly ticketNum: number;
  readonly amount: number;
  readonly times: number;
  readonly pauseMs: number;
  readonly asked?: number;
}

const askedBy = ({ asked = 0 }: Visit): number => asked;
const onward = [
  { target: 'finished', test: ({ memory }: Given<Visit>) => askedBy(memory) + 1 >= memory.times },
  {
    target: 'pausing',
    remember: ({ memory }: Given<Visit>) => ({ ...memory, asked: askedBy(memory) + 1 }),
  },
];

// Whoever orders several times orders one ticket after the other, by their numbers.
const visit = () =>
  handlerMachine('browser.visit', 'requesting', 'failed', {
    requesting: step<Visit, 'call'>(
      'call',
      ({ memory }) => {
        const { path, customerId, amount } = memory;
        const method = ENDPOINTS[path]?.method ?? 'GET';
        const ticketNum = memory.ticketNum + askedBy(memory);
        const order = { customerId, title: 'new_order', ticketNum, amount };
        const body = { method, path, ...(method === 'POST' ? order : { customerId }) };
        return { service: 'proxy', handler: 'route', body, timeoutMs: 60_000 };
      },
      onward,
      onward,
    ),
    pausing: step<Visit, 'sleep'>(
      'sleep',
      ({ memory, nowMs }) => ({ untilMs: nowMs + memory.pauseMs }),
      'requesting',
    ),
  });

export const browserService = (): Service => ({
  name: 'browser',
  databases: [],
  entries: [{ name: 'visit', machine: visit() }],
  listeners: [],
  jobs: [],
});

/** A request on its way through the gateway. */
interface Routed {
  readonly method: string;
  readonly path: string;
  readonly tries?: number;
  readonly seen?: MessageBody;
  readonly instance?: string;
  readonly answer?: Json;
}

type Found = Given<Routed>;

const serviceIn = (path: unknown): string => String(path).split('/')[1] ?? '';
const turnOf = (path: unknown): string => `turn ${serviceIn(path)}`;

function nextTurn({ path, seen = {} }: Routed) {
  return takeTurn(instancesIn(seen, serviceIn(path)), Number(seen[turnOf(path)] ?? -1));
}

const looked = ({ memory, result }: Found): Routed => ({
  ...memory,
  seen: (result.value ?? {}) as MessageBody,
});

const answering = (status: number, more: (found: Found) => MessageBody) => ({
  target: 'replying',
  remember: (found: Found): Routed => ({ ...found.memory, answer: { status, ...more(found) } }),
});

const UNREACHED = ['connection-refused', 'connection-lost', 'reply-lost'];
const TIMED_OUT = 'call-timed-out';

// A request that may have been served already is repeated only if that does no harm: a GET.
const mayTryAnother = ({ memory, failure, parameters }: Found): boolean => {
  const { code = '', definite = false } = failure ?? {};
  if (![...UNREACHED, TIMED_OUT].includes(code)) return false;
  const isHarmless = definite || memory.method === 'GET' || parameters['retryPost'] === 1;
  return isHarmless && (memory.tries ?? 0) < Number(parameters['retries']);
};

const reasonOf = ({ failure }: Found): MessageBody => ({ reason: failure?.code ?? null });

const route = () =>
  handlerMachine('proxy.route', 'matching', 'failed', {
    matching: fork<Routed>([
      {
        ...answering(404, () => ({ reason: 'no such path' })),
        test: ({ memory }) => ENDPOINTS[memory.path] === undefined,
      },
      'choosing',
    ]),
    choosing: step<Routed, 'recall'>('recall', {}, [
      {
        ...answering(503, () => ({ reason: 'no instances available' })),
        test: (found) => nextTurn(looked(found)) === null,
      },
      { target: 'taking-turn', remember: looked },
    ]),
    'taking-turn': step<Routed, 'keep'>(
      'keep',
      ({ memory }) => {
        const name = turnOf(memory.path);
        const entries = { [name]: nextTurn(memory)?.turn ?? null };
        return { entries, expecting: unchanged(memory.seen ?? {}, name) };
      },
      [
        { target: 'choosing', test: ({ result }) => result.affected === 0 },
        {
          target: 'forwarding',
          remember: ({ memory }) => ({ ...memory, instance: nextTurn(memory)?.instance ?? '' }),
        },
      ],
    ),
    forwarding: step<Routed, 'call'>(
      'call',
      ({ memory }) => {
        const { method: _, path, tries, seen, instance = '', answer, ...body } = memory;
        return { service: instance, handler: ENDPOINTS[path]?.handler ?? '', body };
      },
      [
        answering(200, ({ memory, result }) => ({
          by: memory.instance ?? null,
          body: result.value ?? null,
        })),
      ],
      [
        {
          target: 'choosing',
          test: mayTryAnother,
          remember: ({ memory }) => ({ ...memory, tries: (memory.tries ?? 0) + 1 }),
        },
        {
          ...answering(502, reasonOf),
          test: ({ failure }) => UNREACHED.includes(failure?.code ?? ''),
        },
        { ...answering(504, reasonOf), test: ({ failure }) => failure?.code === TIMED_OUT },
        answering(500, reasonOf),
      ],
    ),
    replying: step<Routed, 'reply'>(
      'reply',
      ({ memory }) => ({ value: memory.answer ?? null }),
      'finished',
    ),
  });

export const proxyService = (): Service => ({
  name: 'proxy',
  databases: [],
  entries: [{ name: 'route', machine: route() }],
  listeners: [],
  jobs: [heartbeatJob('proxy'), refreshJob('proxy')],
});
