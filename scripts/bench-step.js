// Stepping: from process start to the first frame, and how long a key takes in a long run.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { findScenario, loadCatalogue } from '../dist/index.js';
import { PLAIN, remembering } from '../dist/report/index.js';
import { Stepper, shoot } from '../dist/report/step/index.js';

const SIM = fileURLToPath(new URL('../dist/bin/sim.js', import.meta.url));
const BARS = { firstMs: 250, stepMs: 16 };
const ORDERS = 24;
const STEPS = 900;

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
function timed(act) {
  const start = performance.now();
  act();
  return performance.now() - start;
}

/** How much longer than an empty program the first frame takes, in ms. */
function firstFrame() {
  const command = [SIM, 'step', 'ticket-saga', '--keys', ''];
  const more = Array.from({ length: 9 }, () => {
    const bare = timed(() => spawnSync(process.execPath, ['-e', '0']));
    return timed(() => spawnSync(process.execPath, command)) - bare;
  });
  return median(more);
}

/** What all but one of a hundred steps, forward and back, take at most, in ms. */
async function steps() {
  const scenario = findScenario(await loadCatalogue(), 'ticket-saga');
  const orders = Array.from({ length: ORDERS }, (_, at) => {
    return { customerId: 1, ticketNum: 100 + at, amount: 1, atMs: at * 5 };
  });
  const tickets = orders.map(({ ticketNum }) => ({ ticketNum }));
  const document = { customers: [{ deposit: 100_000 }], tickets, orders };
  const asked = { fails: [], settings: {}, document };
  const how = { language: 'en', breakpoints: [], watch: [], toBreak: false, write: String };
  const stepper = new Stepper(scenario, shoot(scenario, asked), how);
  const layout = { width: 100, measure: remembering(stringWidth), paint: PLAIN };
  const draw = () => stepper.draw({ layout, height: 30 });
  draw();
  const press = (key) =>
    timed(() => {
      stepper.press(key);
      draw();
    });
  const times = ['n', 'p'].flatMap((key) => Array.from({ length: STEPS }, () => press(key)));
  const { events } = stepper.session.showing.film;
  return {
    events: events.length,
    ms: times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)],
  };
}

/** @param line prints a figure beside its bar, and says whether that is reached */
export async function benchStep(line) {
  const first = firstFrame();
  const { events, ms } = await steps();
  const inMs = (value) => `${value.toFixed(1)} ms`;
  const good = [
    line(
      'first frame of sim step, over node -e 0',
      inMs(first),
      `<= ${BARS.firstMs} ms`,
      first <= BARS.firstMs,
    ),
    line(
      `a step forward or back at ${events} events, 99 of 100`,
      inMs(ms),
      `<= ${BARS.stepMs} ms`,
      ms <= BARS.stepMs,
    ),
  ];
  return good.every(Boolean);
}
