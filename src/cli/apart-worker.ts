// A process that films or explores what it is told on its input, and says what came of it, or what
// is wrong. It keeps nothing, so that it can be ended at any moment.

import { readFileSync } from 'node:fs';
import { guarantee } from '../report/index.ts';
import { shootOrder } from '../report/view/shoot.ts';
import { findScenario } from '../scenarios/index.ts';
import { SandboxError } from '../sim/index.ts';
import { carried } from '../web/carry.ts';
import type { ApartExploration, ApartFilm, ApartOrder, SaidApart } from './apart.ts';
import { performExplore, requestFrom } from './explore.ts';
import { loadCatalogue } from './load.ts';

const PROGRESS_MS = 200;

const say = (said: SaidApart): void => {
  process.stdout.write(`${JSON.stringify(said)}\n`);
};

async function film({ order, scenarios, steps, ms }: ApartFilm): Promise<void> {
  const scenario = findScenario(await loadCatalogue(scenarios), order.scenario);
  const untilMs = performance.now() + (ms ?? Infinity);
  const goesOn = () => performance.now() < untilMs;
  const limits = steps === undefined ? { goesOn } : { steps, goesOn };
  process.stdout.write(carried([{ title: '', showing: shootOrder(scenario, order, limits) }]));
}

async function explore(order: ApartExploration): Promise<void> {
  const { code, step, faults, seconds, language, scenarios } = order;
  const catalogue = await loadCatalogue(scenarios);
  const flags = { faults: String(faults), time: `${seconds}s` };
  const request = requestFrom(catalogue, code, step, flags);
  let saidMs = performance.now();
  const report = await performExplore(catalogue, request, {
    onProgress: ({ states, steps, broken }) => {
      if (performance.now() - saidMs < PROGRESS_MS) return;
      saidMs = performance.now();
      say({ progress: { states: states ?? 0, steps, broken } });
    },
  });
  const findings = report.findings.map(({ property, faults: struck, report: found }) => {
    return { property, faults: struck, code: found.code };
  });
  say({ report: { guarantee: guarantee(report, language), findings } });
}

const order: ApartOrder = JSON.parse(readFileSync(0, 'utf8'));
const done = order.kind === 'film' ? film(order) : explore(order);
done.catch((error: unknown) => {
  if (!(error instanceof SandboxError)) throw error;
  const { code, data } = error;
  say({ code, data });
});
