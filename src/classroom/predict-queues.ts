// Judges what a prediction says of queues: how many messages lie there, or which ones, field by
// field and in their order.

import type { Report } from '../report/index.ts';
import type { TraceEvent } from '../sim/index.ts';
import { type Asked, alike, type Happening, last, nothingElse, said, shown } from './asked.ts';

type Body = Readonly<Record<string, unknown>>;
type Left = Report['result']['queues'][number]['messages'][number];

const DEAD_LETTERS = 'ActiveMQ.DLQ';

const leftIn = ({ result }: Report, queue: string): readonly Left[] =>
  result.queues.find((one) => one.queue === queue)?.messages ?? [];

function decidesQueue(queue: string) {
  return (happening: Happening): boolean => {
    if (happening.kind === 'dead-lettered' && queue === DEAD_LETTERS) return true;
    return 'message' in happening && happening.message?.queue === queue;
  };
}

/** How many messages lie in a queue. */
export function countItem(report: Report, queue: string, given: number | null | undefined): Asked {
  return {
    id: queue,
    text: said(() => queue),
    given: shown(given),
    points: 1,
    isRight: given === leftIn(report, queue).length,
    event: () => last(report, decidesQueue(queue)),
  };
}

/** What a happening says of a message: where it was then, and what was in it. */
function messageIn(happening: Happening): { readonly queue: string; readonly body: Body } | null {
  if ('message' in happening) return happening.message as { queue: string; body: Body } | null;
  if (
    ['sent', 'lost', 'put'].includes(happening.kind) &&
    'queue' in happening &&
    'body' in happening
  )
    return happening;
  return null;
}

/** What ended the session in which something happened: its commit, its rollback, or a crash. */
function endOf({ result }: Report, { id, place }: TraceEvent): TraceEvent | null {
  const end = result.events.find((event) => {
    if (event.id <= id) return false;
    const { happening } = event;
    if (happening.kind === 'crashed') return happening.what !== 'database';
    const isEnd = happening.kind === 'committed' || happening.kind === 'rolled-back';
    const isOwn = event.place.execution === place.execution;
    return isOwn && ((isEnd && happening.resource === 'session') || happening.kind === 'ended');
  });
  return end?.happening.kind === 'ended' ? null : (end ?? null);
}

/**
 * Why a message is not there that somebody expects: it was sent in a session that was undone; or it
 * was there, and what happened to it last took it away.
 */
function decidedAway(report: Report, queue: string, fields: readonly string[], expected: Body) {
  const { events } = report.result;
  const isMeant = ({ happening }: TraceEvent): boolean => {
    const message = messageIn(happening);
    if (!message || (queue !== DEAD_LETTERS && message.queue !== queue)) return false;
    return fields.every((field) => message.body[field] === expected[field]);
  };
  const meant = events.filter(isMeant);
  const published = meant.filter(({ happening }) => happening.kind === 'published');
  const undone = meant.findLast(({ happening, place }) => {
    const isOut = published.some((one) => one.place.execution === place.execution);
    return happening.kind === 'lost' || (happening.kind === 'sent' && !isOut);
  });
  const end = undone ?? meant.findLast(({ happening }) => happening.kind === 'received');
  const latest = meant.at(-1);
  if (latest?.happening.kind === 'dead-lettered' && queue !== DEAD_LETTERS) return latest;
  return (end && endOf(report, end)) ?? end ?? latest ?? last(report, decidesQueue(queue));
}

/** Which message was meant by which: the more of it is right, the sooner; else as they come. */
function pairs(
  real: readonly Left[],
  given: readonly Body[],
  fields: readonly string[],
): ReadonlyMap<number, number> {
  const paired = new Map<number, number>();
  const taken = new Set<number>();
  const rightIn = (one: Body, { body }: Left): number =>
    fields.filter((field) => alike(one[field], (body as Body)[field] as never)).length;
  for (let right = fields.length; right >= 0; right--) {
    for (const [at, message] of real.entries()) {
      if (paired.has(at)) continue;
      const mine = given.findIndex((one, by) => !taken.has(by) && rightIn(one, message) === right);
      if (mine < 0) continue;
      paired.set(at, mine);
      taken.add(mine);
    }
  }
  return paired;
}

/** The first message that stands behind one which it comes before; -1 if none does. */
function outOfOrder(real: readonly Left[], paired: ReadonlyMap<number, number>): number {
  let latest = -1;
  return real.findIndex((_, at) => {
    const mine = paired.get(at);
    if (mine === undefined) return false;
    const isBehind = mine > latest;
    latest = Math.max(latest, mine);
    return !isBehind;
  });
}

/** Each field that is asked of each message; that there are no others; and their order. */
export function messageItems(
  report: Report,
  queue: string,
  fields: readonly string[],
  answer: readonly Body[] | null,
): readonly Asked[] {
  const real = leftIn(report, queue);
  const given = answer ?? [];
  const paired = pairs(real, given, fields);
  const decided = (message: Left | undefined) => () =>
    last(report, (happening) => {
      const ends = queue === DEAD_LETTERS ? ['dead-lettered'] : ['published', 'returned'];
      if (!ends.includes(happening.kind) || !('message' in happening)) return false;
      return happening.message?.messageId === message?.messageId;
    }) ?? last(report, decidesQueue(queue));
  const items = real.flatMap((message, at) => {
    const mine = given[paired.get(at) ?? -1];
    return fields.map(
      (field): Asked => ({
        id: `${queue}[${at + 1}].${field}`,
        text: said((words) => words.message(queue, at + 1, field)),
        given: mine ? shown(mine[field]) : said((words) => words.noMessage),
        points: 1,
        isRight: mine !== undefined && alike(mine[field], (message.body as Body)[field] as never),
        event: decided(message),
      }),
    );
  });
  const kept = new Set(paired.values());
  const extra = given.filter((_, by) => !kept.has(by));
  const away = (one: Body | undefined) => () =>
    one ? decidedAway(report, queue, fields, one) : last(report, decidesQueue(queue));
  const wrong = extra.map(
    (one, at): Asked => ({
      id: `${queue}[+${at + 1}]`,
      text: said((words) => words.extraMessage(queue)),
      given: shown(one),
      points: 0,
      isRight: false,
      event: away(one),
    }),
  );
  const others = said((words) => words.noOtherMessage(queue));
  return [
    ...items,
    nothingElse(queue, others, extra, answer !== null, away(extra[0])),
    ...(real.length > 1 ? [orderItem()] : []),
    ...wrong,
  ];

  // Whoever named none of them has said nothing of their order.
  function orderItem(): Asked {
    const misplaced = outOfOrder(real, paired);
    const isAny = items.some(({ isRight }) => isRight);
    const order = [...paired].sort(([, one], [, other]) => one - other).map(([at]) => at + 1);
    return {
      id: `${queue}.order`,
      text: said((words) => words.order(queue)),
      given: shown(order.length > 0 ? order : undefined),
      points: 1,
      isRight: isAny && paired.size > 1 && misplaced < 0,
      event: decided(real[misplaced]),
    };
  }
}
