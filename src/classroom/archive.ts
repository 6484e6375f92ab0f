// Reads a zip archive that somebody handed in, believing nothing of it: no path leads out, no link
// is followed, and no more is unpacked than an answer can be.

import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { SandboxError } from '../sim/index.ts';
import { ANSWER_MAX } from './answer-file.ts';

const ENTRIES_MAX = 5000;
/** Wanted ones, each as large as an answer may be: no archive holds the course more than twice. */
const FILES_MAX = 100;
const LINK = 0o120000;
const KIND = 0o170000;

/** The files of an archive, by their paths. */
export type Files = ReadonlyMap<string, Uint8Array>;

const refusal = (reason: 'path' | 'link' | 'zip' | 'large', file: string) =>
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
      const { fileName, externalFileAttributes } = entry;
      if (((externalFileAttributes >>> 16) & KIND) === LINK) throw refusal('link', fileName);
      if (fileName.endsWith('/') || !wanted(fileName)) continue;
      if (files.size === FILES_MAX) throw refusal('large', fileName);
      files.set(fileName, await bytesOf(await streamOf(zip, entry), fileName));
    }
    return files;
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    const { message } = error as Error;
    const [, bad] =
      /(?:invalid relative path|absolute path|invalid characters in fileName): (.*)/.exec(
        message,
      ) ?? [];
    throw bad === undefined ? refusal('zip', path) : refusal('path', bad);
  } finally {
    zip?.close();
  }
}
