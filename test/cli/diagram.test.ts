// `--diagram` as a person meets it: a picture on standard output, and nothing else there.

import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { readXml } from '../report/xml.ts';
import { run, sim } from './sim.ts';

describe('sim run --diagram', () => {
  it('prints the diagram instead of the report, in each format', () => {
    const svg = run('--fail=deposit', '--diagram', 'svg');
    expect([svg.code, svg.err]).toEqual([0, '']);
    expect(readXml(svg.out)[0]?.name).toBe('svg');
    const mermaid = run('--fail=deposit', '--diagram', 'mermaid');
    expect([mermaid.code, mermaid.err]).toEqual([0, '']);
    expect(mermaid.out).toMatch(/^sequenceDiagram\n/);
    const text = run('--fail=deposit', '--diagram=text');
    expect([text.code, text.err]).toEqual([0, '']);
    expect(text.out).toContain('┃◄');
    expect(text.out).not.toContain('sim replay');
  });

  it('fits the terminal, in both languages', () => {
    for (const language of ['en', 'zh']) {
      const env = { COLUMNS: '40' };
      const { out } = sim(['run', 'ticket-saga', '--diagram', 'text', '--lang', language], { env });
      for (const line of out.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(40);
    }
    expect(run('--diagram', 'text', '--lang', 'zh').out).toContain('消息代理');
  });

  it('exits as the report does, with the verdict and the replay line on standard error', () => {
    const { code, out, err } = run('--fail=crash@user.pay.committing:after', '--diagram', 'text');
    expect(code).toBe(1);
    expect(out).not.toContain('sim replay');
    expect(err).toMatch(/^ticket-saga: .+\nsim replay \S+\n$/);
    const cut = run('--set', 'horizonMs=20', '--diagram', 'svg');
    expect([cut.code, readXml(cut.out)[0]?.name]).toEqual([3, 'svg']);
  });

  it('draws a replayed run as the run itself', () => {
    const [, replay = ''] = run('--fail=late-payment').out.match(/^sim replay (\S+)$/m) ?? [];
    const again = sim(['replay', replay, '--diagram', 'mermaid']);
    expect(again.code).toBe(0);
    expect(again.out).toBe(run('--fail=late-payment', '--diagram', 'mermaid').out);
    const part = sim(['replay', replay, '--upto', '5', '--diagram', 'text']);
    expect(part.out).toContain('stopped after 5 steps');
  });
});

describe('sim show --diagram', () => {
  const show = (...args: string[]) => sim(['show', 'ticket-saga', ...args]);

  it('draws all machines, or one with its current state', () => {
    const all = show('--diagram', 'text');
    expect(all.code).toBe(0);
    expect(all.out.match(/● begins/g)?.length).toBeGreaterThan(5);
    const one = show('--diagram', 'svg', '--handler', 'user.pay', '--state', 'charging');
    expect(one.code).toBe(0);
    const marked = readXml(one.out).filter(
      ({ attributes }) => attributes['class'] === 'state current',
    );
    expect(marked).toHaveLength(1);
  });
});

describe('what cannot be drawn', () => {
  it.each([
    [['run', 'ticket-saga', '--diagram', 'sgv'], 'did you mean svg?', 'svg, mermaid, text'],
    [['run', 'ticket-saga', '--diagram', 'text', '--json'], 'cannot both be', 'leave one'],
    [['run', 'ticket-saga', '--diagram', 'svg', '--reporter=ndjson'], 'cannot both', 'leave one'],
    [['replay', '2.x.y', '--diagram', 'text', '--then', 'explore'], 'cannot both', 'leave one'],
    [['show', 'ticket-saga', '--diagram', 'svg', '--handler', 'user.pya'], 'user.pay', 'valid'],
    [
      ['show', 'ticket-saga', '--diagram', 'svg', '--handler', 'user.pay', '--state', 'chargin'],
      'charging',
      'valid',
    ],
    [['show', 'ticket-saga', '--handler', 'user.pay'], '--diagram', 'svg, mermaid, text'],
  ])('%j', (args, message, fix) => {
    for (const language of ['en', 'zh']) {
      const { code, err } = sim([...args, '--lang', language]);
      expect(code).toBe(2);
      if (language === 'zh') continue;
      expect(err).toContain(message);
      expect(err).toContain(fix);
    }
  });

  it('is completed', () => {
    const { out } = sim(['completion', 'bash']);
    expect(out).toContain('--diagram) COMPREPLY=($(compgen -W "svg mermaid text"');
    expect(out).toMatch(/--handler\) COMPREPLY=\(\$\(compgen -W "[^"]*\buser\.pay\b/);
  });
});

it.each(['svg', 'mermaid', 'text'])('lets nothing in a run steer a terminal: %s', (format) => {
  const title = '\u001b[31m\u0000\r\n\u009b"&amp;';
  const input = JSON.stringify({ customerId: 1, title, amount: 100, ticketNum: 100 });
  const { code, out } = sim(['run', 'ticket-saga', '--input', '-', '--diagram', format], { input });
  expect(code).toBe(0);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not reach a terminal
  expect(out.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});
