// A service registry as Eureka keeps it: an instance holds a lease, which it must renew; one that
// does not is taken out. Plain values in, plain values out: whoever keeps the leases keeps what
// each of these says has changed.

/** An instance's place in the registry. */
type Lease = { readonly service: string; readonly untilMs: number };
/** By the name of the instance; null once it has been taken out. */
export type Leases = Readonly<Record<string, Lease | null>>;
/** The instances of each service, by its name. */
export type Instances = Readonly<Record<string, readonly string[]>>;

/** What an instance says when it registers. */
export interface Registration {
  readonly service: string;
  readonly instance: string;
  /** `name:password`, as it stands in the registry's address. */
  readonly login: string;
}

/** Who may register, and how long a lease lasts. */
export interface RegistryTerms {
  readonly login: string;
  readonly leaseMs: number;
}

/** Gives an instance a lease, whatever it had; null if its credentials are wrong. */
export function register(
  { service, instance, login }: Registration,
  terms: RegistryTerms,
  nowMs: number,
): Leases | null {
  if (login !== terms.login) return null;
  return { [instance]: { service, untilMs: nowMs + terms.leaseMs } };
}

/** Renews a lease, even one that has expired; null if the instance has to register again. */
export function renew(
  leases: Leases,
  instance: string,
  leaseMs: number,
  nowMs: number,
): Leases | null {
  const lease = leases[instance];
  return lease ? { [instance]: { service: lease.service, untilMs: nowMs + leaseMs } } : null;
}

/** Takes out whose lease has expired. */
export function evict(leases: Leases, nowMs: number): Leases {
  const expired = Object.entries(leases).filter(([, lease]) => lease && lease.untilMs < nowMs);
  return Object.fromEntries(expired.map(([instance]) => [instance, null]));
}

/** All that are registered, also those whose lease has expired and who are still there. */
export function instancesOf(leases: Leases): Instances {
  const listed: Record<string, string[]> = {};
  for (const instance of Object.keys(leases).sort()) {
    const service = leases[instance]?.service;
    if (service === undefined) continue;
    listed[service] = [...(listed[service] ?? []), instance];
  }
  return listed;
}
