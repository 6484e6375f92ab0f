// Recorded runs as one page, written into a file.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ExploreReport, Language, Report } from '../report/index.ts';
import { shoot } from '../report/view/shoot.ts';
import { SandboxError } from '../sim/index.ts';
import type { Titled } from '../web/carry.ts';
import { type Bundle, recordedPage } from '../web/html.ts';

/** The page's script and style, as the build left them. */
export function readBundle(): Bundle {
  const read = (name: string): string => {
    return readFileSync(new URL(`../web/${name}`, import.meta.url), 'utf8');
  };
  return { script: read('page.js'), style: read('page.css') };
}

/** Makes sure that nothing is in the way, before anything runs. @throws SandboxError `file-exists` */
export function checkPage(path: string | undefined, force: boolean): void {
  if (path !== undefined && !force && existsSync(path)) {
    throw new SandboxError('file-exists', { path });
  }
}

const filmOf = ({ scenario, recording }: Report, title: string): Titled => {
  const { fails, settings, document, choices, pace } = recording;
  return { title, showing: shoot(scenario, { fails, settings, document, choices, pace }) };
};

/** The runs of a report: the run itself, or what an exploration found; else the usual run. */
export function runsOf(report: Report | ExploreReport): readonly Titled[] {
  if (!('findings' in report)) return [filmOf(report, '')];
  const { scenario, settings, fails, document } = report;
  if (report.findings.length === 0) {
    return [{ title: '', showing: shoot(scenario, { fails, settings, document }) }];
  }
  return report.findings.map(({ property, faults, report: found }) => {
    return filmOf(found, [property, ...faults].join(' · '));
  });
}

/** Writes a page with these runs. @throws SandboxError `cannot-write` */
export function writePage(path: string, runs: readonly Titled[], language: Language): string {
  try {
    writeFileSync(path, recordedPage(runs, readBundle(), language));
  } catch (error) {
    throw new SandboxError('cannot-write', { path, why: (error as Error).message });
  }
  return path;
}
