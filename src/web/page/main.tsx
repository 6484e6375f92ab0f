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

async function begin(): Promise<void> {
  if (!root) return;
  const runs = recorded === null ? null : received(recorded);
  const offered = runs ? [] : await scenarios();
  render(<App recorded={runs} scenarios={offered} first={first} />, root);
}

begin().catch((error: unknown) => {
  if (root) root.textContent = String(error);
});
