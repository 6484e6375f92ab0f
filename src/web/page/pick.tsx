// Which scenario, with which parameters, and with which faults: by their names, or wherever they
// are to strike.

import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import type { AskedWay } from '../../report/view/showing.ts';
import type { ScenarioName } from './api.ts';

type Settings = AskedWay['settings'];

/** As they are typed after `--set`. */
export const settingTexts = (settings: Settings): readonly string[] =>
  Object.entries(settings).map(([name, value]) => `${name}=${value}`);

export function settingsOf(texts: readonly string[]): Settings {
  const pairs = texts.map((text) => {
    const [name = '', ...value] = text.split('=');
    return [name.trim(), value.join('=').trim()] as const;
  });
  return Object.fromEntries(pairs);
}

/** Several texts, each typed or picked from those that are offered, and each with a way out. */
function Chips({
  name,
  label,
  add,
  placeholder,
  offered,
  chosen,
  language,
  onAdd,
  onRemove,
}: {
  readonly name: string;
  readonly label: string;
  readonly add: string;
  readonly placeholder: string;
  readonly offered: readonly string[];
  readonly chosen: readonly string[];
  readonly language: Language;
  readonly onAdd: (text: string) => void;
  readonly onRemove: (text: string) => void;
}) {
  const words = pageTexts[language];
  const [text, setText] = useState('');
  const choose = () => {
    if (text === '' || chosen.includes(text)) return;
    onAdd(text);
    setText('');
  };
  return (
    <form
      class="line"
      onSubmit={(event) => {
        event.preventDefault();
        choose();
      }}
    >
      <label>
        {label}{' '}
        <input
          list={name}
          value={text}
          placeholder={placeholder}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <datalist id={name}>
        {offered.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <button type="submit">{add}</button>
      {chosen.map((one) => (
        <button
          key={one}
          type="button"
          class="chip"
          title={words.remove(one)}
          aria-label={words.remove(one)}
          onClick={() => onRemove(one)}
        >
          {one} ×
        </button>
      ))}
    </form>
  );
}

/** What is picked: a scenario, and what is to be different in it. */
export interface Picked extends Pick<AskedWay, 'fails' | 'settings'> {
  readonly scenario: string;
}

export function Pick({
  scenarios,
  shown,
  isBusy,
  language,
  onPick,
}: {
  readonly scenarios: readonly ScenarioName[];
  /** Of the run that is shown. */
  readonly shown: Picked;
  readonly isBusy: boolean;
  readonly language: Language;
  readonly onPick: (picked: Picked) => void;
}) {
  const words = pageTexts[language];
  // Until its run is here, what was picked last is what one goes on from.
  const [awaited, setAwaited] = useState<Picked | null>(null);
  useEffect(() => {
    if (!isBusy) setAwaited(null);
  }, [isBusy]);
  const latest = awaited ?? shown;
  const pick = (picked: Picked) => {
    setAwaited(picked);
    onPick(picked);
  };
  const pickFails = (fails: readonly string[]) => pick({ ...latest, fails });
  const pickSettings = (settings: Settings) => pick({ ...latest, settings });
  const here = scenarios.find(({ id }) => id === latest.scenario);
  return (
    <div class="pick">
      <label>
        {words.scenario}{' '}
        <select
          value={latest.scenario}
          onChange={({ currentTarget: { value } }) =>
            pick({ scenario: value, fails: [], settings: {} })
          }
        >
          {scenarios.map(({ id, title }) => (
            <option key={id} value={id}>
              {id} — {title[language]}
            </option>
          ))}
        </select>
      </label>
      <Chips
        name="faults"
        label={words.faults}
        add={words.addFault}
        placeholder="crash@service.handler.state"
        offered={here?.faults ?? []}
        chosen={shown.fails}
        language={language}
        onAdd={(fault) => pickFails([...latest.fails, fault])}
        onRemove={(fault) => pickFails(latest.fails.filter((one) => one !== fault))}
      />
      <Chips
        name="settings"
        label={words.settings}
        add={words.addSetting}
        placeholder="name=value"
        offered={here?.settings ?? []}
        chosen={settingTexts(shown.settings)}
        language={language}
        onAdd={(one) => pickSettings({ ...latest.settings, ...settingsOf([one]) })}
        onRemove={(one) => {
          const kept = settingTexts(latest.settings).filter((other) => other !== one);
          pickSettings(settingsOf(kept));
        }}
      />
    </div>
  );
}
