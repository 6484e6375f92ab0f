// Reads the document of `--input`: JSON from a file or standard input, with the place of every
// value.

import { fstatSync, readFileSync } from 'node:fs';
import {
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { Locate } from '../scenarios/index.ts';
import { type FilePlace, type Json, SandboxError } from '../sim/index.ts';

export interface InputDocument {
  readonly document: Json;
  readonly locate: Locate;
}

function placeIn(text: string, file: string, offset: number): FilePlace {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function duplicateKey(node: Node): Node | null {
  const keys = new Set<unknown>();
  for (const child of node.children ?? []) {
    const key = node.type === 'object' ? child.children?.[0] : undefined;
    if (key && keys.has(key.value)) return key;
    if (key) keys.add(key.value);
    const deeper = duplicateKey(child);
    if (deeper) return deeper;
  }
  return null;
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    if (path !== '-') return readFileSync(path);
    if (fstatSync(0).isDirectory()) throw new Error('it is a directory');
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch (error) {
    throw new SandboxError('cannot-read', { path, why: (error as Error).message });
  }
}

function decoded(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SandboxError('bad-json', { why: 'NotUtf8' }, { file });
  }
}

/** @throws SandboxError `cannot-read`, `bad-json` */
export async function readInputDocument(path: string): Promise<InputDocument> {
  const file = path === '-' ? '<stdin>' : path;
  const text = decoded(await bytesOf(path), file);
  try {
    return parseDocument(text, file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SandboxError('bad-json', { why: 'NestedTooDeeply' }, { file });
  }
}

function parseDocument(text: string, file: string): InputDocument {
  const errors: ParseError[] = [];
  const options = { disallowComments: true, allowTrailingComma: false };
  const tree = parseTree(text, errors, options);
  const [first] = errors;
  if (first || !tree) {
    const why = first ? printParseErrorCode(first.error) : 'ValueExpected';
    throw new SandboxError('bad-json', { why }, placeIn(text, file, first?.offset ?? 0));
  }
  const twice = duplicateKey(tree);
  if (twice) {
    const why = `DuplicateKey ${JSON.stringify(twice.value)}`;
    throw new SandboxError('bad-json', { why }, placeIn(text, file, twice.offset));
  }
  const locate: Locate = (steps) => {
    const node = findNodeAtLocation(tree, [...steps]) ?? tree;
    return placeIn(text, file, node.offset);
  };
  return { document: JSON.parse(text) as Json, locate };
}
