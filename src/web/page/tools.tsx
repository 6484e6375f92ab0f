// Below the run: the command that repeats it, the run as a page to keep, and another to compare.

import { useState } from 'preact/hooks';
import { replayCommand } from '../../report/command.ts';
import type { Language } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import type { AskedWay, Showing } from '../../report/view/showing.ts';
import type { ScenarioName } from './api.ts';
import { settingsOf, settingTexts } from './pick.tsx';
import { PLAIN } from './runs.ts';

function download(name: string, html: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The same without its faults, and under each other choice of its parameters. */
function othersOf(
  { scenario, asked }: Showing,
  scenarios: readonly ScenarioName[],
  withoutFaults: string,
): readonly { readonly title: string; readonly way: AskedWay }[] {
  const { settings = [] } = scenarios.find(({ id }) => id === scenario) ?? {};
  const chosen = settingTexts(asked.settings);
  const choices = settings.filter((one) => !one.endsWith('=') && !chosen.includes(one));
  return [
    { title: withoutFaults, way: { ...asked, fails: [], choices: [] } },
    ...choices.map((title) => {
      const other = { ...asked.settings, ...settingsOf([title]) };
      return { title, way: { ...asked, settings: other, choices: [] } };
    }),
  ];
}

export function Tools({
  showing,
  language,
  scenarios,
  isComparing,
  onCompare,
  onStop,
  onSave,
}: {
  readonly showing: Showing;
  readonly language: Language;
  readonly scenarios: readonly ScenarioName[];
  readonly isComparing: boolean;
  readonly onCompare: (title: string, scenario: string, way: AskedWay) => void;
  readonly onStop: () => void;
  /** Null where nothing can be saved. */
  readonly onSave: ((then: (html: string) => void) => void) | null;
}) {
  const words = pageTexts[language];
  const [isCopied, setCopied] = useState(false);
  const others = othersOf(showing, scenarios, words.withoutFaults);
  const command = replayCommand(showing.code, showing.found);
  return (
    <div class="tools line">
      <code>{command}</code>
      <button
        type="button"
        onClick={() => navigator.clipboard.writeText(command).then(() => setCopied(true))}
      >
        {isCopied ? `✓ ${words.copied}` : words.copy}
      </button>
      {onSave ? (
        <button
          type="button"
          onClick={() => onSave((html) => download(`${showing.scenario}.html`, html))}
        >
          {words.save}
        </button>
      ) : null}
      {isComparing ? (
        <button type="button" onClick={onStop}>
          {words.stop}
        </button>
      ) : null}
      {scenarios.length > 0 && !isComparing ? (
        <label>
          {words.compareWith}{' '}
          <select
            value=""
            onChange={({ currentTarget }) => {
              const { value } = currentTarget;
              const other = others.find(({ title }) => title === value);
              if (other) onCompare(value, showing.scenario, other.way);
              else if (value) onCompare(value, value, PLAIN);
              currentTarget.value = '';
            }}
          >
            <option value="">…</option>
            {[...others.map(({ title }) => title), ...scenarios.map(({ id }) => id)].map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </div>
  );
}
