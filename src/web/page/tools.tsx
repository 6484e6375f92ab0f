// Below the run: the command that repeats it, the run as a page to keep, and another to compare.

import { useState } from 'preact/hooks';
import { replayCommand } from '../../report/command.ts';
import type { Language } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import type { Showing } from '../../report/view/showing.ts';
import type { ScenarioName } from './api.ts';

function download(name: string, html: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
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
  /** Of the same scenario if none is named. */
  readonly onCompare: (title: string, scenario: string | undefined) => void;
  readonly onStop: () => void;
  /** Null where nothing can be saved. */
  readonly onSave: ((then: (html: string) => void) => void) | null;
}) {
  const words = pageTexts[language];
  const [isCopied, setCopied] = useState(false);
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
              if (value === '=') onCompare(words.withoutFaults, undefined);
              else if (value) onCompare(value, value);
              currentTarget.value = '';
            }}
          >
            <option value="">…</option>
            <option value="=">{words.withoutFaults}</option>
            {scenarios.map(({ id }) => (
              <option key={id} value={id}>
                {id}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </div>
  );
}
