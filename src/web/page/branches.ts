// The branches one has made on the page: a tree that only grows, where one stands in it, and how
// that is written into the address, so that a page can be opened where another was.

import { type AskedWay, lastStep, type Showing } from '../../report/view/showing.ts';

/** One way a run may go, and where it left another. */
export interface Branch {
  /** From 1. */
  readonly number: number;
  readonly parent: number | null;
  readonly from: number;
  /** What was chosen there; empty for the first. */
  readonly what: string;
  readonly showing: Showing;
}

export interface Standing {
  readonly branches: readonly Branch[];
  readonly current: number;
  readonly step: number;
}

export type Move =
  /** Another run, which begins a tree of its own. */
  | {
      readonly kind: 'open';
      readonly showings: readonly (readonly [string, Showing])[];
      readonly step: number;
    }
  /** Leaves a branch at a step. */
  | {
      readonly kind: 'leave';
      readonly parent: number;
      readonly from: number;
      readonly what: string;
      readonly showing: Showing;
    }
  /** The same way, looked at otherwise. */
  | { readonly kind: 'renew'; readonly number: number; readonly showing: Showing }
  | { readonly kind: 'go'; readonly step: number }
  /** So many steps on from wherever one is by then. */
  | { readonly kind: 'by'; readonly steps: number }
  | { readonly kind: 'visit'; readonly number: number }
  | { readonly kind: 'back' };

export const NOWHERE: Standing = { branches: [], current: 0, step: 0 };

export const branchAt = ({ branches, current }: Standing): Branch | undefined =>
  branches[current - 1];

export function moved(standing: Standing, move: Move): Standing {
  const { branches, step } = standing;
  const here = branchAt(standing);
  switch (move.kind) {
    case 'open': {
      const opened = move.showings.map(([what, showing], at): Branch => {
        return { number: at + 1, parent: null, from: 0, what, showing };
      });
      return moved({ branches: opened, current: 1, step: 0 }, { kind: 'go', step: move.step });
    }
    case 'leave': {
      const { parent, from, what, showing } = move;
      const number = branches.length + 1;
      const branch = { number, parent, from, what, showing };
      const next = Math.min(from + 1, lastStep(showing.film));
      return { branches: [...branches, branch], current: number, step: next };
    }
    case 'renew': {
      const renewed = branches.map((one) =>
        one.number === move.number ? { ...one, showing: move.showing } : one,
      );
      return moved({ ...standing, branches: renewed }, { kind: 'go', step });
    }
    case 'go': {
      const last = here ? lastStep(here.showing.film) : 0;
      return { ...standing, step: Math.max(0, Math.min(Math.trunc(move.step), last)) };
    }
    case 'by':
      return moved(standing, { kind: 'go', step: step + move.steps });
    case 'visit': {
      const branch = branches[move.number - 1];
      return branch ? { branches, current: branch.number, step: branch.from } : standing;
    }
    default:
      return here?.parent ? { branches, current: here.parent, step: here.from } : standing;
  }
}

/** Where one is, as the part of an address after `#`. */
export interface Address {
  readonly scenario: string;
  readonly way: Partial<AskedWay>;
  readonly step: number;
}

export function addressOf({ showing }: Branch, step: number): string {
  const { fails, settings, choices, pace, document } = showing.asked;
  const way = { fails, settings, choices, pace, ...(document !== undefined && { document }) };
  const parts = { s: showing.scenario, w: JSON.stringify(way), n: String(step) };
  return new URLSearchParams(parts).toString();
}

/** The branch that an address is of, whatever its step; undefined if none is. */
export const branchOf = ({ branches }: Standing, hash: string): Branch | undefined => {
  const runOf = (text: string): string => {
    const parts = new URLSearchParams(text.replace(/^#/, ''));
    return JSON.stringify([parts.get('s'), parts.get('w')]);
  };
  return branches.find((branch) => runOf(addressOf(branch, 0)) === runOf(hash));
};

/** Reads an address; null if it is none. */
export function addressIn(hash: string): Address | { readonly code: string } | null {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const code = given.get('code');
  if (code) return { code };
  const scenario = given.get('s');
  if (!scenario) return null;
  try {
    const way = JSON.parse(given.get('w') ?? '{}') as Partial<AskedWay>;
    return { scenario, way, step: Number(given.get('n')) || 0 };
  } catch {
    return { scenario, way: {}, step: 0 };
  }
}
