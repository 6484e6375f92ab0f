// Diagrams as they are printed: everything that can be run prints in every format and language,
// fits, and is well-formed.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { performRun } from '../../src/cli/run.ts';
import { runDiagram } from '../../src/report/diagram/run-diagram.ts';
import { sequenceOf } from '../../src/report/diagram/sequence.ts';
import { layOutSequence } from '../../src/report/diagram/sequence-layout.ts';
import { sequenceSvg } from '../../src/report/diagram/sequence-svg.ts';
import { type Layout, PLAIN, textsIn } from '../../src/report/index.ts';
import { catalogue, ROOT } from '../support.ts';
import { outside, readXml } from './xml.ts';

const CHAR = 7.3;
const layout = (width: number): Layout => ({ width, measure: stringWidth, paint: PLAIN });
const perform = (scenario: string, fails: readonly string[]) =>
  performRun(catalogue, { scenario, fails, settings: {}, seed: null });
const draw = (
  scenario: string,
  fails: readonly string[],
  format: 'svg' | 'mermaid' | 'text',
  language: 'en' | 'zh' = 'en',
) => runDiagram(perform(scenario, fails), format, layout(80), language);

const SHAFT = /^p\d+(->>|-->>|-\)|--\)|-x|--x)p\d+: \S/;
const STATEMENTS: readonly RegExp[] = [
  SHAFT,
  /^(participant|actor) p\d+ as \S/,
  /^Note (over p\d+(,p\d+)?|(left|right) of p\d+): \S/,
  /^(activate|deactivate) p\d+$/,
  /^(title |accTitle: |accDescr: )\S/,
];

/** What Mermaid's grammar would refuse, line by line. */
function mermaidProblems([first, ...lines]: readonly string[]): readonly string[] {
  const declared = new Set<string>();
  const active = new Map<string, number>();
  const problems = first === 'sequenceDiagram' ? [] : [`begins with ${first}`];
  for (const raw of lines) {
    const line = raw.trim();
    const [, id] = line.match(/^(?:participant|actor) (\w+)/) ?? [];
    if (id) declared.add(id);
    const used = line.replace(/:.*/, '').match(/\bp\d+\b/g) ?? [];
    if (used.some((one) => !declared.has(one))) problems.push(`undeclared: ${line}`);
    if (!STATEMENTS.some((one) => one.test(line))) problems.push(`no statement: ${line}`);
    const text = line.replace(/#\d+;/g, '');
    if (/[#;<>%]/.test(text.slice(text.indexOf(':')))) problems.push(`not escaped: ${line}`);
    const [, act, who = ''] = line.match(/^(activate|deactivate) (\w+)/) ?? [];
    if (act) active.set(who, (active.get(who) ?? 0) + (act === 'activate' ? 1 : -1));
    if ((active.get(who) ?? 0) < 0) problems.push(`inactive: ${line}`);
  }
  return problems;
}

const everything = [...catalogue.values()].map(({ id, namedFaults }) => {
  return [id, [[], ...Object.keys(namedFaults).map((name) => [name])]] as const;
});

describe('every run of the catalogue', () => {
  it.each(everything)('%s prints in every format', (id, ways) => {
    for (const fails of ways) {
      const report = perform(id, fails);
      for (const language of ['en', 'zh'] as const) {
        const [svg = ''] = runDiagram(report, 'svg', layout(80), language);
        expect(report.result.ending === 'horizon' || !svg.includes('still open')).toBe(true);
        expect(outside(svg, (text) => stringWidth(text) * 7.2)).toEqual([]);
        const mermaid = runDiagram(report, 'mermaid', layout(80), language);
        expect(mermaidProblems(mermaid)).toEqual([]);
        for (const width of [40, 80]) {
          for (const line of runDiagram(report, 'text', layout(width), language))
            expect(stringWidth(line), line).toBeLessThanOrEqual(width);
        }
      }
    }
  });
});

/** All that a file brings along when it runs: imports of types are gone by then. */
function broughtAlong(path: string, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  if (!path.startsWith('src/')) return seen;
  const text = readFileSync(join(ROOT, path), 'utf8');
  for (const [, names = '', from = ''] of text.matchAll(
    /^(?:im|ex)port ([^;]*?)from '([^']+)';/gm,
  )) {
    const onlyTypes = /^type |^\{(\s*type [^,}]+,?)+\s*\}/.test(names);
    if (!onlyTypes) broughtAlong(from.startsWith('.') ? join(dirname(path), from) : from, seen);
  }
  return seen;
}

describe('SVG', () => {
  it.each(['sequence-svg', 'chart-svg', 'sequence'])('%s runs in a browser', (name) => {
    const all = [...broughtAlong(`src/report/diagram/${name}.ts`)];
    expect(all.length).toBeGreaterThan(3);
    expect(all.filter((path) => !path.startsWith('src/report/'))).toEqual([]);
  });

  const report = perform('ticket-saga', ['crash-after-commit']);
  const { events } = report.result;
  const sequence = sequenceOf(events, ['order', 'ticket', 'user']);
  const words = {
    heading: { title: 'a < b & "c"', notes: [], ending: '' },
    texts: textsIn('en'),
    measure: stringWidth,
    numbered: false,
  };

  it('tells itself: a role, a title, and every row in words', () => {
    const elements = readXml(draw('ticket-saga', ['crash-after-commit'], 'svg')[0] ?? '');
    const [svg, title, desc] = elements;
    expect(svg?.attributes).toMatchObject({ role: 'img' });
    expect([title?.name, desc?.name]).toEqual(['title', 'desc']);
    expect(title?.text).toContain('ticket-saga');
    expect(desc?.text).toContain('18 ms, broker → user: pay · receives order:pay #3');
    expect(desc?.text).toContain('user is down from 24 to 1024 ms');
    expect(desc?.text).toContain('half-committed');
  });

  it('says which event each part belongs to, down to both ends of a call', () => {
    const elements = readXml(sequenceSvg(sequence, words));
    const marked = new Set(elements.map(({ attributes }) => attributes['data-event']));
    for (const { event, sent } of sequence.rows) {
      expect(marked).toContain(String(event.id));
      if (sent) expect(marked).toContain(String(sent.id));
    }
    const began = events.filter(({ happening }) => happening.kind === 'began');
    for (const { id } of began) expect(marked).toContain(String(id));
  });

  it('marks the event where one stands, or the row before an event without one', () => {
    const current = (id: number) =>
      readXml(sequenceSvg(sequence, words, id))
        .filter(({ attributes }) => attributes['class'] === 'row current')
        .map(({ attributes }) => Number(attributes['data-event']));
    const began = events.find(({ happening }) => happening.kind === 'began')?.id ?? 0;
    for (const { event } of sequence.rows) expect(current(event.id)).toEqual([event.id]);
    expect(current(began)[0]).toBeLessThan(began);
    expect(current(0)).toEqual([]);
  });

  it('escapes what means something to XML, and follows dark mode and paper', () => {
    const svg = sequenceSvg(sequence, words);
    expect(readXml(svg)[1]?.text).toBe('a < b & "c"');
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
    expect(svg).toContain('@media print');
    expect(svg).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });

  it('has words that overlap no other words', () => {
    for (const fails of [['crash-after-commit'], ['duplicate-locked'], ['timeout']]) {
      const one = sequenceOf(perform('ticket-saga', fails).result.events, [
        'order',
        'ticket',
        'user',
      ]);
      const { rows, columns } = layOutSequence(one, words);
      rows.forEach(({ top, bottom, lines }, at) => {
        expect(top).toBeGreaterThanOrEqual(rows[at - 1]?.bottom ?? 0);
        expect(bottom - top).toBeGreaterThanOrEqual(lines.length * 15);
        const { lifeline, arrow } = one.rows[at] ?? {};
        const own = columns[lifeline ?? -1];
        if (arrow || !own) return;
        const widest = Math.max(...lines.map((line) => stringWidth(line) * CHAR));
        expect(own.x + widest).toBeLessThanOrEqual(own.right);
      });
    }
  });

  it('looks the same every time', () => {
    const [one, other] = [1, 2].map(() => draw('jta-xa', ['crash-after-log'], 'svg'));
    expect(one).toEqual(other);
  });
});

describe('text', () => {
  it('draws arrows, brackets, gaps and signs', () => {
    const text = draw('ticket-saga', ['crash-after-commit'], 'text').join('\n');
    expect(text).toMatch(/ms +outside +order +ticket +user +broker/);
    expect(text).toMatch(/ 0 +│─+►┃ /);
    expect(text).toMatch(/┃─+►│ +order:new #1/);
    expect(text).toMatch(/┌┃◄─+│ +new · receives order:new #1/);
    expect(text).toMatch(/╳ +│ +! the service crashes/);
    expect(text).toMatch(/┊╌+►│ +↻ order:pay returns/);
    expect(text).toMatch(/○ +│ +the service is up again/);
    expect(text).toMatch(/● {8}│ {6}│ {7}↩ unlocking · UPDATE/);
  });

  it('ends what is lost before it arrives, and marks what comes twice', () => {
    const lost = draw('ticket-saga', ['lose@order.locked.sending-pay'], 'text').join('\n');
    expect(lost).toMatch(/┃─+╳ +│ +! acknowledging · order:pay is lost/);
    const twice = draw('ticket-saga', ['duplicate-locked'], 'text').join('\n');
    expect(twice).toMatch(/┃╌+►│ +⇉ copy · order:locked #3/);
  });

  it('has letters for lifelines where there is no room for names', () => {
    const narrow = runDiagram(perform('ticket-saga', []), 'text', layout(60), 'zh').join('\n');
    expect(narrow).toContain('A 外部  B order  C ticket  D user  E 消息代理');
  });
});

describe('Mermaid', () => {
  it('crosses what is lost, dashes what comes again, and notes transactions', () => {
    const lost = draw('ticket-saga', ['lose@order.locked.sending-pay'], 'mermaid').join('\n');
    expect(lost).toMatch(/p1-xp\d+: 16 ms · ! acknowledging · order:pay is lost/);
    const crash = draw('ticket-saga', ['crash-after-commit'], 'mermaid').join('\n');
    expect(crash).toMatch(/p4--\)p3: 1026 ms · ↻ pay · receives order:pay/);
    expect(crash).toContain('Note left of p3: └ ✓ transaction 1 at user: committed');
    expect(crash).toContain('Note over p3: ╳ user is down from 24 to 1024 ms');
  });
});
