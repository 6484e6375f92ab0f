// Where the page begins: with the runs that stand in it, or with what its server offers.

import { render } from 'preact';
import type { Language } from '../../report/texts/index.ts';
import { received } from '../carry.ts';
import { scenarios } from './api.ts';
import { App } from './app.tsx';
import './style.css';

const root = document.getElementById('app');
const recorded = document.getElementById('recorded')?.textContent ?? null;
const asked = document.documentElement.dataset['lang'] ?? navigator.language;
const first: Language = asked.startsWith('zh') ? 'zh' : 'en';

/** The recorded runs that stand in the page. */
async function inflated(base64: string): Promise<string> {
  const units = atob(base64);
  // By hand: Uint8Array.from goes by an iterator, which takes a fifth of opening a long run.
  const bytes = new Uint8Array(units.length);
  for (let at = 0; at < units.length; at++) bytes[at] = units.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return await new Response(stream).text();
}

async function begin(): Promise<void> {
  if (!root) return;
  const runs = recorded === null ? null : received(await inflated(recorded));
  const offered = runs ? [] : await scenarios();
  render(<App recorded={runs} scenarios={offered} first={first} />, root);
}

begin().catch((error: unknown) => {
  if (root) root.textContent = String(error);
});
