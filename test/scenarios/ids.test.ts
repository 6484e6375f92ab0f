// Identifiers against what their specifications say: the examples of RFC 9562's appendix A, the
// places of version and variant, and what each layout sorts by.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bitsFrom,
  gregorianTicks,
  objectId,
  uuidV1,
  uuidV4,
  uuidV7,
} from '../../src/scenarios/ids.ts';

describe('the examples of RFC 9562', () => {
  // All are of 22 February 2022, 19:22:22.00 UTC.
  const UNIX_MS = 0x017f22e279b0;

  it('A.1, version 1', () => {
    const ticks = gregorianTicks(UNIX_MS);
    expect(ticks).toBe(138_648_505_420_000_000n);
    expect(ticks).toBe(0x1ec9414c232ab00n);
    const uuid = uuidV1(ticks, 0x33c8, 0x9f6bdeced846n);
    expect(uuid).toBe('c232ab00-9414-11ec-b3c8-9f6bdeced846');
  });

  it('A.3, version 4', () => {
    const random = (0x919108f752d1n << 74n) | (0x320n << 62n) | 0x1bacf847db4148a8n;
    expect(uuidV4(random)).toBe('919108f7-52d1-4320-9bac-f847db4148a8');
  });

  it('A.6, version 7', () => {
    const uuid = uuidV7(UNIX_MS, 0xcc3, 0x18c4dc0c0c07398fn);
    expect(uuid).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });
});

it("MongoDB's example of an ObjectId is its seconds, its process and its counter", () => {
  const id = objectId(0x507f1f77, 0xbcf86cd799n, 0x439011);
  expect(id).toBe('507f1f77bcf86cd799439011');
});

const bits = (count: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(count)) - 1n });
const small = (count: number) => fc.integer({ min: 0, max: 2 ** count - 1 });
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-([89ab])[0-9a-f]{3}-[0-9a-f]{12}$/;
const bitsOf = (uuid: string): string =>
  BigInt(`0x${uuid.replaceAll('-', '')}`)
    .toString(2)
    .padStart(128, '0');
const between = (uuid: string, first: number, last: number): bigint =>
  BigInt(`0b${bitsOf(uuid).slice(first, last + 1)}`);

// The bit numbers are those of the RFC's figures: octet by octet, from 0.
describe('the fields lie where the figures show them', () => {
  it('of version 1', () => {
    fc.assert(
      fc.property(bits(60), small(14), bits(48), (ticks, sequence, node) => {
        const uuid = uuidV1(ticks, sequence, node);
        expect(UUID.exec(uuid)?.[1]).toBe('1');
        const low = between(uuid, 0, 31);
        const mid = between(uuid, 32, 47);
        const high = between(uuid, 52, 63);
        expect((high << 48n) | (mid << 32n) | low).toBe(ticks);
        expect(between(uuid, 66, 79)).toBe(BigInt(sequence));
        expect(between(uuid, 80, 127)).toBe(node);
      }),
    );
  });

  it('of version 4', () => {
    fc.assert(
      fc.property(bits(122), (random) => {
        const uuid = uuidV4(random);
        expect(UUID.exec(uuid)?.[1]).toBe('4');
        const [a, b, c] = [between(uuid, 0, 47), between(uuid, 52, 63), between(uuid, 66, 127)];
        expect((a << 74n) | (b << 62n) | c).toBe(random);
      }),
    );
  });

  it('of version 7', () => {
    fc.assert(
      fc.property(small(48), small(12), bits(62), (unixMs, randomA, randomB) => {
        const uuid = uuidV7(unixMs, randomA, randomB);
        expect(UUID.exec(uuid)?.[1]).toBe('7');
        expect(between(uuid, 0, 47)).toBe(BigInt(unixMs));
        expect(between(uuid, 52, 63)).toBe(BigInt(randomA));
        expect(between(uuid, 66, 127)).toBe(randomB);
      }),
    );
  });

  it('and what is too big for its field is refused', () => {
    expect(() => uuidV1(1n << 60n, 0, 0n)).toThrow('does not fit');
    expect(() => uuidV7(0, 4096, 0n)).toThrow('does not fit');
    expect(() => uuidV4(1n << 122n)).toThrow('does not fit');
    expect(() => objectId(0, 0n, -1)).toThrow('does not fit');
  });
});

describe('as text', () => {
  const later = fc
    .tuple(small(40), fc.integer({ min: 1, max: 1_000_000 }))
    .map(([unixMs, by]) => [unixMs, unixMs + by] as const);

  it('version 7 and ObjectId sort by their time, whatever else is in them', () => {
    fc.assert(
      fc.property(later, bits(62), bits(62), ([early, late], one, other) => {
        expect(uuidV7(early, 4095, one) < uuidV7(late, 0, other)).toBe(true);
      }),
    );
    expect(objectId(5, (1n << 40n) - 1n, 0xffffff) < objectId(6, 0n, 0)).toBe(true);
  });

  it('version 1 does not: its lowest bits begin again after 2^32 ticks', () => {
    const almost = 0x1ec9414ffffffffn;
    expect(uuidV1(almost, 0, 0n) > uuidV1(almost + 1n, 0, 0n)).toBe(true);
  });
});

describe('bits from a hash', () => {
  it('are as many as asked for, the same for the same, and others for others', () => {
    for (const count of [1, 11, 40, 62, 122, 192]) {
      const drawn = Array.from({ length: 200 }, (_, at) => bitsFrom(count, 'east', at));
      expect(drawn.every((one) => one >= 0n && one < 1n << BigInt(count))).toBe(true);
      // The highest bit is set about as often as not.
      const high = drawn.filter((one) => one >> BigInt(count - 1) === 1n).length;
      expect(high).toBeGreaterThan(60);
      expect(high).toBeLessThan(140);
      if (count > 60) expect(new Set(drawn).size).toBe(200);
    }
    expect(bitsFrom(62, 'east', 1)).toBe(bitsFrom(62, 'east', 1));
    expect(bitsFrom(62, 'east', 1)).not.toBe(bitsFrom(62, 'west', 1));
  });
});
