// The server of the local page: a function from requests to answers, without a socket. It answers
// only its own page, gives away only the files of its bundle, and limits what is asked of it.

import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { errorText } from '../report/error-report.ts';
import { type Language, textsIn } from '../report/texts/index.ts';
import { pageTexts } from '../report/texts/page.ts';
import { type FilmOrder, shootOrder, shootUnanswered } from '../report/view/shoot.ts';
import type { Showing } from '../report/view/showing.ts';
import {
  type Catalogue,
  decodeRecording,
  findScenario,
  parseSetting,
  scenarioOfCode,
} from '../scenarios/index.ts';
import { PACES, SandboxError, type Scenario } from '../sim/index.ts';
import { carried } from './carry.ts';
import { type Bundle, recordedPage, servedPage } from './html.ts';

const BODY_MAX = 64 * 1024;
const STEPS_MAX = 20_000;
const TIME_MAX_MS = 5000;

/** How far an exploration has come. */
export interface Progress {
  readonly states: number;
  readonly steps: number;
  readonly broken: readonly string[];
}

/** What an exploration is asked for: from which run, after how many steps, how many faults. */
export interface ExploreAsked {
  readonly code: string;
  readonly step: number;
  readonly faults: number;
}

/** What an exploration came to: what it proves, and the ways that break something. */
export interface ExploreReport {
  readonly guarantee: string;
  readonly findings: readonly {
    readonly property: string;
    readonly faults: readonly string[];
    readonly code: string;
  }[];
}

export interface ServerParts {
  readonly bundle: Bundle;
  /** By which names it may be called, with its port. */
  readonly hosts: () => readonly string[];
  /** As it is now: what was deleted from it is gone. */
  readonly catalogue: () => Promise<Catalogue>;
  /** Explores where it can be ended: at once, when the signal says so. */
  readonly explore: (
    asked: ExploreAsked,
    language: Language,
    watching: {
      readonly onProgress: (progress: Progress) => void;
      readonly signal: AbortSignal;
    },
  ) => Promise<ExploreReport>;
  /** Films where it can be ended; null if it had to be. For what runs SQL that somebody typed. */
  readonly apart: (order: FilmOrder, steps: number, ms: number) => Promise<Showing | null>;
  /** In ms, from any moment on. */
  readonly nowMs: () => number;
}

const wayShape = z.object({
  fails: z.array(z.string().max(300)).max(50),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  document: z.unknown().optional(),
  choices: z.array(z.object({ step: z.int().min(0), option: z.int().min(0) })).max(STEPS_MAX),
  pace: z.enum(PACES),
  watch: z.array(z.string().max(4000)).max(5),
});
const askedShape = z.union([
  z.object({ code: z.string().max(8000) }),
  z.object({ scenario: z.string().max(200), way: wayShape }),
]);
const exploreShape = z.object({
  code: z.string().max(8000),
  step: z.coerce.number().int().min(0),
  faults: z.coerce.number().int().min(0).max(3),
});

type Asked = z.infer<typeof askedShape>;

/** Which film is asked for. @throws SandboxError for what cannot be run */
function orderFor(scenario: Scenario, asked: Asked): FilmOrder {
  if ('code' in asked) return { kind: 'code', scenario: scenario.id, code: asked.code };
  // Checked as those of the command line are.
  const given = Object.entries(asked.way.settings);
  const settings = Object.fromEntries(
    given.map(([name, value]) => parseSetting(scenario, `${name}=${value}`)),
  );
  const document = asked.way.document as Showing['asked']['document'];
  const way = { ...asked.way, settings, document };
  return { kind: 'branch', scenario: scenario.id, asked: way };
}

/** Whether a document, which may hold SQL, goes with it. */
function hasDocument(scenario: Scenario, order: FilmOrder): boolean {
  const asked = order.kind === 'code' ? decodeRecording(scenario, order.code) : order.asked;
  return asked.document !== undefined;
}

/** Films what is asked for, within the limits. */
async function filmedFor(
  { catalogue, apart, nowMs }: Pick<ServerParts, 'catalogue' | 'apart' | 'nowMs'>,
  asked: Asked,
): Promise<Showing> {
  const id = 'code' in asked ? scenarioOfCode(asked.code) : asked.scenario;
  const scenario = findScenario(await catalogue(), id);
  const order = orderFor(scenario, asked);
  const isOpen = hasDocument(scenario, order);
  if (isOpen || (order.kind !== 'code' && order.asked.watch?.length)) {
    const showing = await apart(order, STEPS_MAX, TIME_MAX_MS);
    if (showing) return showing;
    if (isOpen || order.kind === 'code') throw new SandboxError('no-end', { scenario: id });
  }
  const untilMs = nowMs() + TIME_MAX_MS;
  const limits = { steps: STEPS_MAX, goesOn: () => nowMs() < untilMs };
  const isWatched = order.kind !== 'code' && order.asked.watch?.length;
  return isWatched ? shootUnanswered(scenario, order, limits) : shootOrder(scenario, order, limits);
}

const languageOf = (query: string | undefined): Language => (query === 'zh' ? 'zh' : 'en');

const HEADERS = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Whatever goes wrong, the answer says what, in the language that was asked for. */
function errorAnswer(error: unknown, language: Language) {
  if (error instanceof SandboxError) {
    const { message, fix } = errorText(error, textsIn(language));
    return { status: 400, error: { code: error.code, message, fix } } as const;
  }
  if (error instanceof z.ZodError) {
    const { path = [], message = '' } = error.issues[0] ?? {};
    const why = [path.join('.'), message].filter(Boolean).join(': ');
    const told = pageTexts[language].unreadable(why);
    return { status: 400, error: { code: 'bad-request', message: told, fix: '' } } as const;
  }
  if (error instanceof SyntaxError) {
    const told = pageTexts[language].unreadable(error.message);
    return { status: 400, error: { code: 'bad-json', message: told, fix: '' } } as const;
  }
  throw error;
}

/** The server, as a function from a request to its answer. */
export function pageServer(parts: ServerParts): Hono {
  const { bundle, hosts, catalogue, explore } = parts;
  const app = new Hono();
  app.use(async (context, next) => {
    const { host, origin } = context.req.header();
    const isOwn = hosts().includes(host ?? '');
    const isFromOwn = origin === undefined || hosts().some((name) => origin === `http://${name}`);
    if (!isOwn || !isFromOwn) return context.text('Forbidden: this page is local only.\n', 403);
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
    return;
  });
  const refuse = (context: Context) => {
    const { tooLarge } = pageTexts[languageOf(context.req.query('lang'))];
    return context.json(
      { error: { code: 'too-large', message: tooLarge(BODY_MAX), fix: '' } },
      413,
    );
  };
  app.use(bodyLimit({ maxSize: BODY_MAX, onError: refuse }));
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    const { status, error: told } = errorAnswer(error, languageOf(context.req.query('lang')));
    return context.json({ error: told }, status);
  });
  app.notFound((context) => context.text('Not found.\n', 404));

  app.get('/', (context) => {
    const asked = context.req.query('lang');
    return context.html(servedPage(asked === undefined ? null : languageOf(asked)));
  });
  app.get('/page.js', (context) =>
    context.body(bundle.script, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/page.css', (context) =>
    context.body(bundle.style, 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
  app.get('/api/scenarios', async (context) => {
    const all = await catalogue();
    return context.json(
      [...all.values()].map(({ id, title, namedFaults, parameters }) => {
        const settings = Object.entries(parameters).flatMap(([name, { expected }]) => {
          const { choices = [''] } = expected;
          return choices.map((choice) => `${name}=${choice}`);
        });
        return { id, title, faults: Object.keys(namedFaults), settings };
      }),
    );
  });
  app.post('/api/film', async (context) => {
    const asked = askedShape.parse(JSON.parse(await context.req.text()));
    const showing = await filmedFor(parts, asked);
    return context.text(carried([{ title: '', showing }]));
  });
  app.post('/api/page', async (context) => {
    const asked = askedShape.parse(JSON.parse(await context.req.text()));
    const showing = await filmedFor(parts, asked);
    const language = languageOf(context.req.query('lang'));
    return context.text(recordedPage([{ title: '', showing }], bundle, language));
  });
  app.get('/api/explore', (context) => {
    const asked = exploreShape.parse(context.req.query());
    const language = languageOf(context.req.query('lang'));
    return streamSSE(context, async (stream) => {
      const left = new AbortController();
      stream.onAbort(() => left.abort());
      const say = (event: string, data: object) =>
        stream.writeSSE({ event, data: JSON.stringify(data) });
      try {
        const onProgress = (progress: Progress) => void say('progress', progress);
        const { signal } = left;
        await say('report', await explore(asked, language, { onProgress, signal }));
      } catch (error) {
        await say('wrong', errorAnswer(error, language).error);
      }
    });
  });
  return app;
}
