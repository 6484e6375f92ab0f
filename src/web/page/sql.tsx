// A query over all databases and queues, answered at every step of the run.

import { useState } from 'preact/hooks';
import type { Language } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import { frameAt, type Showing } from '../../report/view/showing.ts';
import { answerOf } from '../../report/view/watched.ts';
import { Panel } from './panels.tsx';

export function Sql({
  showing,
  step,
  language,
  onAsk,
}: {
  readonly showing: Showing;
  readonly step: number;
  readonly language: Language;
  readonly onAsk: (sql: string) => void;
}) {
  const words = pageTexts[language];
  const [asked = ''] = showing.asked.watch;
  const [sql, setSql] = useState(asked);
  const watched = frameAt(showing.film, step).watched[0];
  const answer = watched && answerOf(watched, language);
  return (
    <Panel title={words.sql} name="sql">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onAsk(sql);
        }}
      >
        <textarea
          rows={2}
          maxLength={4000}
          aria-label={words.sql}
          spellcheck={false}
          placeholder="SELECT * FROM broker.messages"
          value={sql}
          onInput={(event) => setSql(event.currentTarget.value)}
        />
        <button type="submit">{words.ask}</button>
      </form>
      {answer === undefined ? null : answer.wrong !== null ? (
        <p class="bad" role="alert">
          {answer.wrong}
        </p>
      ) : (
        <>
          <p class="quiet">{words.rowCount(answer.rows.length)}</p>
          <div class="scrolls">
            <table>
              <thead>
                <tr>
                  {Object.keys(answer.rows[0] ?? {}).map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {answer.rows.map((row) => (
                  <tr key={JSON.stringify(row)}>
                    {Object.entries(row).map(([column, value]) => (
                      <td key={column}>{String(value)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Panel>
  );
}
