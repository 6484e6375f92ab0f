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
  const bytes = Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
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
