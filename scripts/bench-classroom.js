// The classroom: how long the slowest check of the course takes, and a hundred submissions.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SIM = fileURLToPath(new URL('../dist/bin/sim.js', import.meta.url));
const EXERCISES = fileURLToPath(new URL('../exercises/', import.meta.url));
const BARS = { checkMs: 3000, gradeMs: 60_000, stuckMs: 5000 };
const SUBMISSIONS = 100;
const GRADED = '12-sold-twice';

function timed(act) {
  const start = performance.now();
  act();
  return performance.now() - start;
}

/** The slowest check of a right answer, in ms, and which exercise it is of. */
function slowest(folder, sim) {
  const all = readdirSync(EXERCISES).map((name) => {
    const number = String(Number(name.slice(0, 2)));
    sim('exercise', 'start', number);
    cpSync(join(EXERCISES, name, 'solution'), join(folder, name), { recursive: true });
    return { name, ms: timed(() => sim('exercise', 'check', number)) };
  });
  return all.reduce((one, other) => (one.ms >= other.ms ? one : other));
}

/** A hundred answers, no two alike, every other one wrong. */
function submissions(folder) {
  for (let at = 0; at < SUBMISSIONS; at += 1) {
    const own = join(folder, 'class', `student-${at}`, GRADED);
    mkdirSync(own, { recursive: true });
    const from = at % 2 === 0 ? [GRADED] : [GRADED, 'solution'];
    cpSync(join(EXERCISES, ...from, 'handlers.ts'), join(own, 'handlers.ts'));
    writeFileSync(join(own, 'notes.txt'), String(at));
  }
}

/** @param line prints a figure beside its bar, and says whether that is reached */
export function benchClassroom(line) {
  const folder = mkdtempSync(join(tmpdir(), 'indoubt-bench-'));
  const env = { ...process.env, INDOUBT_HOME: join(folder, 'home') };
  const sim = (...args) => spawnSync(process.execPath, [SIM, ...args], { cwd: folder, env });
  try {
    const { name, ms } = slowest(folder, sim);
    writeFileSync(join(folder, GRADED, 'handlers.ts'), 'for (;;);');
    const stuck = timed(() => sim('exercise', 'check', GRADED));
    submissions(folder);
    const graded = timed(() => sim('grade', 'class', '--exercise', GRADED, '--no-progress'));
    const seconds = (value) => `${(value / 1000).toFixed(1)} s`;
    const figures = [
      [`the slowest check (${name})`, ms, BARS.checkMs],
      ['an answer that never comes', stuck, BARS.stuckMs],
      [`${SUBMISSIONS} submissions of ${GRADED}`, graded, BARS.gradeMs],
    ];
    return figures
      .map(([what, took, bar]) => line(what, seconds(took), `<= ${seconds(bar)}`, took <= bar))
      .every(Boolean);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
