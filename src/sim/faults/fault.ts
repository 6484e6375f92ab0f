// The grammar of `--fail`: kind@service.handler.state[:before|after][#occurrence][,option=time].
// For example `crash@user.pay.charging:after#2,restart=5s`.

import { SandboxError } from '../kernel/errors.ts';
import { closest } from '../kernel/names.ts';
import {
  FAULT_KINDS,
  type FaultKind,
  type FaultOption,
  kindsFor,
  type PointEffect,
} from './kinds.ts';

/** One fault of a plan. */
export interface Fault {
  readonly kind: FaultKind;
  /** `<service>.<handler>.<state>` */
  readonly point: string;
  readonly when: 'before' | 'after';
  /** Strikes when the point is reached for the nth time in the run, counted from 1. */
  readonly occurrence: number;
  /** In milliseconds; Infinity for `never`. */
  readonly options: Readonly<Partial<Record<FaultOption, number>>>;
}

/** A place where a fault can strike. */
export interface FaultPoint {
  readonly id: string;
  readonly effect: PointEffect;
  readonly compensation: boolean;
  /** Whether the service has a database, which could die there. */
  readonly hasDatabase: boolean;
}

const GRAMMAR =
  /^(?<kind>[a-z-]+)@(?<point>[^:#,@\s]+)(?::(?<when>before|after))?(?:#(?<nth>[1-9]\d{0,8}))?(?<options>(?:,[a-z]+=[^,]*)*)$/;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Reads `500ms`, `80s`, `2m`, `never`, or a bare number of milliseconds; null if it is neither. */
export function parseDuration(text: string): number | null {
  if (text === 'never') return Infinity;
  const match = /^(\d{1,9})(ms|s|m|h)?$/.exec(text);
  return match ? Number(match[1]) * (UNITS[match[2] ?? 'ms'] ?? 1) : null;
}

function parseOptions(kind: FaultKind, text: string): Fault['options'] {
  const known = Object.keys(FAULT_KINDS[kind].options);
  const pairs = text
    .split(',')
    .slice(1)
    .map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      if (text.split(`,${name}=`).length > 2) throw new SandboxError('bad-fault', { given: text });
      if (!known.includes(name)) {
        throw new SandboxError('unknown-name', {
          what: 'fault option',
          given: name,
          nearest: closest(name, known),
          known,
        });
      }
      const durationMs = parseDuration(value);
      if (durationMs === null) {
        throw new SandboxError('bad-value', { name, given: value, expected: { type: 'duration' } });
      }
      return [name, durationMs];
    });
  return Object.fromEntries(pairs);
}

/**
 * Reads one fault and checks it against the points a scenario has.
 * @throws SandboxError `bad-fault`, `unknown-name`, `bad-value`, `fault-not-applicable`
 */
export function parseFault(text: string, points: readonly FaultPoint[], scenario: string): Fault {
  const groups = GRAMMAR.exec(text)?.groups;
  if (!groups) throw new SandboxError('bad-fault', { given: text });
  const { kind: kindName = '', point: pointId = '', when, nth, options = '' } = groups;
  const kinds = Object.keys(FAULT_KINDS);
  const unknown = (what: 'fault kind' | 'fault point', given: string, known: readonly string[]) =>
    new SandboxError('unknown-name', {
      what,
      given,
      nearest: closest(given, known),
      known,
      scenario,
    });
  if (!kinds.includes(kindName)) throw unknown('fault kind', kindName, kinds);
  const kind = kindName as FaultKind;
  const point = points.find(({ id }) => id === pointId);
  if (!point)
    throw unknown(
      'fault point',
      pointId,
      points.map(({ id }) => id),
    );
  const { effect } = point;
  if (!kindsFor(effect, point.hasDatabase).includes(kind)) {
    throw new SandboxError('fault-not-applicable', {
      kind,
      point: pointId,
      effect,
      kinds: kindsFor(effect, point.hasDatabase),
    });
  }
  return {
    kind,
    point: pointId,
    when: when === 'before' ? 'before' : when === 'after' ? 'after' : defaultWhen(kind),
    occurrence: Number(nth ?? 1),
    options: { ...defaultOptions(kind), ...parseOptions(kind, options) },
  };
}

function defaultOptions(kind: FaultKind): Fault['options'] {
  const fixed = Object.entries(FAULT_KINDS[kind].options).filter(([, ms]) => ms !== null);
  return Object.fromEntries(fixed);
}

// What the world does to an operation before it happens, unless said otherwise; a reply can only
// be lost, and a message only be doubled, once there is one.
function defaultWhen(kind: FaultKind): Fault['when'] {
  return kind === 'lost-reply' || kind === 'duplicate' ? 'after' : 'before';
}

/** The fault in as few words of the grammar as say it. */
export function shortFault(fault: Fault, points: readonly FaultPoint[]): string {
  const { kind, point, when, occurrence, options } = fault;
  const usual = parseFault(`${kind}@${point}`, points, '');
  const own = Object.entries(options).filter(([name, ms]) => {
    return ms !== usual.options[name as FaultOption];
  });
  const words = optionsText(own);
  const time = when === usual.when ? '' : `:${when}`;
  return `${kind}@${point}${time}${occurrence === 1 ? '' : `#${occurrence}`}${words}`;
}

function optionsText(options: readonly (readonly [string, number])[]): string {
  return options.map(([name, ms]) => `,${name}=${ms === Infinity ? 'never' : `${ms}ms`}`).join('');
}

/** The fault in the words of the grammar, with what it left out filled in. */
export function faultText({ kind, point, when, occurrence, options }: Fault): string {
  return `${kind}@${point}:${when}#${occurrence}${optionsText(Object.entries(options))}`;
}
