// Judges a prediction: every value that was asked for against what the run left, and where it is
// wrong, which event decided it. Of the queues: predict-queues.ts.

import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Report } from '../report/index.ts';
import { type Catalogue, findScenario } from '../scenarios/index.ts';
import type { TraceEvent } from '../sim/index.ts';
import { type Asked, alike, type Happening, last, nothingElse, said, shown } from './asked.ts';
import { readAnswer } from './breaking.ts';
import type { Engine } from './engine.ts';
import { countItem, messageItems } from './predict-queues.ts';
import type { PredictData } from './shape.ts';
import { type Item, type Verdict, verdictOf } from './verdict.ts';

const value = z.union([z.null(), z.number(), z.string(), z.boolean()]);
const list = z.array(z.record(z.string(), value)).nullable();
const count = z.number().nullable();

/** What can be answered: of a queue a number, or a list where its messages are asked for. */
function answerShape({ ask }: PredictData) {
  const entries = Object.entries(ask.queues).map(([queue, asked]) => {
    return [queue, asked === 'count' ? count : list] as const;
  });
  const queues = z
    .object(Object.fromEntries(entries))
    .partial()
    .catchall(z.union([count, list]));
  return z.strictObject({
    outcome: z.string().nullable().default(null),
    rows: z.record(z.string(), list).default({}),
    queues: queues.default({}),
  });
}
type Answer = z.infer<ReturnType<typeof answerShape>>;

/** A number where the messages are asked for, or the other way round, is told by its own name. */
function otherForm({ ask }: PredictData, [part, queue]: readonly string[]) {
  const asked = part === 'queues' && queue !== undefined ? ask.queues[queue] : undefined;
  if (asked === undefined || queue === undefined) return null;
  const reason = asked === 'count' ? 'no-number' : 'no-list';
  return { reason, detail: queue } as const;
}

/** The run that is to be predicted. */
function predictedRun(data: PredictData, catalogue: Catalogue, engine: Engine): Report {
  const { fail: fails, set: settings, input } = data;
  const scenario = findScenario(catalogue, data.scenario);
  return engine.run(scenario, { fails, settings, ...(input !== undefined && { document: input }) });
}

/** What decided a table's rows: the last to change it, or where nobody did, the last to read it. */
function decidedTable(report: Report, name: string): TraceEvent | null {
  const [database, table] = name.split('.');
  const touches = (kinds: readonly string[]) => (happening: Happening) => {
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
  const items = real.flatMap((row): readonly Asked[] => {
    const mine = given.find((one) => alike(one[key], row[key]));
    // A row that was not named loses as much as one of which all is wrong.
    return others.map((column) => {
      const id = `${table}[${key}=${row[key]}].${column}`;
      const isRight = mine !== undefined && alike(mine[column], row[column]);
      return {
        id,
        text: said(() => id),
        given: mine ? shown(mine[column]) : said((words) => words.noRow),
        points: 1,
        isRight,
        event: event(row),
      };
    });
  });
  const extra = given.filter((one) => !real.some((row) => alike(one[key], row[key])));
  const wrong = extra.map((one): Asked => {
    const id = `${table}[${key}=${shown(one[key]).en}]`;
    return {
      id,
      text: said(() => id),
      given: shown(one),
      points: 0,
      isRight: false,
      event: event(one),
    };
  });
  const isAnswered = answer.rows[table] !== undefined && answer.rows[table] !== null;
  const none = said((words) => words.noOtherRow(table));
  const [first] = extra;
  const decided = first ? event(first) : () => null;
  return [...items, nothingElse(table, none, extra, isAnswered, decided), ...wrong];
}

/** Judges a prediction. @throws SandboxError `bad-answer` */
export function judgePrediction(
  data: PredictData,
  catalogue: Catalogue,
  text: string,
  engine: Engine,
): Verdict {
  const answer = readAnswer(text, answerShape(data), (path) => otherForm(data, path));
  const report = predictedRun(data, catalogue, engine);
  const { outcome, rows, queues } = data.ask;
  const asked: Asked[] = Object.entries(rows).flatMap(([table, columns]) =>
    rowItems(answer, report, table, columns),
  );
  for (const [queue, fields] of Object.entries(queues)) {
    const given = answer.queues[queue];
    if (fields !== 'count') {
      asked.push(...messageItems(report, queue, fields, Array.isArray(given) ? given : null));
    } else asked.push(countItem(report, queue, Array.isArray(given) ? null : given));
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
    text: said((words) => words.outcome),
    points: outcome,
    earned: isRight ? outcome : 0,
    given: shown(answer.outcome),
    evidence: isRight ? null : { kind: 'decided', event: decisive ?? null },
  };
  return verdictOf([verdict, ...items]);
}
