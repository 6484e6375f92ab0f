// The transaction managers against the real stack: for each measured case the same data, actions
// and fault must leave the same rows, messages and dead letters, after the same deliveries, the
// same statements and commits in the same order, and the same exception at the caller.

import { describe, expect, it } from 'vitest';
import {
  allParameters,
  mergeSettings,
  readFaults,
  readInput,
} from '../../../src/scenarios/index.ts';
import { type Row, type RunResult, run, type TraceEvent } from '../../../src/sim/index.ts';
import { scenarioOf } from '../../support.ts';
import { type Measured, type MeasuredException, measuredCase } from './cases.ts';
import { SETUPS, type Setup } from './setups.ts';

const DATABASES: Readonly<Record<string, string>> = {
  imooc_order: 'order',
  imooc_user: 'user',
};

function simulate({ scenario: id, fails = [], set = {}, document }: Setup): RunResult {
  const scenario = scenarioOf(id);
  const asked = readFaults(scenario, fails);
  const settings = allParameters(scenario, mergeSettings(set, asked));
  const result = run(scenario, readInput(scenario, settings, document), asked.faults);
  expect(result.neverStruck).toEqual([]);
  return result;
}

function rowsLike(measured: readonly Row[], own: readonly Row[], ids: boolean): readonly string[] {
  const columns = Object.keys(measured[0] ?? own[0] ?? {}).filter((name) => ids || name !== 'id');
  const plain = (rows: readonly Row[]) =>
    rows.map((row) =>
      JSON.stringify(columns.sort().map((column) => [column, row[column] ?? null])),
    );
  return ids ? plain(own) : plain(own).sort();
}

// Statements and ends of transactions as clients sent them, `verb database`. What the server rolls
// back by itself is not sent, and neither is the end of a transaction in which nothing was said. A
// statement that waits is sent once; a branch that is gone is asked for all the same.
function sent({ events }: RunResult): readonly string[] {
  const spoken = new Set<string>();
  const waiting = new Set<number | null>();
  return events.flatMap(({ place, happening }): readonly string[] => {
    const { service, execution, state } = place;
    if (service === 'other' || state === null) return [];
    switch (happening.kind) {
      case 'blocked':
      case 'queried':
      case 'changed': {
        spoken.add(`${execution} ${happening.database}`);
        const again = waiting.delete(execution);
        if (happening.kind === 'blocked') waiting.add(execution);
        return again ? [] : [`${happening.verb} ${happening.database}`];
      }
      case 'failed': {
        const [, database] = /^rolling-back-(.*)$/.exec(state) ?? [];
        return happening.failure.code === 'xaer-nota' ? [`rollback ${database}`] : [];
      }
      case 'committed':
      case 'rolled-back': {
        const { database, kind } = happening;
        const byServer = kind === 'rolled-back' && !state.startsWith('rolling-back');
        const silent = !happening.branch && !spoken.has(`${execution} ${database}`);
        if (byServer || silent) return [];
        return [`${kind === 'committed' ? 'commit' : 'rollback'} ${database}`];
      }
      default:
        return [];
    }
  });
}

const SENT = /^@(\d+) (?:SET STATEMENT .* FOR )?(?:XA )?(select|insert|update|commit|rollback)\b/i;

function measuredSent({ observed }: Measured): readonly string[] {
  const ports: Readonly<Record<string, string>> = { 3306: 'user', 3307: 'order' };
  return (observed.commitOrder ?? []).flatMap((line) => {
    const [, port = '', verb = ''] = SENT.exec(line) ?? [];
    if (port === '' || /connection_id/.test(line)) return [];
    return [`${verb.toLowerCase()} ${ports[port]}`];
  });
}

/** What callers were told, in the order of their requests; null is an answer, or nothing. */
function told({ events }: RunResult): readonly (MeasuredException | null)[] {
  const byExecution = new Map<number, MeasuredException | null>();
  for (const { place, happening } of events) {
    if (place.execution === null || place.service !== 'app') continue;
    if (!byExecution.has(place.execution)) byExecution.set(place.execution, null);
    if (happening.kind !== 'failed' || place.state !== 'throwing') continue;
    const { code, detail = '' } = happening.failure;
    const state = /outcome state is (.*)$/.exec(detail)?.[1];
    const name = { class: code, ...(state !== undefined && { outcomeState: state }) };
    byExecution.set(place.execution, name);
  }
  return [...byExecution.values()];
}

const simple = ({ class: name, outcomeState }: MeasuredException): MeasuredException => {
  const short = name.replace(/^.*\./, '');
  return { class: short, ...(outcomeState !== undefined && { outcomeState }) };
};

const bodyText = (body: unknown): string => {
  const { msg, name } = body as { readonly msg?: string; readonly name?: string };
  return msg ?? name ?? JSON.stringify(body);
};

const deliveryOf = ({ happening }: TraceEvent): readonly string[] => {
  if (happening.kind !== 'received') return [];
  const { queue, body, redelivered, deliveryCount } = happening.message;
  const flags = `JMSRedelivered=${redelivered} JMSXDeliveryCount=${deliveryCount}`;
  return [`${queue} body=${bodyText(body)} ${flags}`];
};

describe.each(Object.entries(SETUPS))('%s', (id, setup) => {
  const measured = measuredCase(id);
  const { observed } = measured;
  const result = simulate(setup);

  it('leaves the same rows', () => {
    for (const [name, rows] of Object.entries(observed.tables)) {
      const [schema = '', table = ''] = name.replace(/@\d+$/, '').split('.');
      const own = result.after[`${DATABASES[schema]}.${table}`] ?? [];
      const ids = setup.idsByChance !== true;
      expect(rowsLike(rows, own, ids)).toEqual(rowsLike(rows, rows, ids));
    }
  });

  it('leaves the same messages and dead letters', () => {
    const left = Object.fromEntries(result.queues.map(({ queue, messages }) => [queue, messages]));
    for (const [queue, messages] of Object.entries(observed.queues)) {
      if (queue === 'ActiveMQ.DLQ') continue;
      const own = (left[queue] ?? []).map(({ body }) => bodyText(body));
      expect([queue, own]).toEqual([queue, messages.map(({ body }) => body)]);
    }
    const dead = left['ActiveMQ.DLQ'] ?? [];
    const letters = observed.dlq ?? [];
    expect(dead.map(({ body, originalQueue }) => [bodyText(body), originalQueue])).toEqual(
      letters.map(({ body, originalDestination }) => [body, originalDestination]),
    );
  });

  it('makes the same deliveries, with the same counts and flags', () => {
    const wanted = (observed.deliveries ?? []).map((line) => line.replace('queue://', ''));
    expect(result.events.flatMap(deliveryOf)).toEqual(wanted);
  });

  it('sends the same statements and commits in the same order', () => {
    if (setup.document && id.startsWith('conc')) return;
    // Of some cases only one server's log was kept.
    const wanted = measuredSent(measured);
    const logged = new Set(wanted.map((line) => line.split(' ')[1]));
    const own = sent(result).filter((line) => logged.has(line.split(' ')[1]));
    expect(own).toEqual(wanted);
  });

  it('tells the caller the same exception', () => {
    const { exceptions } = observed;
    const own = told(result).filter((one) => one !== null);
    if (!exceptions) expect(own).toEqual([]);
    else if ('class' in exceptions) expect(own).toEqual([simple(exceptions as MeasuredException)]);
    else {
      const each = Object.values(exceptions).filter((one) => one !== null);
      expect(own).toEqual(each.map((one) => simple(one as MeasuredException)));
    }
  });
});
