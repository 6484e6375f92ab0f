// Reads a zip archive that somebody handed in, believing nothing of it: no path leads out, no link
// is followed, and no more is unpacked than an answer can be.

import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { type ErrorData, SandboxError } from '../sim/index.ts';
import { ANSWER_MAX } from './answer-file.ts';

const ENTRIES_MAX = 5000;
/** Wanted ones, each as large as an answer may be: no archive holds the course more than twice. */
const FILES_MAX = 100;
const LINK = 0o120000;
const KIND = 0o170000;

/** The files of an archive, by their paths. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** In its flags: what is in it cannot be read without a password. */
const ENCRYPTED = 1;
/** As it is, and deflated: as every tool packs that is not told otherwise. */
const METHODS: readonly number[] = [0, 8];
/** How a file begins that has entries. */
const BEGINNING = 'PK\x03\x04';

type Reason = ErrorData['bad-submission']['reason'];

const refusal = (reason: Reason, file: string) =>
  new SandboxError('bad-submission', { reason, file });

// What an archive says of its sizes may be a lie: what comes out is counted.
async function bytesOf(stream: Readable, file: string): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > ANSWER_MAX) {
      stream.destroy();
      throw refusal('large', file);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function opened(path: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) reject(error);
      else resolve(zip);
    });
  });
}

function streamOf(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(error);
      else resolve(stream);
    });
  });
}

function entriesOf(zip: yauzl.ZipFile): Promise<readonly yauzl.Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: yauzl.Entry[] = [];
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.push(entry);
      if (entries.length > ENTRIES_MAX) reject(refusal('large', entry.fileName));
      else zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

/** Why a file cannot be opened as an archive at all. */
function whyNot(path: string): Reason {
  const start = Buffer.alloc(BEGINNING.length);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, start) === 0) return 'empty';
  } finally {
    closeSync(file);
  }
  // The list of what is in an archive comes last.
  return start.toString('latin1') === BEGINNING ? 'cut' : 'zip';
}

/** What is wrong with an archive, by what its reader says of it. */
function refused(message: string, path: string): SandboxError {
  const [, bad] =
    /(?:invalid relative path|absolute path|invalid characters in fileName): (.*)/.exec(message) ??
    [];
  if (bad !== undefined) return refusal('path', bad);
  if (message.startsWith('strong encryption')) return refusal('encrypted', basename(path));
  const isUnknown = message.startsWith('End of central directory record signature not found');
  return refusal(isUnknown ? whyNot(path) : 'zip', basename(path));
}

/**
 * The wanted files of an archive.
 * @throws SandboxError `bad-submission`
 */
export async function unpacked(path: string, wanted: (file: string) => boolean): Promise<Files> {
  const files = new Map<string, Uint8Array>();
  let zip: yauzl.ZipFile | null = null;
  try {
    zip = await opened(path);
    for (const entry of await entriesOf(zip)) {
      const { fileName, externalFileAttributes, generalPurposeBitFlag, compressionMethod } = entry;
      if (((externalFileAttributes >>> 16) & KIND) === LINK) throw refusal('link', fileName);
      if (fileName.endsWith('/') || !wanted(fileName)) continue;
      if ((generalPurposeBitFlag & ENCRYPTED) !== 0) throw refusal('encrypted', basename(path));
      if (!METHODS.includes(compressionMethod)) throw refusal('method', basename(path));
      if (files.size === FILES_MAX) throw refusal('large', fileName);
      files.set(fileName, await bytesOf(await streamOf(zip, entry), fileName));
    }
    return files;
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    throw refused((error as Error).message, path);
  } finally {
    zip?.close();
  }
}
