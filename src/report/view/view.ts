// One view of a run at a step, for all surfaces: terminal, page and file show this and nothing
// else, so they agree. A pure function of the filmed run, the step and the language.

import type { Film, Frame, QueuedMessage, TraceEvent, Whereabouts } from '../../sim/index.ts';
import { isAlarming, isNumbered, phrase } from '../telling.ts';
import { type Language, textsIn } from '../texts/index.ts';
import { viewTexts } from '../texts/view.ts';
import { type Choices, choicesAt, tookAt } from './choices.ts';
import { fatesAt } from './crash.ts';
import { breaksOf, frameAt, lastStep, type Showing } from './showing.ts';
import { type TableView, tablesAt } from './tables.ts';

/** An event in words. */
interface Told {
  readonly event: number;
  readonly atMs: number;
  readonly service: string | null;
  readonly text: string;
  readonly isAlarming: boolean;
}

interface MachineView {
  readonly service: string;
  readonly isUp: boolean;
  /** Its runs of handlers that are under way, each with the state its machine is in. */
  readonly runs: readonly {
    readonly execution: number;
    readonly handler: string;
    readonly state: string;
    readonly waits: boolean;
  }[];
}

interface MessageView {
  readonly id: number;
  readonly body: string;
  readonly state: Whereabouts;
  /** Where it is, how often it was redelivered, and where it came from if it is dead. */
  readonly about: string;
  readonly isFresh: boolean;
}

export interface QueueView {
  readonly queue: string;
  readonly ready: number;
  readonly inFlight: number;
  readonly redelivered: number;
  /** Whether these are dead letters. */
  readonly isDead: boolean;
  readonly messages: readonly MessageView[];
}

/** A property as a lamp. */
export interface Lamp {
  readonly property: string;
  readonly text: string;
  /** Null if that is said only at the end. */
  readonly holds: boolean | null;
  /** The step since which it is broken, if it is by now. */
  readonly since: number | null;
  /** The first step of the whole run after which it is broken; null if none is. */
  readonly first: number | null;
  readonly state: string;
}

export interface View extends Choices {
  readonly step: number;
  readonly last: number;
  readonly atMs: number;
  /** Which step was taken last; null at the beginning. */
  readonly took: string | null;
  /** What it did. */
  readonly happened: readonly Told[];
  /** What led to it, the first cause first. */
  readonly why: readonly Told[];
  /** What one should know of it; empty if nothing. */
  readonly lessons: readonly string[];
  readonly machines: readonly MachineView[];
  /** Databases and the broker, where they are down. */
  readonly down: readonly string[];
  readonly tables: readonly TableView[];
  readonly queues: readonly QueueView[];
  readonly locks: readonly string[];
  readonly waits: readonly string[];
  /** What a crash of everything would leave, beside what was there at the beginning. */
  readonly durable: readonly string[];
  /** What it would not. */
  readonly volatile: readonly string[];
  readonly lamps: readonly Lamp[];
  /** The outcome, at the end. */
  readonly ending: { readonly word: string; readonly text: string } | null;
}

const WHY_MAX = 5;

type Say = { readonly showing: Showing; readonly language: Language };

function teller({ showing, language }: Say): (event: TraceEvent) => Told {
  const texts = textsIn(language);
  const numbered = isNumbered(showing.film.events);
  return (event) => ({
    event: event.id,
    atMs: event.atMs,
    service: event.place.service,
    text: phrase(event, texts, numbered),
    isAlarming: isAlarming(event.happening),
  });
}

const SILENT: readonly string[] = ['inspected'];

/** The events of the step that led to a frame. */
export function eventsOf({ film }: Showing, step: number): readonly TraceEvent[] {
  const from = step === 0 ? 0 : frameAt(film, step - 1).events;
  const events = film.events.slice(from, frameAt(film, step).events);
  return events.filter(({ happening }) => !SILENT.includes(happening.kind));
}

/** The events that led to one, the first cause first, without itself. */
function causesOf({ film }: Showing, event: TraceEvent | undefined): readonly TraceEvent[] {
  const causes: TraceEvent[] = [];
  // Events are numbered from 1, without gaps.
  let at = event?.cause === null || !event ? undefined : film.events[event.cause - 1];
  for (
    ;
    at && causes.length < WHY_MAX;
    at = at.cause === null ? undefined : film.events[at.cause - 1]
  )
    causes.unshift(at);
  return causes;
}

function machinesAt({ services }: Showing, { runs, down }: Frame): readonly MachineView[] {
  return services.map((service) => ({
    service,
    isUp: !down.includes(service),
    runs: runs
      .filter((run) => run.service === service)
      .map(({ execution, handler, state, waits }) => ({ execution, handler, state, waits })),
  }));
}

function queuesAt({ showing, language }: Say, step: number): readonly QueueView[] {
  const words = viewTexts[language];
  const [before, now] = [frameAt(showing.film, step - 1), frameAt(showing.film, step)];
  const about = ({ state, deliveryCount, originalQueue }: QueuedMessage): string =>
    [
      words.whereabouts[state],
      ...(deliveryCount > 1 ? [words.delivery(deliveryCount)] : []),
      ...(originalQueue === null ? [] : [words.from(originalQueue)]),
    ].join(', ');
  return now.queues.map(({ queue, messages }, at) => {
    const old = new Map(before.queues[at]?.messages.map((one) => [one.id, JSON.stringify(one)]));
    const count = (test: (message: QueuedMessage) => boolean) => messages.filter(test).length;
    return {
      queue,
      ready: count(({ state }) => state === 'ready' || state === 'delayed'),
      inFlight: count(({ state }) => state !== 'ready' && state !== 'delayed'),
      redelivered: count(({ deliveryCount }) => deliveryCount > 1),
      isDead: messages.some(({ originalQueue }) => originalQueue !== null),
      messages: messages.map((message) => ({
        id: message.id,
        body: JSON.stringify(message.body),
        state: message.state,
        about: about(message),
        isFresh: step > 0 && old.get(message.id) !== JSON.stringify(message),
      })),
    };
  });
}

/** Who has a transaction open: a handler by its name, or nobody. */
function ownerOf(
  { runs }: Pick<Frame, 'runs'>,
  database: string,
  transaction: number,
): string | null {
  const owner = runs.find(({ transactions, aside }) =>
    [transactions, ...aside].some((open) => open[database] === transaction),
  );
  return owner ? `${owner.service}.${owner.handler}` : null;
}

/** Lines that are alike, as one. */
function together(lines: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} ×${count}`));
}

function kept(film: Film, step: number, language: Language): Pick<View, 'durable' | 'volatile'> {
  const { stays, lost } = fatesAt(film, step);
  const words = viewTexts[language];
  const durable = stays.length > 0 ? stays.map(words.stays) : [words.staysAsBegun];
  return { durable, volatile: together(lost.map(words.lost)) };
}

function lampsAt({ showing, language }: Say, step: number): readonly Lamp[] {
  const words = viewTexts[language];
  const breaks = breaksOf(showing.film);
  const isOver = step >= lastStep(showing.film) && showing.film.ending === 'at-rest';
  return showing.properties
    .filter(({ when }) => when !== 'sometimes')
    .map(({ id, when, text }) => {
      const first = breaks.get(id);
      const since = first !== undefined && first <= step ? first : null;
      const holds = since !== null ? false : when === 'always' || isOver ? true : null;
      const state = since !== null ? words.broken(since) : holds ? words.holds : words.open;
      return { property: id, text: text[language], holds, since, first: first ?? null, state };
    });
}

/** What a person should see of a run at a step. */
export function viewOf(showing: Showing, step: number, language: Language): View {
  const { film, outcome } = showing;
  const say = { showing, language };
  const words = viewTexts[language];
  const frame = frameAt(film, step);
  const events = eventsOf(showing, step);
  const tell = teller(say);
  const telling = events.find(({ happening }) => isAlarming(happening)) ?? events.at(-1);
  const kinds = new Set(events.map(({ happening }) => happening.kind));
  const own = frame.waits.filter(({ what }) => what !== 'decision');
  return {
    step,
    last: lastStep(film),
    atMs: frame.atMs,
    took: tookAt(showing, step, language),
    happened: events.map(tell),
    why: causesOf(showing, telling).map(tell),
    lessons: [...kinds].flatMap((kind) => words.lessons[kind] ?? []),
    machines: machinesAt(showing, frame),
    down: frame.down.filter((name) => !showing.services.includes(name)),
    tables: tablesAt(film, step),
    queues: queuesAt(say, step),
    locks: frame.locks.map(({ database, transaction, text, waiting }) => {
      const owner = ownerOf(frame, database, transaction) ?? words.nobody;
      return `${waiting ? '! ' : ''}${owner} (${database}#${transaction}): ${text}`;
    }),
    waits: together(
      own.map(({ who, what, of }) => {
        if (what === 'consumer') return who;
        return what === 'restart'
          ? `${who} ${words.wait[what]}`
          : `${who} ${words.wait[what]} ${of}`;
      }),
    ),
    ...kept(film, step, language),
    lamps: lampsAt(say, step),
    ...choicesAt(showing, step, language),
    ending:
      step >= lastStep(film)
        ? { word: textsIn(language).outcomes[outcome.word], text: outcome.text[language] }
        : null,
  };
}
