// Which scenario, and with which faults: by their names, or wherever they are to strike.

import { useState } from 'preact/hooks';
import type { Language } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import type { ScenarioName } from './api.ts';

export function Pick({
  scenarios,
  scenario,
  fails,
  language,
  onPick,
}: {
  readonly scenarios: readonly ScenarioName[];
  readonly scenario: string;
  readonly fails: readonly string[];
  readonly language: Language;
  readonly onPick: (scenario: string, fails: readonly string[]) => void;
}) {
  const words = pageTexts[language];
  const [fault, setFault] = useState('');
  const here = scenarios.find(({ id }) => id === scenario);
  const add = () => {
    if (fault === '' || fails.includes(fault)) return;
    onPick(scenario, [...fails, fault]);
    setFault('');
  };
  return (
    <div class="pick">
      <label>
        {words.scenario}{' '}
        <select value={scenario} onChange={(event) => onPick(event.currentTarget.value, [])}>
          {scenarios.map(({ id, title }) => (
            <option key={id} value={id}>
              {id} — {title[language]}
            </option>
          ))}
        </select>
      </label>
      <form
        class="line"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <label>
          {words.faults}{' '}
          <input
            list="faults"
            value={fault}
            placeholder="crash@service.handler.state"
            onInput={(event) => setFault(event.currentTarget.value)}
          />
        </label>
        <datalist id="faults">
          {(here?.faults ?? []).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <button type="submit">{words.addFault}</button>
        {fails.map((one) => (
          <button
            key={one}
            type="button"
            class="chip"
            title={words.remove(one)}
            aria-label={words.remove(one)}
            onClick={() =>
              onPick(
                scenario,
                fails.filter((other) => other !== one),
              )
            }
          >
            {one} ×
          </button>
        ))}
      </form>
    </div>
  );
}
