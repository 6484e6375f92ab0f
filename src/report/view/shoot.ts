// Films a run that somebody asked for, to be shown. The one place of the view that runs a world: a
// page that only shows does without it.

import { type AskedRun, definitionOf, encodeRecording, readRun } from '../../scenarios/index.ts';
import {
  type Choice,
  defaultSchedule,
  type FaultPoint,
  film,
  isSameAfter,
  kindsFor,
  type Pace,
  recordedSchedule,
  type Scenario,
  seededSchedule,
} from '../../sim/index.ts';
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
    const usual = kind === 'lost-reply' || kind === 'duplicate';
    const plain = { kind, text: `${kind}@${id}` };
    if (usual || isSameAfter(kind) || effect === 'start') return [plain];
    return [plain, { kind, text: `${kind}@${id}:after` }];
  });
}

/** How a run is filmed: by recorded choices, by a seed, or in the usual order. */
function scheduleOf({ choices, seed = null }: AskedFilm) {
  if (choices) return recordedSchedule(choices);
  return seed === null ? defaultSchedule : seededSchedule(seed);
}

/**
 * Films a run.
 * @throws SandboxError for what cannot be run
 */
export function shoot(scenario: Scenario, asked: AskedFilm): Showing {
  const { fails, settings, document, watch = [], pace = 'timed', steps = Infinity } = asked;
  const { goesOn } = asked;
  const { faults, input } = readRun(scenario, asked);
  const filmed = film(scenario, input, faults, scheduleOf(asked), {
    ...{ pace, steps, watch },
    ...(goesOn && { goesOn }),
  });
  const seen = new Set(filmed.events.map(({ place }) => place.service));
  const recording = {
    scenario: scenario.id,
    definition: definitionOf(scenario),
    ...{ fingerprint: filmed.fingerprint, fails, settings, choices: filmed.choices, pace },
    ...(document !== undefined && { document }),
  };
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
  };
}

/** As `shoot`, without the faults whose turn does not come on this way. */
export function shootBranch(scenario: Scenario, asked: AskedFilm): Showing {
  const showing = shoot(scenario, asked);
  const idle = showing.film.neverStruck.map(({ point }) => `@${point}`);
  if (idle.length === 0) return showing;
  const fails = asked.fails.filter((fail) => !idle.some((point) => fail.includes(point)));
  return shoot(scenario, { ...asked, fails });
}
