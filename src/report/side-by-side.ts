// Clients side by side: time runs down, each client that took part has a column, and below each
// step stands what it changed inside the database. Too narrow for columns, each line names its
// client instead.

import type { Inspection, Row, TraceEvent } from '../sim/index.ts';
import { EMPTY_INSIDE, insideLines, type NameOf } from './inside.ts';
import { hang, type Layout, padTo, wrap } from './layout.ts';
import { PAUSE_MS } from './telling.ts';
import type { Texts } from './texts/index.ts';

const TIME_WIDTH = 6;
const GAP = 2;
const COLUMN_MIN = 21;
const SILENT: readonly string[] = ['requested', 'ended', 'at-rest', 'inspected'];
const ALARMING: readonly string[] = ['failed', 'blocked', 'struck', 'crashed', 'violated'];

const nameOfService = (service: string): string => service.toUpperCase();

/** Transactions are called as their client, or numbered where a client had several. */
function namesOf(events: readonly TraceEvent[]): NameOf {
  const began = events.flatMap(({ place, happening }) =>
    happening.kind === 'began' ? [{ service: place.service ?? '', id: happening.transaction }] : [],
  );
  return (transaction) => {
    const service = began.find(({ id }) => id === transaction)?.service;
    if (service === undefined) return `#${transaction}`;
    const own = began.filter((one) => one.service === service);
    return `${nameOfService(service)}${own.length > 1 ? `#${transaction}` : ''}`;
  };
}

const rowText = (row: Row): string =>
  Object.entries(row)
    .map(([column, value]) => `${column}=${value}`)
    .join(' ');

/** Tells events in words, and remembers who waits, to say of them that they go on. */
class Teller {
  readonly #texts: Texts;
  readonly #nameOf: NameOf;
  readonly #waiting = new Set<number | null>();

  constructor(texts: Texts, nameOf: NameOf) {
    this.#texts = texts;
    this.#nameOf = nameOf;
  }

  /** What was said, and what came of it, if that is to be told apart. */
  tell({ place, happening }: TraceEvent): readonly [said: string, answer?: string] {
    const { inside, happenings } = this.#texts;
    const goesOn = this.#waiting.delete(place.execution) ? '… ' : '';
    switch (happening.kind) {
      case 'began':
        return [`BEGIN (${happening.isolation})`];
      case 'queried': {
        const rows = happening.rows.map(rowText).join('; ') || inside.noRows;
        return [`${goesOn}${happening.sql}`, rows];
      }
      case 'changed':
        return [`${goesOn}${happening.sql}`, happenings.changed(happening)];
      case 'blocked': {
        this.#waiting.add(place.execution);
        const holders = happening.waitsFor.map(this.#nameOf).join(', ');
        return [`! ${happening.sql}`, inside.waitsFor(holders)];
      }
      case 'failed': {
        const words = happenings.failed(happening);
        return happening.sql ? [`! ${goesOn}${happening.sql}`, words] : [`! ${words}`];
      }
      case 'committed':
        return ['✓ COMMIT'];
      case 'rolled-back':
        return ['× ROLLBACK'];
      default: {
        const say = happenings[happening.kind] as (one: typeof happening) => string;
        return [`${ALARMING.includes(happening.kind) ? '! ' : ''}${say(happening)}`];
      }
    }
  }
}

/** The columns, or where there is no room for them, one column whose lines name the client. */
class Columns {
  readonly #names: readonly string[];
  readonly #layout: Layout;
  readonly #width: number;
  readonly #beside: boolean;

  constructor(names: readonly string[], layout: Layout) {
    this.#names = names;
    this.#layout = layout;
    const room = layout.width - TIME_WIDTH - GAP;
    this.#width = Math.floor((room - GAP * (names.length - 1)) / names.length);
    this.#beside = this.#width >= COLUMN_MIN;
  }

  header(): string {
    const { measure } = this.#layout;
    const names = this.#names.map(nameOfService);
    const shown = this.#beside
      ? names.map((name) => padTo(name, this.#width + GAP, measure)).join('')
      : names.join('  ');
    return `${'ms'.padStart(TIME_WIDTH)}  ${shown}`.trimEnd();
  }

  /** The lines of one event, without the time before the first of them. */
  lines(service: string | null, [said, answer]: ReturnType<Teller['tell']>): readonly string[] {
    const { width, measure } = this.#layout;
    const at = this.#names.indexOf(service ?? '');
    const isBeside = this.#beside && at >= 0;
    const label = isBeside || service === null ? '' : `${nameOfService(service)}  `;
    const indent = isBeside ? ' '.repeat(at * (this.#width + GAP)) : ' '.repeat(measure(label));
    const room = isBeside ? this.#width : width - TIME_WIDTH - GAP - measure(label);
    const whole = `${said} → ${answer}`;
    const texts =
      answer === undefined
        ? wrap(said, room, measure)
        : measure(whole) <= room
          ? [whole]
          : [...wrap(said, room, measure), ...hang('→ ', answer, { ...this.#layout, width: room })];
    return texts.map((text, line) => `${line === 0 && !isBeside ? label : indent}${text}`);
  }
}

function colourOf({ happening: { kind } }: TraceEvent, { paint }: Layout) {
  if (ALARMING.includes(kind)) return paint.bad;
  if (kind === 'rolled-back') return paint.warn;
  return kind === 'committed' ? paint.good : (text: string) => text;
}

/** What the server did to a transaction that failed for good, between two looks inside. */
function victimIn(events: readonly TraceEvent[], before: Inspection, nameOf: NameOf) {
  const failed = events.find(({ happening }) => {
    return happening.kind === 'failed' && happening.failure.code === 'deadlock';
  });
  const name = nameOfService(failed?.place.service ?? '');
  const victim = before.transactions.find(({ transaction }) => nameOf(transaction) === name);
  return victim?.transaction ?? null;
}

/** The lines of a run of clients side by side. `services` are its columns, from left to right. */
export function sideBySide(
  events: readonly TraceEvent[],
  services: readonly string[],
  layout: Layout,
  texts: Texts,
): readonly string[] {
  const { paint } = layout;
  const spoke = events.filter(({ happening }) => !SILENT.includes(happening.kind));
  const present = services.filter((name) => spoke.some(({ place }) => place.service === name));
  const columns = new Columns(present, layout);
  const nameOf = namesOf(events);
  const teller = new Teller(texts, nameOf);
  const inside = new Map<string, Inspection>();
  const indent = layout.width < 2 * COLUMN_MIN ? 4 : TIME_WIDTH + GAP + 2;
  const lines = [paint.bold(columns.header())];
  let lastMs = 0;
  let since: TraceEvent[] = [];
  for (const event of events) {
    const { happening, atMs, place } = event;
    if (happening.kind === 'inspected') {
      const { inspection } = happening;
      const before = inside.get(inspection.database) ?? EMPTY_INSIDE;
      const victim = victimIn(since, before, nameOf);
      for (const { label, text } of insideLines(
        { before, after: inspection },
        nameOf,
        texts,
        victim,
      )) {
        const shown = hang(`${' '.repeat(indent)}${label} `, text, layout);
        lines.push(...shown.map(paint.dim));
      }
      inside.set(inspection.database, inspection);
      since = [];
    }
    if (SILENT.includes(happening.kind)) continue;
    since.push(event);
    if (atMs - lastMs >= PAUSE_MS) {
      lines.push(paint.dim(`${'⋮'.padStart(TIME_WIDTH)}  ${texts.run.skipped(atMs - lastMs)}`));
    }
    lastMs = atMs;
    const colour = colourOf(event, layout);
    columns.lines(place.service, teller.tell(event)).forEach((line, at) => {
      const time = (at === 0 ? String(atMs) : '').padStart(TIME_WIDTH);
      lines.push(`${paint.dim(time)}${' '.repeat(GAP)}${colour(line)}`);
    });
  }
  return lines;
}
