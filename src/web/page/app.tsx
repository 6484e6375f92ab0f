// The page: its head, and the run where one stands. From a file it shows recorded runs; from a
// server one may also choose, let things fail, compare, explore and ask.

import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Language } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import { choosing, type Showing, striking } from '../../report/view/showing.ts';
import { type View, viewOf } from '../../report/view/view.ts';
import type { Titled } from '../carry.ts';
import type { ScenarioName } from './api.ts';
import { Compare } from './compare.tsx';
import { Choices, Scrub, Tree } from './controls.tsx';
import { Explore } from './explore.tsx';
import { Happened, Inside, Lamps, Queues, Tables } from './panels.tsx';
import { Pick, settingTexts } from './pick.tsx';
import { PLAIN, type Runs, useRuns } from './runs.ts';
import { Sequence } from './sequence.tsx';
import { Sql } from './sql.tsx';
import { Tools } from './tools.tsx';

/** A run at a step, and what can be done with it. */
interface Staged {
  readonly runs: Runs;
  readonly showing: Showing;
  readonly view: View;
  readonly language: Language;
  /** What a server offers; null for recorded runs. */
  readonly scenarios: readonly ScenarioName[] | null;
}

function Columns({ runs, showing, view, language, scenarios }: Staged) {
  const { standing, go, leave, visit } = runs;
  const { branches, current, step } = standing;
  return (
    <div class="columns">
      <div class="left">
        <Happened view={view} language={language} />
        <Tree branches={branches} current={current} language={language} onVisit={visit} />
        <Choices
          view={view}
          language={language}
          canBranch={scenarios !== null}
          onChoose={(option, what, isTaken) => {
            if (isTaken) go(step + 1);
            else leave(step, what, choosing(showing, step, option));
          }}
          before={step > 0 ? viewOf(showing, step - 1, language) : null}
          onStrike={(fault, at) => leave(at, fault, striking(showing, at, fault))}
        />
      </div>
      <Sequence showing={showing} step={step} language={language} onGo={go} />
      <div class="right">
        <Tables view={view} language={language} />
        <Queues view={view} language={language} />
        <Inside view={view} language={language} />
      </div>
    </div>
  );
}

function Stage(staged: Staged) {
  const { runs, showing, view, language, scenarios } = staged;
  const { standing, other, step, go } = runs;
  const { scenario, asked } = showing;
  const here = {
    title: [scenario, ...settingTexts(asked.settings), ...asked.fails].join(' · '),
    showing,
  };
  return (
    <main>
      <h2 class="title">{showing.title[language]}</h2>
      <Lamps lamps={view.lamps} onGo={go} />
      <Scrub showing={showing} view={view} language={language} onGo={go} />
      {other ? (
        <Compare here={here} other={other} step={step} language={language} onGo={go} />
      ) : (
        <Columns {...staged} />
      )}
      <Tools
        showing={showing}
        language={language}
        scenarios={scenarios ?? []}
        isComparing={other !== null}
        onCompare={runs.compare}
        onStop={runs.compareNoMore}
        onSave={scenarios && runs.save}
      />
      {scenarios ? (
        <div class="columns low">
          <Explore
            code={showing.code}
            step={step}
            language={language}
            onShow={(code) => runs.open({ code }, null)}
          />
          <Sql
            key={standing.current}
            showing={showing}
            step={step}
            language={language}
            onAsk={runs.watch}
          />
        </div>
      ) : null}
    </main>
  );
}

/** What the server is doing, or could not do. */
function Banner({ runs, language }: Pick<Staged, 'runs' | 'language'>) {
  const { isBusy, wrong } = runs;
  if (isBusy) {
    return (
      <p role="status" class="banner">
        {pageTexts[language].busy}
      </p>
    );
  }
  return wrong ? (
    <p role="alert" class="banner bad">
      {wrong.message} {wrong.fix ? <code>{wrong.fix}</code> : null}
    </p>
  ) : null;
}

export function App({
  recorded,
  scenarios,
  first,
}: {
  /** The runs of a file; null on a server's page. */
  readonly recorded: readonly Titled[] | null;
  readonly scenarios: readonly ScenarioName[];
  readonly first: Language;
}) {
  const [language, setLanguage] = useState(first);
  const runs = useRuns(recorded, scenarios, language);
  const words = pageTexts[language];
  const { branch, step } = runs;
  const showing = branch?.showing;
  const view = useMemo(() => showing && viewOf(showing, step, language), [showing, step, language]);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    if (showing) document.title = `${showing.scenario} · Indoubt`;
  }, [language, showing]);
  const offered = recorded ? null : scenarios;
  return (
    <>
      <header>
        <h1>Indoubt</h1>
        {recorded ? (
          <p class="quiet">{words.recorded}</p>
        ) : (
          <Pick
            scenarios={scenarios}
            shown={{ ...(showing?.asked ?? PLAIN), scenario: showing?.scenario ?? '' }}
            isBusy={runs.isBusy}
            language={language}
            onPick={({ scenario, fails, settings }) =>
              runs.open({ scenario, way: { ...PLAIN, fails, settings } }, 0)
            }
          />
        )}
        <button
          type="button"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {words.language}
        </button>
      </header>
      <Banner runs={runs} language={language} />
      {showing && view ? (
        <Stage {...{ runs, showing, view, language }} scenarios={offered} />
      ) : null}
      <footer class="quiet">{words.keys}</footer>
    </>
  );
}
