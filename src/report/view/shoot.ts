// Films a run that somebody asked for, to be shown. The one place of the view that runs a world: a
// page that only shows does without it.

import {
  type AskedRun,
  decodeRecording,
  encodeRecording,
  endedAlike,
  readRun,
  recordingOf,
} from '../../scenarios/index.ts';
import {
  type Choice,
  type FaultPoint,
  film,
  isSameAfter,
  kindsFor,
  type Pace,
  SandboxError,
  type Scenario,
  scheduleOf,
} from '../../sim/index.ts';
import { foundBy } from '../command.ts';
import { outcomeSentence } from '../run-report.ts';
import type { Showing, Strikable } from './showing.ts';

/** What a film is asked for. */
export interface AskedFilm extends AskedRun {
  readonly choices?: readonly Choice[];
  /** Without choices, the order of steps may be drawn. */
  readonly seed?: number | null;
  readonly pace?: Pace;
  readonly watch?: readonly string[];
  /** After how many steps it is stopped. */
  readonly steps?: number;
  /** Asked after each step whether it may go on. */
  readonly goesOn?: () => boolean;
}

function strikableAt({ id, effect, hasDatabase }: FaultPoint): readonly Strikable[] {
  return kindsFor(effect, hasDatabase).flatMap((kind) => {
    const plain = { kind, text: `${kind}@${id}` };
    if (isSameAfter(kind) || effect === 'start') return [plain];
    return [plain, { kind, text: `${kind}@${id}:after` }];
  });
}

/**
 * Films a run.
 * @throws SandboxError for what cannot be run
 */
export function shoot(scenario: Scenario, asked: AskedFilm): Showing {
  const { fails, settings, document, watch = [], pace = 'timed', steps = Infinity } = asked;
  const { goesOn } = asked;
  const { faults, input } = readRun(scenario, asked);
  const filmed = film(scenario, input, faults, scheduleOf(asked.choices, asked.seed ?? null), {
    ...{ pace, steps, watch },
    ...(goesOn && { goesOn }),
  });
  const seen = new Set(filmed.events.map(({ place }) => place.service));
  const recording = recordingOf(scenario, { fails, settings, document, pace }, filmed);
  return {
    scenario: scenario.id,
    title: scenario.title,
    services: scenario.services.map(({ name }) => name).filter((name) => seen.has(name)),
    properties: scenario.properties.map(({ id, when, text }) => ({ id, when, text })),
    strikable: Object.fromEntries(scenario.points.map((point) => [point.id, strikableAt(point)])),
    effects: Object.fromEntries(scenario.points.map(({ id, effect }) => [id, effect])),
    asked: { fails, settings, document, choices: filmed.choices, pace, watch },
    film: filmed,
    outcome: {
      word: filmed.outcome.word,
      text: outcomeSentence({ scenario, result: filmed }),
    },
    code: encodeRecording(scenario, recording),
    found: foundBy(scenario),
  };
}

/** As `shoot`, without the faults whose turn does not come on this way. */
function shootBranch(scenario: Scenario, asked: AskedFilm): Showing {
  const showing = shoot(scenario, asked);
  const idle = showing.film.neverStruck.map(({ point }) => `@${point}`);
  if (idle.length === 0) return showing;
  const fails = asked.fails.filter((fail) => !idle.some((point) => fail.includes(point)));
  return shoot(scenario, { ...asked, fails });
}

/** Which film is wanted, as plain data: it can be handed on to another process. */
export type FilmOrder =
  | { readonly kind: 'run' | 'branch'; readonly scenario: string; readonly asked: AskedFilm }
  | { readonly kind: 'code'; readonly scenario: string; readonly code: string };

/** How far a film may go. */
export type Limits = Pick<AskedFilm, 'steps' | 'goesOn'>;

/** Films what is ordered. @throws SandboxError for what cannot be run */
export function shootOrder(scenario: Scenario, order: FilmOrder, limits: Limits = {}): Showing {
  if (order.kind === 'code') return shootCode(scenario, order.code, limits);
  const asked = { ...order.asked, ...limits };
  return order.kind === 'branch' ? shootBranch(scenario, asked) : shoot(scenario, asked);
}

/** As `shootOrder`, of a way whose queries were not answered in time: without their answers. */
export function shootUnanswered(
  scenario: Scenario,
  order: Exclude<FilmOrder, { readonly kind: 'code' }>,
  limits: Limits = {},
): Showing {
  const { watch = [] } = order.asked;
  const asked = { ...order.asked, watch: [] };
  const showing = shootOrder(scenario, { ...order, asked }, limits);
  const watched = watch.map(() => ({ endless: 'time' }) as const);
  const frames = showing.film.frames.map((frame) => ({ ...frame, watched }));
  return { ...showing, asked: { ...showing.asked, watch }, film: { ...showing.film, frames } };
}

/**
 * Films what a code repeats.
 * @throws SandboxError `bad-code`, also for one that no longer ends where it ended
 */
export function shootCode(scenario: Scenario, code: string, limits: Limits = {}): Showing {
  const recording = decodeRecording(scenario, code);
  const showing = shoot(scenario, { ...recording, ...limits });
  const { ending, fingerprint } = showing.film;
  if (ending !== 'stopped' && !endedAlike(recording, fingerprint)) {
    throw new SandboxError('bad-code', { why: 'changed', scenario: scenario.id });
  }
  return showing;
}
