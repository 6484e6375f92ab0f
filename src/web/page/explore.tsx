// Explores from where one stands, on the server: how far it has come, and what it found.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Language } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import { Panel } from './panels.tsx';

interface Found {
  readonly property: string;
  readonly faults: readonly string[];
  readonly code: string;
}

interface Report {
  readonly guarantee: string;
  readonly findings: readonly Found[];
}

interface Progress {
  readonly states: number;
  readonly steps: number;
  readonly broken: readonly string[];
}

export function Explore({
  code,
  step,
  language,
  onShow,
}: {
  /** Of the run one stands in. */
  readonly code: string;
  readonly step: number;
  readonly language: Language;
  readonly onShow: (code: string) => void;
}) {
  const words = pageTexts[language];
  const [faults, setFaults] = useState(1);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [wrong, setWrong] = useState('');
  const source = useRef<EventSource | null>(null);
  const stop = () => {
    source.current?.close();
    source.current = null;
    setProgress(null);
  };
  useEffect(() => stop, []);
  const start = () => {
    stop();
    setReport(null);
    setWrong('');
    setProgress({ states: 0, steps: 0, broken: [] });
    const asked = new URLSearchParams({
      code,
      step: String(step),
      faults: String(faults),
      lang: language,
    });
    const events = new EventSource(`/api/explore?${asked}`);
    source.current = events;
    events.addEventListener('progress', ({ data }) => setProgress(JSON.parse(data)));
    events.addEventListener('report', ({ data }) => {
      setReport(JSON.parse(data));
      stop();
    });
    events.addEventListener('wrong', ({ data }) => {
      setWrong(JSON.parse(data).message);
      stop();
    });
    events.onerror = () => {
      if (source.current !== events) return;
      setWrong(words.gone);
      stop();
    };
  };
  return (
    <Panel title={words.exploreFrom} name="explore">
      <div class="line">
        <label>
          {words.budget}{' '}
          <input
            type="number"
            min={0}
            max={3}
            value={faults}
            onInput={(event) => setFaults(Number(event.currentTarget.value))}
          />
        </label>
        {progress ? (
          <button type="button" onClick={stop}>
            {words.stop}
          </button>
        ) : (
          <button type="button" onClick={start}>
            {words.explore}
          </button>
        )}
      </div>
      {progress ? (
        <p role="status">
          {words.progress(progress.states, progress.steps)}
          {progress.broken.map((property) => (
            <span key={property} class="bad">
              {' '}
              ✗ {property}
            </span>
          ))}
        </p>
      ) : null}
      {wrong ? (
        <p class="bad" role="alert">
          {wrong}
        </p>
      ) : null}
      {report ? (
        <>
          <p>{report.guarantee}</p>
          <ul class="plain">
            {report.findings.map(({ property, faults: struck, code: way }) => (
              <li key={property}>
                ✗ {words.broken(property, struck.length)}{' '}
                <button type="button" onClick={() => onShow(way)}>
                  {words.show}
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Panel>
  );
}
