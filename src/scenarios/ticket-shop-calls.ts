// A call to another service as Feign, Ribbon and Hystrix make it together: through a circuit
// breaker, to the instance whose turn it is, with a time limit; if that fails, without an answer.

import {
  admit,
  type Circuit,
  type CircuitTerms,
  CLOSED,
  type Given,
  type HandlerState,
  type Json,
  type MessageBody,
  recordCall,
  type SqlValue,
  type States,
  step,
  takeTurn,
} from '../sim/index.ts';
import { instancesIn, unchanged } from './ticket-shop-registry.ts';

/** What a handler that asks others has in hand. */
export interface Asking {
  readonly customerId: number;
  /** What each service has answered; one that is missing has not. */
  readonly answers?: Readonly<Record<string, Json>>;
  /** The memory of the process, as it was last seen. */
  readonly seen?: MessageBody;
  readonly instance?: string | null;
}

const termsOf = (parameters: Readonly<Record<string, SqlValue>>): CircuitTerms => ({
  callsMin: Number(parameters['circuitCalls']),
  failuresPercent: Number(parameters['circuitPercent']),
  windowMs: Number(parameters['circuitWindowMs']),
  sleepMs: Number(parameters['circuitSleepMs']),
});

const looked = <Memory extends Asking>({ memory, result }: Given<Memory>): Memory => ({
  ...memory,
  seen: (result.value ?? {}) as MessageBody,
});

const lostRace = ({ result }: Given<Asking>): boolean => result.affected === 0;

const circuitOf = (service: string): string => `circuit ${service}`;
const turnOf = (service: string): string => `turn ${service}`;

const circuitIn = ({ seen = {} }: Asking, service: string): Circuit =>
  (seen[circuitOf(service)] as Circuit | undefined) ?? CLOSED;

const turnIn = ({ seen = {} }: Asking, service: string) =>
  takeTurn(instancesIn(seen, service), Number(seen[turnOf(service)] ?? -1));

const throwing = (code: string, detail: string, target: string): HandlerState =>
  step('throw', { error: { code, definite: true, detail } }, [], target);

/** From the look at the circuit to the instance whose turn it is. */
function admission<Memory extends Asking>(service: string, next: string): States {
  const admitted = (memory: Asking, { parameters, nowMs }: Given<Memory>): Circuit | null =>
    admit(circuitIn(memory, service), termsOf(parameters), nowMs);
  return {
    [`choosing-${service}`]: step<Memory, 'recall'>('recall', {}, [
      {
        target: `short-circuiting-${service}`,
        test: (given) => admitted(looked(given), given) === null,
      },
      { target: `admitting-${service}`, remember: looked },
    ]),
    [`admitting-${service}`]: step<Memory, 'keep'>(
      'keep',
      (given) => {
        const { memory } = given;
        const { turn } = turnIn(memory, service) ?? {};
        const circuit = admitted(memory, given);
        const entries = {
          ...(turn !== undefined && { [turnOf(service)]: turn }),
          ...(circuit !== circuitIn(memory, service) && { [circuitOf(service)]: circuit }),
        };
        const expecting = unchanged(memory.seen ?? {}, circuitOf(service), turnOf(service));
        return { entries, expecting };
      },
      [
        { target: `choosing-${service}`, test: lostRace },
        {
          target: `finding-nobody-${service}`,
          test: ({ memory }) => turnIn(memory, service) === null,
        },
        {
          target: `calling-${service}`,
          remember: ({ memory }) => {
            return { ...memory, instance: turnIn(memory, service)?.instance ?? null };
          },
        },
      ],
    ),
    [`short-circuiting-${service}`]: throwing(
      'HystrixRuntimeException',
      `the circuit to ${service} is open`,
      next,
    ),
  };
}

/** What the circuit learns from a call that was let through. */
function recording<Memory extends Asking>(service: string, next: string): States {
  return {
    [`weighing-${service}`]: step<Memory, 'recall'>('recall', {}, [
      { target: `recording-${service}`, remember: looked },
    ]),
    [`recording-${service}`]: step<Memory, 'keep'>(
      'keep',
      ({ memory, parameters, nowMs }) => {
        const isOk = memory.answers?.[service] !== undefined;
        const before = circuitIn(memory, service);
        const name = circuitOf(service);
        const circuit = recordCall(before, isOk, termsOf(parameters), nowMs);
        return {
          entries: { [name]: circuit },
          expecting: { [name]: memory.seen?.[name] ?? null },
        };
      },
      [{ target: `weighing-${service}`, test: lostRace }, next],
    ),
  };
}

/** The states of one such call; they lead to `next`, with the answer or without. */
export function guardedCall<Memory extends Asking>(service: string, next: string): States {
  const ended = `weighing-${service}`;
  return {
    ...admission<Memory>(service, next),
    [`finding-nobody-${service}`]: throwing(
      'ClientException',
      `no instances available: ${service}`,
      ended,
    ),
    [`calling-${service}`]: step<Memory, 'call'>(
      'call',
      ({ memory, parameters }) => ({
        service: memory.instance ?? '',
        handler: 'mine',
        body: { customerId: memory.customerId },
        timeoutMs: Number(parameters['patienceMs']),
      }),
      [
        {
          target: ended,
          remember: ({ memory, result }) => ({
            ...memory,
            answers: { ...memory.answers, [service]: result.value ?? null },
          }),
        },
      ],
      ended,
    ),
    ...recording<Memory>(service, next),
  };
}
