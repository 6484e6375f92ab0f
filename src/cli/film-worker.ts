// A process that films what it is told on its input, and says what it filmed, or what is wrong.

import { readFileSync } from 'node:fs';
import { shootOrder } from '../report/view/shoot.ts';
import { findScenario } from '../scenarios/index.ts';
import { SandboxError } from '../sim/index.ts';
import { carried } from '../web/carry.ts';
import type { ApartOrder } from './apart.ts';
import { loadCatalogue } from './load.ts';

async function filmed(): Promise<string> {
  const { order, scenarios, steps, ms }: ApartOrder = JSON.parse(readFileSync(0, 'utf8'));
  const scenario = findScenario(await loadCatalogue(scenarios), order.scenario);
  const untilMs = performance.now() + (ms ?? Infinity);
  const goesOn = () => performance.now() < untilMs;
  const limits = steps === undefined ? { goesOn } : { steps, goesOn };
  return carried([{ title: '', showing: shootOrder(scenario, order, limits) }]);
}

filmed().then(
  (text) => process.stdout.write(text),
  (error: unknown) => {
    if (!(error instanceof SandboxError)) throw error;
    const { code, data } = error;
    process.stdout.write(JSON.stringify({ code, data }));
  },
);
