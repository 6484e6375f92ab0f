// Small whole numbers in as few characters as possible: four bits at a time, three of the number
// and one that says whether more follow.

const NIBBLE_BITS = 4;
const OWN_BITS = NIBBLE_BITS - 1;
const OWN = 2 ** OWN_BITS;

export class Packer {
  readonly #nibbles: number[] = [];

  /** @param number whole, from 0 */
  put(number: number): void {
    let rest = number;
    for (; rest >= OWN; rest = Math.floor(rest / OWN)) this.#nibbles.push(OWN + (rest % OWN));
    this.#nibbles.push(rest);
  }

  get bytes(): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(this.#nibbles.length / 2));
    this.#nibbles.forEach((nibble, at) => {
      bytes[at >> 1] = (bytes[at >> 1] ?? 0) | (at % 2 === 0 ? nibble << NIBBLE_BITS : nibble);
    });
    return bytes;
  }
}

export class Unpacker {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next number; past the end, 0. */
  take(): number {
    let number = 0;
    for (let unit = 1; ; unit *= OWN) {
      const byte = this.#bytes[this.#at >> 1] ?? 0;
      const nibble = this.#at % 2 === 0 ? byte >> NIBBLE_BITS : byte % 2 ** NIBBLE_BITS;
      this.#at += 1;
      number += (nibble % OWN) * unit;
      if (nibble < OWN) return number;
    }
  }

  /** The bytes after the numbers. */
  get rest(): Uint8Array {
    return this.#bytes.subarray((this.#at + 1) >> 1);
  }
}
