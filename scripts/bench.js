// Ratios taken in one run, since absolute times lie on a noisy machine: the command against
// `node -e 0`, a run of the saga against its SQL alone on bare better-sqlite3, memory, the
// explorer, the database statement by statement, and stepping.
// Exits 1 if a bar is missed, so that a slow change is seen.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import {
  allParameters,
  findScenario,
  loadCatalogue,
  readInput,
  run,
  runWorld,
  seededSchedule,
  World,
} from '../dist/index.js';
import { benchClassroom } from './bench-classroom.js';
import { benchDatabase } from './bench-database.js';
import { benchExplore } from './bench-explore.js';
import { benchStep } from './bench-step.js';

const RUNS = 10_000;
const BARS = { start: 3, runsPerSecond: 1500, growthMb: 30 };
const SIM = fileURLToPath(new URL('../dist/bin/sim.js', import.meta.url));

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
function timed(act) {
  const start = performance.now();
  act();
  return performance.now() - start;
}

// Interleaved, so that noise hits both alike.
function startUp() {
  const command = [SIM, 'run', 'ticket-saga', '--quiet'];
  const times = { bare: [], sim: [] };
  for (let n = 0; n < 15; n++) {
    times.bare.push(timed(() => spawnSync(process.execPath, ['-e', '0'])));
    times.sim.push(timed(() => spawnSync(process.execPath, command)));
  }
  return { bare: median(times.bare), sim: median(times.sim) };
}

/** The saga's own statements, prepared once, on bare SQLite with the same tables. */
function bareStatements(scenario, input) {
  const databases = new Map(
    scenario.databases.map(({ name, ddl }) => {
      const database = new BetterSqlite3(':memory:');
      database.exec(ddl);
      for (const [table, rows] of Object.entries(input.rows)) {
        const [owner, bare] = table.split('.');
        if (owner !== name) continue;
        for (const row of rows) {
          const places = Object.keys(row).map((column) => `:${column}`);
          database.prepare(`INSERT INTO ${bare} (${Object.keys(row)}) VALUES (${places})`).run(row);
        }
      }
      return [name, database];
    }),
  );
  const seen = run(scenario, input).events.filter(({ happening }) => 'sql' in happening);
  return {
    databases,
    calls: seen.map(({ happening: { database, sql, params, kind } }) => {
      const prepared = databases.get(database).prepare(sql);
      return () => (kind === 'queried' ? prepared.all(params) : prepared.run(params));
    }),
  };
}

function bareRun({ databases, calls }) {
  for (const database of databases.values()) database.exec('BEGIN');
  for (const call of calls) call();
  for (const database of databases.values()) database.exec('ROLLBACK');
}

const scenario = findScenario(await loadCatalogue(), 'ticket-saga');
const input = readInput(scenario, allParameters(scenario, {}));
const world = new World(scenario, input);
const seeded = (from, count) => {
  for (let seed = from; seed < from + count; seed++) runWorld(world, [], seededSchedule(seed));
};
seeded(0, 2000);
globalThis.gc?.();
const before = process.memoryUsage().rss;
const simulated = timed(() => seeded(2000, RUNS));
globalThis.gc?.();
const growthMb = (process.memoryUsage().rss - before) / 2 ** 20;

const bare = bareStatements(scenario, input);
for (let n = 0; n < 2000; n++) bareRun(bare);
const alone = timed(() => {
  for (let n = 0; n < RUNS; n++) bareRun(bare);
});

const start = startUp();
const runsPerSecond = (RUNS / simulated) * 1000;
const ratio = start.sim / start.bare;
const line = (name, value, bar, good) => {
  console.log(`${good ? 'ok  ' : 'MISS'}  ${name.padEnd(58)} ${value.padStart(10)}   (bar ${bar})`);
  return good;
};
const all = [
  line(
    'sim run ticket-saga --quiet against node -e 0',
    `${ratio.toFixed(2)}x`,
    `<= ${BARS.start}x`,
    ratio <= BARS.start,
  ),
  line(
    `${RUNS} seeded runs in one process, per second`,
    runsPerSecond.toFixed(0),
    `>= ${BARS.runsPerSecond}`,
    runsPerSecond >= BARS.runsPerSecond,
  ),
  line(
    'memory grown over these runs',
    `${growthMb.toFixed(1)} MB`,
    `< ${BARS.growthMb} MB`,
    growthMb < BARS.growthMb,
  ),
];
console.log(
  `      ${`a run against its ${bare.calls.length} statements on bare better-sqlite3`.padEnd(58)} ${`${(simulated / alone).toFixed(1)}x`.padStart(10)}   (no bar)`,
);
const explored = benchExplore(line);
const database = benchDatabase(line);
const stepped = await benchStep(line);
const taught = benchClassroom(line);
process.exitCode = database && explored && stepped && taught && all.every(Boolean) ? 0 : 1;
