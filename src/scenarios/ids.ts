// Identifiers laid out bit by bit: UUIDs of versions 1, 4 and 7 as RFC 9562 has them, and MongoDB's
// ObjectId. What is random there comes from a hash here: the same run gives the same identifiers.

import { assert, fingerprintOf } from '../sim/index.ts';

type Field = readonly [value: bigint | number, bits: number];

/** Puts fields side by side, the first one highest. */
function packed(fields: readonly Field[]): bigint {
  return fields.reduce((all, [value, bits]) => {
    const field = BigInt(value);
    assert(field >= 0n && field >> BigInt(bits) === 0n, `${value} does not fit ${bits} bits`);
    return (all << BigInt(bits)) | field;
  }, 0n);
}

const lowest = (value: bigint, bits: number): bigint => BigInt.asUintN(bits, value);
const hexOf = (value: bigint, digits: number): string => value.toString(16).padStart(digits, '0');

const GROUPS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;
/** The variant of RFC 9562, in front of the last 62 bits. */
const VARIANT: Field = [0b10, 2];

const uuidOf = (fields: readonly Field[]): string =>
  hexOf(packed(fields), 32).replace(GROUPS, '$1-$2-$3-$4-$5');

/** 100 ns steps from 15 October 1582, when the Gregorian calendar began, to 1970. */
const GREGORIAN_TICKS = 0x01b21dd213814000n;

/** A Unix time in ms as version 1 counts it: in 100 ns since the Gregorian calendar began. */
export const gregorianTicks = (unixMs: number): bigint =>
  BigInt(unixMs) * 10_000n + GREGORIAN_TICKS;

/** Version 1: the lowest bits of the time stand first, so its text does not sort by time. */
export function uuidV1(ticks: bigint, clockSequence: number, node: bigint): string {
  return uuidOf([
    [lowest(ticks, 32), 32],
    [lowest(ticks >> 32n, 16), 16],
    [1, 4],
    [ticks >> 48n, 12],
    VARIANT,
    [clockSequence, 14],
    [node, 48],
  ]);
}

/** Version 4: 122 random bits. */
export function uuidV4(random: bigint): string {
  return uuidOf([
    [random >> 74n, 48],
    [4, 4],
    [lowest(random >> 62n, 12), 12],
    VARIANT,
    [lowest(random, 62), 62],
  ]);
}

/** Version 7: Unix time in ms, then 12 bits that may count within it, then 62 random ones. */
export function uuidV7(unixMs: number, randomA: number, randomB: bigint): string {
  return uuidOf([[unixMs, 48], [7, 4], [randomA, 12], VARIANT, [randomB, 62]]);
}

/** MongoDB's ObjectId: Unix time in seconds, 40 random bits of the process, and a counter. */
export function objectId(seconds: number, process: bigint, counter: number): string {
  const fields: readonly Field[] = [
    [seconds, 32],
    [process, 40],
    [counter, 24],
  ];
  return hexOf(packed(fields), 24);
}

/** As many bits as asked for, at most 192, the same for the same parts. */
export function bitsFrom(bits: number, ...parts: readonly (string | number)[]): bigint {
  const text = ['high', 'low'].map((half) => fingerprintOf([half, ...parts])).join('');
  return BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`) >> BigInt(192 - bits);
}
