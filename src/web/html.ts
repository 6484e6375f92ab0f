// The page as text: for a server, which gives its parts by themselves, and as one file that asks
// nobody for anything.

import { deflateSync } from 'node:zlib';
import type { Language } from '../report/texts/index.ts';
import { carried, type Titled } from './carry.ts';

/** What the page is made of, as the build left it. */
export interface Bundle {
  readonly script: string;
  readonly style: string;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

// In a script nothing but its end means anything to the reader of HTML.
const inScript = (text: string): string => text.replace(/<\/(?=script)/gi, '<\\/');
// Runs repeat themselves: an eighth of the text, which is also read sooner.
const inData = (text: string): string => deflateSync(text).toString('base64');

function page(title: string, language: Language | null, head: string, body: string): string {
  const lang = language === 'zh' ? 'zh-CN' : 'en';
  const chosen = language ? ` data-lang="${lang}"` : '';
  return `<!doctype html>
<html lang="${lang}"${chosen}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
${head}
</head>
<body>
<div id="app"></div>
${body}
</body>
</html>
`;
}

/** The page of a server, whose parts it gives as files. */
export const servedPage = (language: Language | null): string =>
  page(
    'Indoubt',
    language,
    '<link rel="stylesheet" href="/page.css">',
    '<script type="module" src="/page.js"></script>',
  );

/** Recorded runs as one page that needs nothing else. */
export function recordedPage(
  runs: readonly Titled[],
  { script, style }: Bundle,
  language: Language,
): string {
  const title = `${runs[0]?.showing.scenario ?? ''} · Indoubt`;
  const data = `<script type="text/plain" id="recorded">${inData(carried(runs))}</script>`;
  const head = `<style>${style}</style>`;
  return page(title, language, head, `${data}\n<script type="module">${inScript(script)}</script>`);
}
