// The strategies against the exhaustive search, counterexamples made plain, and clear verdicts for
// worlds that never rest.

import { describe, expect, it } from 'vitest';
import {
  ENDLESS,
  type ExploreOptions,
  Explorer,
  fromJson,
  type SavedExploration,
  toJson,
} from '../../src/explore/index.ts';
import { allParameters, findScenario, readInput } from '../../src/scenarios/index.ts';
import { run, shortFault, World } from '../../src/sim/index.ts';
import { catalogue } from '../support.ts';

const saga = findScenario(catalogue, 'ticket-saga');
const { explore } = saga;
const input = readInput(saga, allParameters(saga, explore.set), explore.document);

const USUAL: ExploreOptions = {
  pace: 'handler',
  strategy: 'exhaustive',
  kinds: ['duplicate'],
  countsPreemptions: false,
  stallMs: 10_000,
  budget: { ...ENDLESS, faults: 1, stalls: 0 },
  maxStates: 1_000_000,
  everyOrder: false,
  everyWay: false,
  seed: 1,
  runs: 400,
  bugDepth: 3,
};

function explored(wanted: Partial<ExploreOptions> = {}) {
  const world = new World(saga, input);
  try {
    const explorer = new Explorer(world, { ...USUAL, ...wanted });
    while (!explorer.advance(100));
    return explorer.finish();
  } finally {
    world.close();
  }
}

const all = explored();
const LENGTHS = new Map(all.findings.map(({ property, length }) => [property, length]));

/** Runs a finding from its faults and choices alone. */
function replayed({ faults, choices }: (typeof all.findings)[number]) {
  const schedule = {
    choose: (_: unknown, step: number) => choices.find((one) => one.step === step)?.option ?? 0,
  };
  return run(saga, input, faults, schedule, { pace: 'handler' });
}

describe('a finding', () => {
  it.each(all.findings)('of $property is shown by a run with its faults and choices', (finding) => {
    const { verdicts, neverStruck } = replayed(finding);
    expect(neverStruck).toEqual([]);
    expect(verdicts).toContainEqual(
      expect.objectContaining({ property: finding.property, holds: false }),
    );
  });

  it('names the duplicate that is needed, and no other fault', () => {
    const faults = new Map(
      all.findings.map(({ property, faults: own }) => {
        return [property, own.map((fault) => shortFault(fault, saga.points))];
      }),
    );
    expect(faults.get('sold-once')).toEqual([]);
    expect(faults.get('charged-once')).toEqual(['duplicate@ticket.new.sending-locked,delay=0ms']);
  });
});

describe('a strategy', () => {
  it.each(['random', 'pct', 'swarm'] as const)('%s finds nothing that cannot be', (strategy) => {
    const { findings, runs } = explored({ strategy });
    expect(runs).toBe(400);
    expect(findings.length).toBeGreaterThan(3);
    for (const { property, length, faults } of findings) {
      const least = LENGTHS.get(property);
      expect(least, property).toBeDefined();
      // What needs no fault may be found with one, by a shorter way.
      if (faults.length === 0) expect(length).toBeGreaterThanOrEqual(least ?? 0);
    }
  });

  it('random is the same for the same seed, and another for another', () => {
    const one = explored({ strategy: 'random', runs: 50 });
    expect(explored({ strategy: 'random', runs: 50 })).toEqual(one);
    expect(explored({ strategy: 'random', runs: 50, seed: 99 }).steps).not.toBe(one.steps);
  });

  it('swarm says which kinds a seed drew from', () => {
    const { findings } = explored({ strategy: 'swarm', kinds: ['duplicate', 'crash', 'lose'] });
    for (const { mix, faults } of findings) {
      expect(mix).not.toBeNull();
      for (const { kind } of faults) expect(mix).toContain(kind);
    }
  });

  it('breadth finds the shortest first, and says how deep it looked', () => {
    const { findings, within } = explored({ strategy: 'breadth' });
    expect(findings.map(({ property, length }) => [property, length])).toEqual([
      ['charged-once', 5],
    ]);
    expect(within).toBe(6);
  });

  it('breadth that finds nothing goes to the end', () => {
    const budget = { ...ENDLESS, faults: 0, stalls: 0 };
    const alone = { ...explored({ strategy: 'breadth', budget, isAt: () => false }) };
    expect(alone.findings.map(({ property }) => property)).toContain('sold-once');
  });
});

describe('a limit', () => {
  it('to the depth cuts what is deeper, and proves what is not', () => {
    const { cut, findings } = explored({ budget: { ...USUAL.budget, depth: 8 } });
    expect(cut).toBe('depth');
    expect(findings.map(({ property }) => property)).toEqual(['charged-once']);
  });

  it('to the states stops the search', () => {
    const { cut, states } = explored({ maxStates: 100 });
    expect(cut).toBe('states');
    expect(states).toBeLessThanOrEqual(101);
  });
});

it.each([50, 777, 2000])('goes on after %i steps as if it had never stopped', (steps) => {
  const world = new World(saga, input);
  const first = new Explorer(world, USUAL);
  first.advance(steps);
  const saved = fromJson(toJson(first.save())) as SavedExploration;
  world.close();
  const other = new World(saga, input);
  const second = new Explorer(other, USUAL, saved);
  while (!second.advance(100));
  const { findings, states, steps: taken, cut } = second.finish();
  expect({ findings, states, taken, cut }).toEqual({
    findings: all.findings,
    states: all.states,
    taken: all.steps,
    cut: null,
  });
  other.close();
});

it('is the same with no reduction at all, on a way short enough', () => {
  const budget = { ...USUAL.budget, depth: 7 };
  const reduced = explored({ budget });
  const whole = explored({ budget, everyOrder: true, everyWay: true });
  expect(whole.states).toBe(reduced.states);
  const told = ({ findings }: typeof whole) =>
    findings.map(({ property, length, faults }) => [property, length, faults.length]);
  expect(told(whole)).toEqual(told(reduced));
  expect(whole.steps).toBeGreaterThan(reduced.steps);
});
