// A zip archive as anybody could make it, with names and kinds of files that no good tool writes.

import { crc32, deflateRawSync } from 'node:zlib';

interface Entry {
  readonly name: string;
  readonly content: string | Buffer;
  /** As `stat` has it. */
  readonly mode?: number;
  /** The lowest bit says that a password is needed. */
  readonly flags?: number;
  /** How it is packed: 8 is deflated, and how this packs whatever is said. */
  readonly method?: number;
}

/** A number of eight bytes. */
const long = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

const checked = (bytes: Buffer): number => {
  if (typeof crc32 === 'function') return crc32(bytes);
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
};

/** The bytes of an archive with these entries. */
export function zipOf(entries: readonly Entry[], { is64 = false } = {}): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, mode = 0o100644, flags = 0, method = 8 } of entries) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const title = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(checked(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, title, packed]);
    const more = Buffer.alloc(14);
    more.writeUInt32LE((mode << 16) >>> 0, 6);
    more.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from([20, 3]);
    const sizes = Buffer.concat([long(bytes.length), long(packed.length), long(offset)]);
    const extra = is64 ? Buffer.concat([Buffer.from([1, 0, 24, 0]), sizes]) : Buffer.alloc(0);
    const listed = Buffer.from(common);
    listed.writeUInt16LE(extra.length, 24);
    if (is64) {
      listed.fill(0xff, 14, 22);
      more.fill(0xff, 10, 14);
    }
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), madeBy, listed, more, title, extra]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  if (is64) end.fill(0xff, 4, 16);
  const tail = Buffer.concat([Buffer.from('PK\x05\x06'), end]);
  const end64 = is64 ? [endOf64(entries.length, directory.length, offset)] : [];
  return Buffer.concat([...locals, directory, ...end64, tail]);
}

/** The end as zip64 has it, and the record that says where it lies. */
function endOf64(count: number, size: number, offset: number): Buffer {
  const versions = Buffer.from([45, 0, 45, 0]);
  const noDisk = Buffer.alloc(8);
  const parts = [versions, noDisk, long(count), long(count), long(size), long(offset)];
  const record = Buffer.concat([Buffer.from('PK\x06\x06'), long(44), ...parts]);
  const disks = [Buffer.alloc(4), Buffer.from([1, 0, 0, 0])] as const;
  const locator = [Buffer.from('PK\x06\x07'), disks[0], long(offset + size), disks[1]];
  return Buffer.concat([record, ...locator]);
}
