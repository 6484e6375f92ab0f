// What the page asks of its server; a page from a file asks nothing.

import type { AskedWay, Showing } from '../../report/view/showing.ts';
import { received } from '../carry.ts';

/** Which run: a way through a scenario, or the code of a recorded one. */
export type Asked =
  | { readonly scenario: string; readonly way: AskedWay }
  | { readonly code: string };

export interface ScenarioName {
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly faults: readonly string[];
  /** Every choice of its parameters, and the names of the others: `pattern=saga`, `lagMs=`. */
  readonly settings: readonly string[];
}

/** What went wrong, in words. */
export class AskFailed extends Error {
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}

/** The server does not answer at all. */
export class ServerGone extends Error {}

async function ask(path: string, init: RequestInit = {}): Promise<string> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new ServerGone();
  }
  const text = await response.text();
  if (response.ok) return text;
  try {
    const { error } = JSON.parse(text) as { error: { message: string; fix: string } };
    throw new AskFailed(error.message, error.fix);
  } catch (error) {
    throw error instanceof AskFailed ? error : new AskFailed(text, '');
  }
}

const post = (path: string, body: unknown): Promise<string> =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

export async function scenarios(): Promise<readonly ScenarioName[]> {
  return JSON.parse(await ask('/api/scenarios')) as ScenarioName[];
}

/** Films a run on the server. */
export async function filmed(asked: Asked, language: string): Promise<Showing> {
  const [titled] = received(await post(`/api/film?lang=${language}`, asked));
  if (!titled) throw new AskFailed('nothing was filmed', '');
  return titled.showing;
}

/** The run as a page of its own. */
export const saved = (asked: Asked, language: string): Promise<string> =>
  post(`/api/page?lang=${language}`, asked);
