// The tutorial's chapter on exploring: its saga breaks as it says, and holds once it is mended.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import '../../src/cli/vitest.ts';
import { transfer } from '../../docs/tutorial/12-exploring/transfer.ts';
import { explore, toHold } from '../../src/index.ts';
import { ROOT } from '../support.ts';

const chapter = (language: string) =>
  readFileSync(`${ROOT}docs/tutorial/12-exploring.${language}.md`, 'utf8');

describe('the transfer', () => {
  it('is right while nothing fails', async () => {
    await expect(transfer(false)).toHold({ faults: 0 });
  });

  it('is broken by one fault, as the chapter shows', async () => {
    const { findings, text } = await explore(transfer(false), { kinds: ['crash'] });
    expect(findings).toMatchObject([{ property: 'money-conserved' }]);
    expect(findings[0]?.faults).toHaveLength(1);
    const shown = text.split('\n').filter((line) => line.trim() !== '');
    for (const language of ['en', 'zh']) {
      const [block = ''] = chapter(language).match(/(?<=```text\n)[^`]*/) ?? [];
      const lines = block.split('\n').filter((line) => line.trim() !== '' && line !== '…');
      expect(lines.length).toBeGreaterThan(10);
      for (const line of lines) expect(shown).toContain(line);
    }
  });

  it('holds once each bank books a transfer only once, unless a message is lost', async () => {
    const kinds = [
      'crash',
      'crash-db',
      'crash-broker',
      'duplicate',
      'error',
      'disconnect',
    ] as const;
    await expect(transfer(true)).toHold({ faults: 2, kinds });
    await expect(transfer(true)).not.toHold({ faults: 1, kinds: ['lose'] });
  });
});

// Without what a formatter may do as it likes.
const bare = (code: string): string => code.replace(/\s/g, '').replace(/,(?=[\])}])/g, '');

it.each(['en', 'zh'])('shows code that is there (%s)', (language) => {
  const code = ['docs/tutorial/12-exploring/transfer.ts', 'test/explore/tutorial.test.ts']
    .map((path) => readFileSync(`${ROOT}${path}`, 'utf8'))
    .join('');
  const blocks = chapter(language)
    .split('```')
    .filter((block) => block.startsWith('ts\n'));
  expect(blocks.length).toBeGreaterThan(5);
  for (const block of blocks) {
    expect(bare(code)).toContain(bare(block.slice(2).trimEnd().replace(/[;,]$/, '')));
  }
});

it('prints the counterexample as the failure message of the matcher', async () => {
  const { pass, message } = await toHold(transfer(false));
  expect(pass).toBe(false);
  expect(message()).toContain('sim replay 2.transfer.');
  expect(message()).toContain('◆ led to the break');
});
