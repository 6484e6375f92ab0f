// Finds, reads and checks scenarios.yaml. What the build checked already is not checked again: its
// data lies beside the program, under the fingerprint of the text it was made from.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildCatalogue, type Catalogue, type CatalogueData } from '../scenarios/index.ts';
import { SandboxError } from '../sim/index.ts';
import { catalogueOf, isPath, loadScenario } from './scenario-file.ts';

/** A checked catalogue, and the text it was made from. */
interface CheckedCatalogue {
  /** Fingerprint of the text of scenarios.yaml. */
  readonly source: string;
  readonly data: CatalogueData;
}

const CATALOGUE_FILE = fileURLToPath(new URL('../../scenarios.yaml', import.meta.url));
const CHECKED_FILE = new URL('../scenarios.ndjson', import.meta.url);

/** Reads a file. @throws SandboxError `cannot-read` */
function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new SandboxError('cannot-read', { path, why: (error as Error).message });
  }
}

/** Reads a text file. @throws SandboxError `cannot-read` */
export function readText(path: string): string {
  return String(readBytes(path));
}

const sourceOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** What the build leaves: the fingerprint, then for each scenario its id and its data, by lines. */
export function checkedLines({ source, data }: CheckedCatalogue): string {
  const lines = Object.entries(data).flatMap(([id, one]) => [id, JSON.stringify(one)]);
  return [source, ...lines].join('\n');
}

/** The lines of a file, as bytes. */
function linesOf(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end;
    lines.push(bytes.subarray(from, to));
    from = to + 1;
  }
  return lines;
}

// A run needs one scenario: the lines of the others are not even decoded.
function readChecked(source: string): CatalogueData | null {
  try {
    const [checked, ...lines] = linesOf(readFileSync(CHECKED_FILE));
    if (String(checked) !== source) return null;
    const data: CatalogueData = {};
    for (let at = 0; at + 1 < lines.length; at += 2) {
      const get = () => JSON.parse(String(lines[at + 1]));
      Object.defineProperty(data, String(lines[at]), { get, enumerable: true });
    }
    return data;
  } catch {
    return null; // There is no build, or a broken one: the YAML is there all the same.
  }
}

/** Reads and checks the catalogue, whatever the build left. @throws SandboxError `bad-catalogue` */
export async function checkCatalogueFile(path: string = CATALOGUE_FILE): Promise<CheckedCatalogue> {
  const bytes = readBytes(path);
  const { checkCatalogue } = await import('../scenarios/check.ts');
  return { source: sourceOf(bytes), data: checkCatalogue(String(bytes), displayed(path)) };
}

/** Whether a file holds one scenario with its behaviour, not a catalogue. */
async function standsAlone(bytes: Buffer): Promise<boolean> {
  return (await import('../scenarios/flow-file.ts')).isScenarioFile(String(bytes));
}

/**
 * The catalogue, or the one scenario of a file that holds no more.
 * @throws SandboxError `cannot-read`, `bad-catalogue`, `bad-scenario`
 */
export async function loadCatalogue(path: string = CATALOGUE_FILE) {
  const bytes = readBytes(path);
  const checked = readChecked(sourceOf(bytes));
  if (checked) return buildCatalogue(checked);
  if (await standsAlone(bytes)) return catalogueOf(await loadScenario(path));
  return buildCatalogue((await checkCatalogueFile(path)).data);
}

/** A scenario that was named, where it is found, and by which `--scenarios` it is found again. */
export interface Target {
  readonly catalogue: Catalogue;
  readonly id: string;
  readonly scenarios: string | undefined;
}

/**
 * What a person means by a scenario's id, or by the path of its own file.
 * @throws SandboxError as `loadCatalogue`; `conflict` for a path and another catalogue
 */
export async function loadTarget(target: string, scenarios: string | undefined): Promise<Target> {
  if (!isPath(target)) return { catalogue: await loadCatalogue(scenarios), id: target, scenarios };
  if (scenarios !== undefined) {
    throw new SandboxError('conflict', { first: target, second: `--scenarios ${scenarios}` });
  }
  const scenario = await loadScenario(target);
  return { catalogue: catalogueOf(scenario), id: scenario.id, scenarios: target };
}

// The path as a person would type it from where they are.
function displayed(path: string): string {
  const here = `${process.cwd()}/`;
  return path.startsWith(here) ? path.slice(here.length) : path;
}
