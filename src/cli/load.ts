// Finds, reads and checks scenarios.yaml. What the build checked already is not checked again: its
// data lies beside the program, under the fingerprint of the text it was made from.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildCatalogue, type CatalogueData } from '../scenarios/index.ts';
import { fingerprintOf, SandboxError } from '../sim/index.ts';

/** A checked catalogue, and the text it was made from. */
interface CheckedCatalogue {
  /** Fingerprint of the text of scenarios.yaml. */
  readonly source: string;
  readonly data: CatalogueData;
}

const CATALOGUE_FILE = fileURLToPath(new URL('../../scenarios.yaml', import.meta.url));
const CHECKED_FILE = new URL('../scenarios.ndjson', import.meta.url);

/** Reads a text file. @throws SandboxError `cannot-read` */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SandboxError('cannot-read', { path, why: (error as Error).message });
  }
}

/** What the build leaves: the fingerprint, then for each scenario its id and its data, by lines. */
export function checkedLines({ source, data }: CheckedCatalogue): string {
  const lines = Object.entries(data).flatMap(([id, one]) => [id, JSON.stringify(one)]);
  return [source, ...lines].join('\n');
}

// A run needs one scenario: the lines of the others are not read as JSON.
function readChecked(source: string): CatalogueData | null {
  try {
    const [checked, ...lines] = readFileSync(CHECKED_FILE, 'utf8').split('\n');
    if (checked !== source) return null;
    const data: CatalogueData = {};
    for (let at = 0; at + 1 < lines.length; at += 2) {
      const json = lines[at + 1] ?? '';
      const get = () => JSON.parse(json);
      Object.defineProperty(data, lines[at] ?? '', { get, enumerable: true });
    }
    return data;
  } catch {
    return null; // There is no build, or a broken one: the YAML is there all the same.
  }
}

/** Reads and checks the catalogue, whatever the build left. @throws SandboxError `bad-catalogue` */
export async function checkCatalogueFile(path: string = CATALOGUE_FILE): Promise<CheckedCatalogue> {
  const text = readText(path);
  const { checkCatalogue } = await import('../scenarios/check.ts');
  return { source: fingerprintOf(text), data: checkCatalogue(text, displayed(path)) };
}

/** @throws SandboxError `cannot-read`, `bad-catalogue` */
export async function loadCatalogue(path: string = CATALOGUE_FILE) {
  const checked = readChecked(fingerprintOf(readText(path)));
  return buildCatalogue(checked ?? (await checkCatalogueFile(path)).data);
}

// The path as a person would type it from where they are.
function displayed(path: string): string {
  const here = `${process.cwd()}/`;
  return path.startsWith(here) ? path.slice(here.length) : path;
}
