import { describe, expect, it } from 'vitest';
import { checkCatalogue } from '../../src/scenarios/check.ts';
import {
  buildCatalogue,
  decodeRecording,
  definitionOf,
  encodeRecording,
  endedAlike,
  findScenario,
  judge,
} from '../../src/scenarios/index.ts';
import type { Json, SandboxError } from '../../src/sim/index.ts';
import { CATALOGUE_TEXT, catalogue, runSaga, ticketSaga } from '../support.ts';

describe('findScenario', () => {
  it('names the nearest', () => {
    expect(() => findScenario(catalogue, 'ticket-sga')).toThrow('"nearest":"ticket-saga"');
  });
});

describe('judge', () => {
  const asked = (named: readonly string[], own = false) => ({ named, own });

  it('demands of one named fault exactly what the catalogue says', () => {
    const late = runSaga(['late-payment']);
    expect(judge(ticketSaga, asked(['late-payment']), late).asExpected).toBe(true);
    const innocent = judge(ticketSaga, asked(['deposit']), late);
    expect(innocent).toMatchObject({ asExpected: false, unexpected: ['finished-owns-ticket'] });
    const missed = judge(ticketSaga, asked(['late-payment']), runSaga());
    expect(missed).toMatchObject({ asExpected: false, missing: ['finished-owns-ticket'] });
  });

  it("allows a run of one's own what its named faults break, and nothing else", () => {
    const both = runSaga(['late-payment', 'duplicate-new']);
    const { asExpected, expectation } = judge(
      ticketSaga,
      asked(['late-payment', 'duplicate-new']),
      both,
    );
    expect([asExpected, expectation]).toEqual([true, null]);
    const own = judge(ticketSaga, asked([], true), runSaga(['crash@user.pay.committing:after']));
    expect(own).toMatchObject({ asExpected: false, unexpected: ['failed-not-charged'] });
  });
});

describe('a replay code', () => {
  const recording = {
    scenario: 'ticket-saga',
    definition: definitionOf(ticketSaga),
    fingerprint: 'the end',
    pace: 'timed' as const,
    fails: ['deposit'],
    settings: { amount: 7 },
    choices: [
      { step: 3, option: 2 },
      { step: 40, option: 1 },
    ],
    document: { orders: [] },
  };
  const code = encodeRecording(ticketSaga, recording);

  it('reads back what was written, and is safe in a URL', () => {
    const { fingerprint, ...read } = decodeRecording(ticketSaga, code);
    expect({ ...read, fingerprint: recording.fingerprint }).toEqual(recording);
    expect(endedAlike({ ...recording, fingerprint }, 'the end')).toBe(true);
    expect(endedAlike({ ...recording, fingerprint }, 'another end')).toBe(false);
    expect(code).toMatch(/^[\w.-]+$/);
  });

  it('is short for a fault and a few choices, and says them as they were given', () => {
    const found = {
      ...recording,
      fails: ['duplicate@ticket.new.sending-locked,delay=0ms', 'crash@user.pay.committing:after#2'],
      ...{ settings: ticketSaga.explore.set, document: ticketSaga.explore.document as Json },
      pace: 'handler' as const,
    };
    const short = encodeRecording(ticketSaga, found);
    expect(short.length).toBeLessThanOrEqual(40);
    const { fingerprint: _, ...read } = decodeRecording(ticketSaga, short);
    expect({ ...read, fingerprint: found.fingerprint }).toEqual(found);
  });

  it('knows when it was cut or edited, wherever that was', () => {
    const why = (text: string) => {
      try {
        decodeRecording(ticketSaga, text);
        return 'fine';
      } catch (error) {
        return (error as SandboxError<'bad-code'>).data.why;
      }
    };
    for (let length = 2; length < code.length; length++)
      expect(why(code.slice(0, length))).toBe('cut');
    expect(why('')).toBe('version');
    expect(why(code.replace('2.', '1.'))).toBe('version');
    for (let at = 2; at < code.length; at++) {
      const other = code[at] === 'A' ? 'B' : 'A';
      expect(why(code.slice(0, at) + other + code.slice(at + 1)), `at ${at}`).not.toBe('fine');
    }
    expect(why(`${code}A`)).toBe('edited');
  });

  it('tells a changed definition from the same', () => {
    const changed = checkCatalogue(CATALOGUE_TEXT.replace('default: 60000', 'default: 60001'), 'f');
    const other = findScenario(buildCatalogue(changed), 'ticket-saga');
    expect(definitionOf(other)).not.toBe(recording.definition);
    const reworded = checkCatalogue(
      CATALOGUE_TEXT.replace('en: the price', 'en: what it costs'),
      'f',
    );
    const same = findScenario(buildCatalogue(reworded), 'ticket-saga');
    expect(definitionOf(same)).toBe(recording.definition);
  });
});
