// Scenarios of a service that receives, their runs, and what these left.

import { readScenarioFile } from '../../src/scenarios/flow-file.ts';
import { allParameters, mergeSettings, readFaults, readInput } from '../../src/scenarios/index.ts';
import { type Json, type RunResult, run, type Scenario } from '../../src/sim/index.ts';

/**
 * A service that takes from `q`, and one that puts there what is asked, each when it is asked. The
 * numbers taken are rows of `got`; -1 stands for nothing.
 */
export function taking(
  flow: string,
  how: string,
  requests: readonly string[],
  more = '',
): Scenario {
  const steps = flow.trim().split('\n');
  return readScenarioFile(
    `databases:
  shop: CREATE TABLE got (id INTEGER PRIMARY KEY, v INT, who VARCHAR(9));
queues: [q, other]
parameters: { n: 0 }
services:
  shop:
    entries:
      put: { transaction: none, flow: [{ send: q, body: { v: :n } }] }
      take:
        transaction: ${how}
        flow:
${steps.map((line) => `          ${line}`).join('\n')}
${more}requests:
${requests.map((one) => `  - { entry: shop.${one} }`).join('\n')}
`,
    'taking.yaml',
  );
}

export const STORE = `- receive: q
  timeout: :ms
  when: { none: nothing }
- name: storing
  sql: INSERT INTO got (v) VALUES (:v)
  go-to: end
- name: nothing
  sql: INSERT INTO got (v) VALUES (-1)`;
export const WAITING = STORE.replace(':ms', '500');
export const AT_ONCE = STORE.replace('\n  timeout: :ms', '');

export const put = (n: number, atMs: number): string => `put, n: ${n}, atMs: ${atMs}`;
export const take = (atMs: number): string => `take, atMs: ${atMs}`;

export function play(scenario: Scenario, ...fails: readonly string[]): RunResult {
  const asked = readFaults(scenario, fails);
  const parameters = allParameters(scenario, mergeSettings({}, asked));
  return run(scenario, readInput(scenario, parameters), asked.faults);
}

export const got = ({ after }: RunResult, name = 'v') =>
  (after['shop.got'] ?? []).map((row) => row[name]);

/** What is left in a queue, and how often it has come back. */
export const left = ({ queues }: RunResult, name = 'q') =>
  (queues.find(({ queue }) => queue === name)?.messages ?? []).map((one) => [
    (one.body as Readonly<Record<string, Json>>)['v'],
    one.redeliveries,
  ]);

export const receipts = ({ events }: RunResult) =>
  events.flatMap(({ atMs, happening }) =>
    happening.kind === 'polled' ? [[atMs, happening.message?.body['v'] ?? null]] : [],
  );
