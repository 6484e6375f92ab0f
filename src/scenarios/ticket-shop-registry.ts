// The registry of the ticket shop, and what its clients do about it: register, renew their lease,
// and fetch the list of instances, each at its own pace. Nobody is told when something changes.

import {
  evict,
  failing,
  fork,
  type Given,
  handlerMachine,
  type Instances,
  instancesOf,
  type Job,
  type Leases,
  type MessageBody,
  type Registration,
  register,
  renew,
  type Service,
  step,
} from '../sim/index.ts';

const LOGIN = 'shop:111111';
const UNAUTHORIZED = '401';
const UNKNOWN_INSTANCE = '404';

// These jobs go on for ever, and no run need wait for them.
const NEVER = 'SELECT 1 AS never WHERE 1 = 0';

const INSTANCES = 'instances';

const keptBy = ({ result }: Pick<Given<unknown>, 'result'>) => (result.value ?? {}) as Leases;
const leaseMsOf = ({ parameters }: Given<unknown>) => Number(parameters['leaseMs']);

const leaseFor = (given: Given<Registration>): Leases | null =>
  register(given.memory, { login: LOGIN, leaseMs: leaseMsOf(given) }, given.nowMs);

// Who could not register has no lease to renew, and fetches nothing: so only this asks who it is.
const registerInstance = () =>
  handlerMachine('registry.register', 'checking', 'failed', {
    checking: fork<Registration>([
      { target: 'refusing', test: (given) => leaseFor(given) === null },
      'granting',
    ]),
    granting: step<Registration, 'keep'>(
      'keep',
      (given) => ({ entries: leaseFor(given) ?? {} }),
      'replying',
    ),
    replying: step('reply', { value: 'registered' }, 'finished'),
    refusing: failing(UNAUTHORIZED, 'Unauthorized: wrong password'),
  });

/** What the registry has in hand: who asks, and what it found to change. */
interface Renewal {
  readonly instance: string;
  readonly changes?: Leases;
}

const renewed = (given: Given<Renewal>): Leases | null =>
  renew(keptBy(given), given.memory.instance, leaseMsOf(given), given.nowMs);

const renewLease = () =>
  handlerMachine('registry.renew', 'looking-up', 'failed', {
    'looking-up': step<Renewal, 'recall'>('recall', {}, [
      { target: 'refusing', test: (given) => renewed(given) === null },
      {
        target: 'renewing',
        remember: (given) => ({ ...given.memory, changes: renewed(given) ?? {} }),
      },
    ]),
    renewing: step<Renewal, 'keep'>(
      'keep',
      ({ memory }) => ({ entries: memory.changes ?? {} }),
      'finished',
    ),
    refusing: failing(UNKNOWN_INSTANCE, 'Not Found: no such instance'),
  });

const listInstances = () =>
  handlerMachine('registry.lookup', 'looking-up', 'failed', {
    'looking-up': step('recall', {}, 'replying'),
    replying: step('reply', (given) => ({ value: instancesOf(keptBy(given)) }), 'finished'),
  });

const expired = (given: Given<Leases>): Leases => evict(keptBy(given), given.nowMs);

const evictExpired = () =>
  handlerMachine('registry.evict', 'looking-up', 'failed', {
    'looking-up': step<Leases, 'recall'>('recall', {}, [
      { target: 'finished', test: (given) => Object.keys(expired(given)).length === 0 },
      { target: 'evicting', remember: expired },
    ]),
    evicting: step<Leases, 'keep'>('keep', ({ memory }) => ({ entries: memory }), 'finished'),
  });

export const registryService = (): Service => ({
  name: 'registry',
  databases: [],
  entries: [
    { name: 'register', machine: registerInstance() },
    { name: 'renew', machine: renewLease() },
    { name: 'lookup', machine: listInstances() },
  ],
  listeners: [],
  jobs: [{ name: 'evict', machine: evictExpired(), delayParameter: 'evictMs', waitsFor: NEVER }],
});

const hasRegistered = ({ result }: Given<unknown>): boolean =>
  (result.value as MessageBody | null | undefined)?.['registered'] === true;

const heartbeat = (service: string, instance: string) =>
  handlerMachine(`${instance}.heartbeat`, 'looking-up', 'failed', {
    'looking-up': step('recall', {}, [{ target: 'renewing', test: hasRegistered }, 'registering']),
    renewing: step(
      'call',
      { service: 'registry', handler: 'renew', body: { instance } },
      'finished',
      [{ target: 'registering', test: ({ failure }) => failure?.code === UNKNOWN_INSTANCE }],
    ),
    registering: step(
      'call',
      ({ parameters }) => {
        const password = service === 'order' ? parameters['password'] : LOGIN.split(':')[1];
        const body = { service, instance, login: `shop:${password}` };
        return { service: 'registry', handler: 'register', body };
      },
      'remembering',
    ),
    remembering: step('keep', { entries: { registered: true } }, 'finished'),
  });

/** Registers an instance and keeps its lease alive. */
export const heartbeatJob = (service: string, instance: string = service): Job => ({
  name: 'heartbeat',
  machine: heartbeat(service, instance),
  delayParameter: 'heartbeatMs',
  waitsFor: NEVER,
});

const refresh = (client: string) =>
  handlerMachine(`${client}.refresh`, 'fetching', 'failed', {
    fetching: step('call', { service: 'registry', handler: 'lookup', body: {} }, 'keeping'),
    keeping: step(
      'keep',
      ({ result }) => ({ entries: { [INSTANCES]: result.value ?? {} } }),
      'finished',
    ),
  });

/** Fetches the list of instances, which a client goes on using until the next time. */
export const refreshJob = (client: string): Job => ({
  name: 'refresh',
  machine: refresh(client),
  delayParameter: 'refreshMs',
  waitsFor: NEVER,
});

/** The instances of a service, as a client found them when it last fetched the list. */
export function instancesIn(seen: MessageBody, service: string): readonly string[] {
  return (seen[INSTANCES] as Instances | undefined)?.[service] ?? [];
}

/** What must not have changed in a client's memory, if what it saw there is to be right. */
export function unchanged(seen: MessageBody, ...names: readonly string[]): MessageBody {
  return Object.fromEntries([INSTANCES, ...names].map((name) => [name, seen[name] ?? null]));
}
