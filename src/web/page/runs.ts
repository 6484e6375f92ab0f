// The runs that are shown: where one stands among them, and what is asked of the server for more.
// What cannot be done is said, and what is shown stays.

import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { Language } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import {
  type AskedWay,
  firstDifference,
  firstToSee,
  type Showing,
} from '../../report/view/showing.ts';
import type { Titled } from '../carry.ts';
import { type Asked, AskFailed, filmed, type ScenarioName, ServerGone, saved } from './api.ts';
import {
  addressIn,
  addressOf,
  type Branch,
  branchAt,
  branchOf,
  type Move,
  moved,
  NOWHERE,
  type Standing,
} from './branches.ts';
import type { Other } from './compare.tsx';

export const PLAIN: AskedWay = { fails: [], settings: {}, choices: [], pace: 'timed', watch: [] };

/** What went wrong, and what to do about it. */
interface Wrong {
  readonly message: string;
  readonly fix: string;
}

/** Asks the server. Who asks again no longer waits for what was asked before. */
function useServer(language: Language) {
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const latest = useRef(0);
  const ask = useCallback(
    async <Answer>(
      question: () => Promise<Answer>,
      then: (answer: Answer) => void,
    ): Promise<void> => {
      latest.current += 1;
      const own = latest.current;
      const isLatest = () => own === latest.current;
      setBusy(true);
      setWrong(null);
      try {
        const answer = await question();
        if (isLatest()) then(answer);
      } catch (error) {
        const { gone } = pageTexts[language];
        if (!isLatest()) return;
        if (error instanceof AskFailed) setWrong({ message: error.message, fix: error.fix });
        else if (error instanceof ServerGone) setWrong({ message: gone, fix: 'sim serve' });
        else throw error;
      } finally {
        if (isLatest()) setBusy(false);
      }
    },
    [language],
  );
  return { isBusy, wrong, ask };
}

const KEYS: Readonly<Record<string, Move>> = {
  ArrowRight: { kind: 'by', steps: 1 },
  ArrowLeft: { kind: 'by', steps: -1 },
  Home: { kind: 'go', step: 0 },
  End: { kind: 'go', step: Number.MAX_SAFE_INTEGER },
  b: { kind: 'back' },
};

/** Steps by keys, wherever one does not type. */
function useKeys(move: (move: Move) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target, key } = event;
      const isTyping = target instanceof Element && target.matches('input,textarea,select');
      const wanted = KEYS[key];
      if (!wanted || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      move(wanted);
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [move]);
}

/**
 * Keeps the address at where one stands. Another run is another page in the browser's history, so
 * that one can go back to it; a step is not.
 */
function useAddress(standing: Standing, isServed: boolean, onPop: (hash: string) => void): void {
  const branch = branchAt(standing);
  const shown = useRef<Branch | null>(null);
  // What the browser went to is in its history already.
  const isThere = useRef(true);
  useEffect(() => {
    if (!branch || !isServed) return;
    const hash = `#${addressOf(branch, standing.step)}`;
    const isSame = shown.current?.number === branch.number && branchOf(standing, location.hash);
    const isNew = !isSame && !isThere.current;
    shown.current = branch;
    isThere.current = false;
    if (hash !== location.hash) history[isNew ? 'pushState' : 'replaceState'](null, '', hash);
  }, [standing, isServed]);
  useEffect(() => {
    if (!isServed) return;
    const popped = () => {
      isThere.current = true;
      onPop(location.hash);
    };
    addEventListener('popstate', popped);
    return () => removeEventListener('popstate', popped);
  }, [standing, isServed, onPop]);
}

export function useRuns(
  recorded: readonly Titled[] | null,
  scenarios: readonly ScenarioName[],
  language: Language,
) {
  const [standing, move] = useReducer(moved, NOWHERE);
  const [other, setOther] = useState<Other | null>(null);
  const server = useServer(language);
  const { isBusy, wrong } = server;
  const ask = (asked: Asked, then: (showing: Showing) => void) =>
    server.ask(() => filmed(asked, language), then);
  const { step } = standing;
  const branch = branchAt(standing);
  const open = (asked: Asked, at: number | null) =>
    ask(asked, (showing) => {
      setOther(null);
      move({ kind: 'open', showings: [['', showing]], step: at ?? firstToSee(showing) });
    });
  const openAt = (hash: string) => {
    const address = addressIn(hash);
    if (address && 'code' in address) open(address, null);
    else if (address) {
      open({ scenario: address.scenario, way: { ...PLAIN, ...address.way } }, address.step);
    } else if (scenarios[0]) open({ scenario: scenarios[0].id, way: PLAIN }, 0);
  };
  // Once, at the beginning.
  useEffect(() => {
    const [first] = recorded ?? [];
    if (recorded) {
      const showings = recorded.map(({ title, showing }) => [title, showing] as const);
      move({ kind: 'open', showings, step: first ? firstToSee(first.showing) : 0 });
      return;
    }
    openAt(location.hash);
  }, []);
  useAddress(standing, !recorded, (hash) => {
    const known = branchOf(standing, hash);
    const address = addressIn(hash);
    if (!known || !address || 'code' in address) return openAt(hash);
    move({ kind: 'visit', number: known.number });
    move({ kind: 'go', step: address.step });
  });
  useKeys(move);
  return {
    ...{ standing, branch, step, isBusy, wrong, other, open },
    go: (to: number) => move({ kind: 'go', step: to }),
    visit: (number: number) => move({ kind: 'visit', number }),
    leave: (from: number, what: string, way: AskedWay) => {
      if (!branch) return;
      const { scenario } = branch.showing;
      const parent = branch.number;
      ask({ scenario, way }, (showing) => move({ kind: 'leave', parent, from, what, showing }));
    },
    watch: (sql: string) => {
      if (!branch) return;
      const { number } = branch;
      const { scenario, asked } = branch.showing;
      const way = { ...asked, watch: sql.trim() === '' ? [] : [sql] };
      ask({ scenario, way }, (showing) => move({ kind: 'renew', number, showing }));
    },
    /** The run as a page of its own. */
    save: (then: (html: string) => void) => {
      if (!branch) return;
      const { scenario, asked } = branch.showing;
      server.ask(() => saved({ scenario, way: asked }, language), then);
    },
    /** Beside another run, where the two first differ. */
    compare: (title: string, scenario: string, way: AskedWay) =>
      ask({ scenario, way }, (showing) => {
        setOther({ title, showing });
        const first = branch && firstDifference(branch.showing.film, showing.film);
        if (first !== null && first !== undefined) move({ kind: 'go', step: first });
      }),
    compareNoMore: () => setOther(null),
  };
}

export type Runs = ReturnType<typeof useRuns>;
