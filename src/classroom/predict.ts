// Judges a prediction: every value that was asked for against what the run left, and where it is
// wrong, which event decided it.

import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Report } from '../report/index.ts';
import { type Catalogue, findScenario } from '../scenarios/index.ts';
import type { SqlValue, Text, TraceEvent } from '../sim/index.ts';
import { readAnswer } from './breaking.ts';
import type { Engine } from './engine.ts';
import type { PredictData } from './shape.ts';
import { type Item, type Verdict, verdictOf } from './verdict.ts';

const value = z.union([z.null(), z.number(), z.string(), z.boolean()]);
const answerShape = z.strictObject({
  outcome: z.string().nullable().default(null),
  rows: z.record(z.string(), z.array(z.record(z.string(), value)).nullable()).default({}),
  queues: z.record(z.string(), z.number().nullable()).default({}),
});
type Answer = z.infer<typeof answerShape>;

/** The run that is to be predicted. */
function predictedRun(data: PredictData, catalogue: Catalogue, engine: Engine): Report {
  const { fail: fails, set: settings, input } = data;
  const scenario = findScenario(catalogue, data.scenario);
  return engine.run(scenario, { fails, settings, ...(input !== undefined && { document: input }) });
}

const shown = (one: unknown): string => (one === undefined ? '–' : JSON.stringify(one));
const alike = (given: unknown, real: SqlValue | undefined): boolean => {
  if (typeof given === 'boolean') return real === Number(given);
  return given === real || (real === undefined && given === undefined);
};

/** The last event of those that could have decided something. */
function last(
  { result }: Report,
  decides: (happening: TraceEvent['happening']) => boolean,
): TraceEvent | null {
  return result.events.findLast(({ happening }) => decides(happening)) ?? null;
}

/** What decided a table's rows: the last to change it, or where nobody did, the last to read it. */
function decidedTable(report: Report, name: string): TraceEvent | null {
  const [database, table] = name.split('.');
  const touches = (kinds: readonly string[]) => (happening: TraceEvent['happening']) => {
    const isOfDatabase = 'database' in happening && happening.database === database;
    if (!isOfDatabase || !kinds.includes(happening.kind)) return false;
    return happening.kind === 'rolled-back' || ('table' in happening && happening.table === table);
  };
  // What was rolled back decides as much as what changed.
  return last(report, touches(['changed', 'rolled-back'])) ?? last(report, touches(['queried']));
}

// A parameter `customerId` is about a column `id`, and `name` about a column `user_name`.
function isAbout(parameter: string, column: string): boolean {
  const [one, other] = [parameter, column].map((name) => name.replaceAll('_', '').toLowerCase());
  return one !== undefined && other !== undefined && (one.endsWith(other) || other.endsWith(one));
}

type Spoken = 'changed' | 'queried';

/** The last statement of a kind that names this value of a table's column. */
function naming(report: Report, kind: Spoken, name: string, column: string, value: unknown) {
  const [database, table] = name.split('.');
  return last(report, (happening) => {
    if (happening.kind !== kind) return false;
    const isOfTable = happening.database === database && happening.table === table;
    const given = Object.entries(happening.params).filter(([own]) => isAbout(own, column));
    return isOfTable && given.some(([, one]) => alike(value, one));
  });
}

/** What last wrote this value of a table's column, or the rollback that undid it. */
function decidedValue(report: Report, name: string, column: string, value: unknown) {
  const change = naming(report, 'changed', name, column, value);
  if (change?.happening.kind !== 'changed') return null;
  const { database, transaction } = change.happening;
  if (transaction === null) return change;
  const began = last(report, (happening) => {
    if (happening.kind !== 'began') return false;
    return happening.database === database && happening.transaction === transaction;
  });
  // Whoever ends a branch in doubt knows its name, and not which transaction it was.
  const branch = began?.happening.kind === 'began' ? began.happening.branch : undefined;
  const undone = last(report, (happening) => {
    if (happening.kind !== 'rolled-back' || happening.database !== database) return false;
    if (happening.transaction === transaction) return true;
    return branch !== undefined && isDeepStrictEqual(happening.branch, branch);
  });
  return undone ?? change;
}

function decidesQueue(queue: string) {
  return (happening: TraceEvent['happening']): boolean => {
    if (happening.kind === 'dead-lettered' && queue === 'ActiveMQ.DLQ') return true;
    return 'message' in happening && happening.message?.queue === queue;
  };
}

type Asked = Omit<Item, 'earned' | 'evidence'> & {
  readonly isRight: boolean;
  readonly event: () => TraceEvent | null;
};

/** Each value of each row that is asked for, with a row that is there and one that is not. */
function rowItems(answer: Answer, report: Report, table: string, columns: readonly string[]) {
  const [key = '', ...others] = columns;
  const real = report.result.after[table] ?? [];
  const given = answer.rows[table] ?? [];
  const event = (row: Readonly<Record<string, unknown>>) => () => {
    // The first column names the row; but a key that the database made is in no statement.
    for (const column of columns) {
      const decided = decidedValue(report, table, column, row[column]);
      if (decided) return decided;
    }
    // Nobody changed it: whoever last looked at it let it be.
    return naming(report, 'queried', table, key, row[key]) ?? decidedTable(report, table);
  };
  const both = (text: string): Text => ({ en: text, zh: text });
  const items = real.flatMap((row): readonly Asked[] => {
    const mine = given.find((one) => alike(one[key], row[key]));
    // A row that was not named loses as much as one of which all is wrong.
    return others.map((column) => {
      const id = `${table}[${key}=${row[key]}].${column}`;
      const isRight = mine !== undefined && alike(mine[column], row[column]);
      return {
        id,
        text: both(id),
        given: shown(mine?.[column]),
        points: 1,
        isRight,
        event: event(row),
      };
    });
  });
  const extra = given.filter((one) => !real.some((row) => alike(one[key], row[key])));
  const wrong = extra.map((one): Asked => {
    const id = `${table}[${key}=${shown(one[key])}]`;
    return { id, text: both(id), given: shown(one), points: 0, isRight: false, event: event(one) };
  });
  const isAnswered = answer.rows[table] !== undefined && answer.rows[table] !== null;
  return [...items, noOthers(table, isAnswered && extra.length === 0, isAnswered), ...wrong];
}

// That a table has no further row, or none at all, is a prediction, too.
function noOthers(table: string, isRight: boolean, isAnswered: boolean): Asked {
  return {
    id: table,
    text: { en: `${table}: no other row`, zh: `${table}：没有别的行` },
    given: shown(isAnswered ? [] : undefined),
    points: 1,
    isRight,
    event: () => null,
  };
}

/** Judges a prediction. @throws SandboxError `bad-answer` */
export function judgePrediction(
  data: PredictData,
  catalogue: Catalogue,
  text: string,
  engine: Engine,
): Verdict {
  const answer = readAnswer(text, answerShape);
  const report = predictedRun(data, catalogue, engine);
  const { outcome, rows, queues } = data.ask;
  const asked: Asked[] = Object.entries(rows).flatMap(([table, columns]) =>
    rowItems(answer, report, table, columns),
  );
  for (const queue of queues) {
    const left = report.result.queues.find((one) => one.queue === queue)?.messages.length ?? 0;
    const given = answer.queues[queue];
    const event = () => last(report, decidesQueue(queue));
    const isRight = given === left;
    const text = { en: queue, zh: queue };
    asked.push({ id: queue, text, given: shown(given), points: 1, isRight, event });
  }
  const items = asked.map(({ isRight, event, ...item }): Item => {
    const evidence = isRight ? null : ({ kind: 'decided', event: event() } as const);
    return { ...item, earned: isRight ? item.points : 0, evidence };
  });
  if (outcome === undefined) return verdictOf(items);
  const { word } = report.result.outcome;
  const isRight = answer.outcome === word;
  const decisive = report.result.events.findLast(({ happening }) =>
    ['committed', 'rolled-back', 'crashed', 'dead-lettered'].includes(happening.kind),
  );
  const verdict: Item = {
    id: 'outcome',
    text: { en: 'the outcome', zh: '结局' },
    points: outcome,
    earned: isRight ? outcome : 0,
    given: shown(answer.outcome),
    evidence: isRight ? null : { kind: 'decided', event: decisive ?? null },
  };
  return verdictOf([verdict, ...items]);
}
