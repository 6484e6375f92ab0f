// The explorer: random runs, exhaustive search with real SQL, the mistakes of the saga from process
// start to the printed counterexample, and memory per state. The figures of others are printed
// beside for scale; they were taken on such a machine, not in this run.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Exhaustive } from '../dist/explore/exhaustive.js';
import { ENDLESS } from '../dist/explore/index.js';
import { NO_COST } from '../dist/explore/model.js';
import { WorldModel } from '../dist/explore/world-model.js';
import {
  allParameters,
  findScenario,
  loadCatalogue,
  readInput,
  seededSchedule,
  World,
} from '../dist/index.js';

const SIM = fileURLToPath(new URL('../dist/bin/sim.js', import.meta.url));
const BARS = {
  random: 100_000,
  states: 20_000,
  wallMs: 1500,
  mistakeMs: 1000,
  bytes: 150,
  mb: 300,
};
const PEERS = `      for scale, by others on the same saga and such a machine: Quint's simulator
      5,000-13,600 steps/s, a plain JavaScript search without SQL 30,000 states/s, SPIN's compiled C
      570,000-1,500,000 states/s; FizzBee on its own 2PC 3,900 nodes/s`;

const scenario = findScenario(await loadCatalogue(), 'ticket-saga');
const { explore } = scenario;
const newWorld = () => {
  const parameters = allParameters(scenario, explore.set);
  return new World(scenario, readInput(scenario, parameters, explore.document));
};

function timed(act) {
  const start = performance.now();
  const value = act();
  return { ms: performance.now() - start, value };
}

/** Seeded runs at statement pace, properties looked at after every commit. Steps per second. */
function random() {
  const world = newWorld();
  const run = (seed) => {
    world.reset([], 'statement');
    const schedule = seededSchedule(seed);
    while (world.step(schedule));
    return world.steps;
  };
  for (let seed = 0; seed < 500; seed++) run(seed);
  const { ms, value } = timed(() => {
    let steps = 0;
    for (let seed = 500; seed < 3500; seed++) steps += run(seed);
    return steps;
  });
  world.close();
  return (value / ms) * 1000;
}

const HANDLERS = { pace: 'handler', kinds: ['duplicate'], countsPreemptions: false };

/** The saga with a duplicate and the timer, to its end, after a first time to warm up. */
function exhaustive() {
  const world = newWorld();
  const search = () => {
    const model = new WorldModel(world, { ...HANDLERS, stallMs: 10_000 });
    const budget = { ...ENDLESS, faults: 1, stalls: 1 };
    const found = new Exhaustive(model, { budget, maxStates: 1e6 });
    found.advance(Infinity);
    return found.progress.states;
  };
  search();
  const { ms, value } = timed(search);
  world.close();
  return { perSecond: (value / ms) * 1000, states: value };
}

function walls() {
  const folder = mkdtempSync(join(tmpdir(), 'indoubt-bench-'));
  const poor = join(folder, 'poor.json');
  const orders = [110, 111].map((ticketNum) => ({ customerId: 1, ticketNum, amount: 100 }));
  const tickets = orders.map(({ ticketNum }) => ({ ticketNum }));
  writeFileSync(poor, JSON.stringify({ customers: [{ deposit: 100 }], tickets, orders }));
  const drawn = ['--strategy', 'random', '--runs', '40', '--preemptions', '1'];
  const statements = ['--granularity', 'statement', '--input', poor, ...drawn];
  const asked = {
    'sold twice (no fault)': ['--faults', '0'],
    'duplicates (three mistakes)': ['--kinds', 'duplicate'],
    'the timer': ['--faults', '0', '--stalls', '1'],
    'check, then charge': ['--faults', '0', ...statements],
  };
  const wall = (args) => {
    const times = [1, 2, 3].map(() => {
      const command = [SIM, 'explore', 'ticket-saga', '--no-progress', ...args];
      return timed(() => spawnSync(process.execPath, command)).ms;
    });
    return Math.min(...times);
  };
  const mistakes = Object.entries(asked).map(([name, args]) => [name, wall(args)]);
  const all = wall(['--kinds', 'duplicate', '--stalls', '1', '--quiet']);
  rmSync(folder, { recursive: true });
  return { mistakes, all };
}

/** A model of a million states that is nothing but two counters. */
function memory() {
  const SIDE = 1000;
  let at = [0, 0];
  const actions = [0, 1].map((axis) => ({ key: String(axis), cost: NO_COST, axis }));
  const model = {
    reset: () => {
      at = [0, 0];
    },
    enabled: () => actions.filter(({ axis }) => at[axis] < SIDE - 1),
    apply: ({ axis }) => {
      at = at.with(axis, at[axis] + 1);
      return { footprint: null, variants: [], length: 1 };
    },
    mark: () => at,
    rewind: (mark) => {
      at = mark;
    },
    fingerprint: () => (at[0] * SIDE + at[1]) * 4_294_967 + 1,
    broken: () => [],
  };
  globalThis.gc?.();
  const held = () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = held();
  const search = new Exhaustive(model, { budget: ENDLESS, maxStates: 2e6 });
  search.advance(Infinity);
  globalThis.gc?.();
  const { rss } = process.memoryUsage();
  const bytes = held() - before;
  const { states } = search.progress;
  return { states, bytes: bytes / states, mb: rss / 2 ** 20 };
}

/** @param line prints a figure beside its bar, and says whether that is reached */
export function benchExplore(line) {
  const { states, bytes, mb } = memory();
  const steps = random();
  const search = exhaustive();
  const { mistakes, all } = walls();
  const count = (number) => Math.round(number).toLocaleString('en-US');
  const ms = (number) => `${number.toFixed(0)} ms`;
  const good = [
    line(
      'random runs of the saga, statements, steps per second',
      count(steps),
      `>= ${count(BARS.random)}`,
      steps >= BARS.random,
    ),
    line(
      `exhaustive, ${count(search.states)} states, new states per second`,
      count(search.perSecond),
      `>= ${count(BARS.states)}`,
      search.perSecond >= BARS.states,
    ),
    line(
      'a duplicate and the timer, complete, process and all',
      ms(all),
      `<= ${BARS.wallMs} ms`,
      all <= BARS.wallMs,
    ),
    ...mistakes.map(([name, wall]) =>
      line(
        `counterexample printed: ${name}`,
        ms(wall),
        `<= ${BARS.mistakeMs} ms`,
        wall <= BARS.mistakeMs,
      ),
    ),
    line(
      `memory per state, of ${count(states)}`,
      `${bytes.toFixed(0)} bytes`,
      `<= ${BARS.bytes} bytes`,
      bytes <= BARS.bytes,
    ),
    line(
      'memory of the whole process then',
      `${mb.toFixed(0)} MB`,
      `< ${BARS.mb} MB`,
      mb < BARS.mb,
    ),
  ];
  console.log(PEERS);
  return good.every(Boolean);
}
