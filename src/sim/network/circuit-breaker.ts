// A circuit breaker as Hystrix has it: closed, it counts; once too many calls of the last while
// have failed it opens, and calls fail at once; after a pause it lets one call through, a probe,
// and what becomes of that decides. Plain values in, plain values out.

/** A closed circuit knows when calls ended well or failed; the others, when it opened. */
export type Circuit =
  | { readonly state: 'closed'; readonly ok: readonly number[]; readonly failed: readonly number[] }
  | { readonly state: 'open' | 'half-open'; readonly openedMs: number };

export interface CircuitTerms {
  /** With fewer calls in the window it stays closed: circuitBreaker.requestVolumeThreshold. */
  readonly callsMin: number;
  /** Share of failures at which it opens: circuitBreaker.errorThresholdPercentage. */
  readonly failuresPercent: number;
  /** How far back calls count: metrics.rollingStats.timeInMilliseconds. */
  readonly windowMs: number;
  /** How long it stays open before a probe: circuitBreaker.sleepWindowInMilliseconds. */
  readonly sleepMs: number;
}

export const CLOSED: Circuit = { state: 'closed', ok: [], failed: [] };

/** The circuit once a call was let through; null if the call must fail at once. */
export function admit(circuit: Circuit, { sleepMs }: CircuitTerms, nowMs: number): Circuit | null {
  if (circuit.state === 'closed') return circuit;
  const mayProbe = circuit.state === 'open' && nowMs > circuit.openedMs + sleepMs;
  return mayProbe ? { ...circuit, state: 'half-open' } : null;
}

/**
 * The circuit once a call that it let through has ended. While it is half-open that is the probe;
 * what ends while it is open was on its way already, and changes nothing.
 */
export function recordCall(
  circuit: Circuit,
  isOk: boolean,
  { callsMin, failuresPercent, windowMs }: CircuitTerms,
  nowMs: number,
): Circuit {
  const opened: Circuit = { state: 'open', openedMs: nowMs };
  if (circuit.state !== 'closed') {
    if (circuit.state === 'open') return circuit;
    return isOk ? CLOSED : opened;
  }
  const recent = (times: readonly number[]) => times.filter((atMs) => atMs > nowMs - windowMs);
  const ok = [...recent(circuit.ok), ...(isOk ? [nowMs] : [])];
  const failed = [...recent(circuit.failed), ...(isOk ? [] : [nowMs])];
  const calls = ok.length + failed.length;
  const isTooMuch = calls >= callsMin && failed.length * 100 >= failuresPercent * calls;
  return isTooMuch ? opened : { state: 'closed', ok, failed };
}
