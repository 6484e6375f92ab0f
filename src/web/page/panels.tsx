// What is seen of a run at a step, panel by panel. Each shows a part of the view and decides
// nothing; marks are signs with words, never colours alone.

import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Language } from '../../report/texts/index.ts';
import { pageTexts } from '../../report/texts/page.ts';
import { viewTexts } from '../../report/texts/view.ts';
import type { RowView, TableView } from '../../report/view/tables.ts';
import type { Lamp, QueueView, View } from '../../report/view/view.ts';

interface Shown {
  readonly view: View;
  readonly language: Language;
}

export function Panel({
  title,
  name,
  children,
}: {
  readonly title: string;
  readonly name: string;
  readonly children: ComponentChildren;
}) {
  // Where two runs stand side by side, each has its own.
  const id = useId();
  return (
    <section class={`panel ${name}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** What the last step did, why, and what one should know of it. */
export function Happened({ view, language }: Shown) {
  const words = pageTexts[language];
  return (
    <Panel title={words.happened} name="happened">
      <div aria-live="polite" aria-atomic="true">
        <ul class="plain">
          {view.happened.map(({ event, service, text, isAlarming }) => (
            <li key={event} class={isAlarming ? 'bad' : ''}>
              {service ? <b>{service} </b> : null}
              {text}
            </li>
          ))}
          {view.happened.length === 0 ? (
            <li class="quiet">{view.took ?? viewTexts[language].begins}</li>
          ) : null}
        </ul>
        {view.ending ? (
          <p class="ending">
            <b>{view.ending.word}</b> — {view.ending.text}
          </p>
        ) : null}
      </div>
      {view.lessons.map((lesson) => (
        <p key={lesson} class="lesson">
          {lesson}
        </p>
      ))}
      {view.why.length > 0 ? (
        <details>
          <summary>{words.why}</summary>
          <ol class="plain">
            {view.why.map(({ event, atMs, service, text }) => (
              <li key={event}>
                <span class="quiet">{atMs} ms</span> {service} {text}
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </Panel>
  );
}

/** The properties as lamps: one leads to where it first broke. */
export function Lamps({
  lamps,
  onGo,
}: {
  readonly lamps: readonly Lamp[];
  readonly onGo: (step: number) => void;
}) {
  const signs = (holds: boolean | null) => (holds === null ? '○' : holds ? '✓' : '✗');
  return (
    <ul class="lamps">
      {lamps.map(({ property, text, holds, first, state }) => (
        <li key={property}>
          <button
            type="button"
            class={holds === false ? 'lamp bad' : holds ? 'lamp good' : 'lamp'}
            disabled={first === null}
            title={`${text}: ${state}`}
            onClick={() => first !== null && onGo(first)}
          >
            <span aria-hidden="true">{signs(holds)}</span> {property}
            <span class="only-read">: {state}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Cells({
  row,
  side,
}: {
  readonly row: RowView | undefined;
  readonly side: 'before' | 'after';
}) {
  if (!row) return null;
  return row.cells.map(({ column, value, was }) => {
    const text = side === 'before' ? (was ?? value) : value;
    return (
      <td key={column} class={was === null ? '' : 'changed'}>
        {text === 'null' ? <span class="quiet">null</span> : text}
      </td>
    );
  });
}

function Table({ table, language }: { readonly table: TableView; readonly language: Language }) {
  const words = pageTexts[language];
  const [first] = table.rows;
  if (!first) {
    return (
      <p class="quiet">
        {table.name}: {words.noRow}
      </p>
    );
  }
  return (
    <table>
      <caption>{table.name}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="only-read">±</span>
          </th>
          {first.cells.map(({ column }) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => {
          const isChanged = row.cells.some(({ was }) => was !== null);
          const mark = (
            <th scope="row" class="mark" title={words.marks[row.mark] ?? ''}>
              <span aria-hidden="true">{row.mark}</span>
              <span class="only-read">{words.marks[row.mark]}</span>
            </th>
          );
          const name = `${row.isFresh ? 'fresh ' : ''}m${row.mark === ' ' ? '' : ' marked'}`;
          return [
            isChanged ? (
              <tr key={`${row.id} before`} class="before">
                <th scope="row" class="quiet">
                  {words.before}
                </th>
                <Cells row={row} side="before" />
              </tr>
            ) : null,
            <tr key={row.id} class={name}>
              {mark}
              <Cells row={row} side="after" />
            </tr>,
          ];
        })}
      </tbody>
    </table>
  );
}

export function Tables({ view, language }: Shown) {
  return (
    <Panel title={pageTexts[language].rows} name="rows">
      {view.tables.map((table) => (
        <div class="scrolls" key={table.name}>
          <Table table={table} language={language} />
        </div>
      ))}
    </Panel>
  );
}

function Queue({ queue }: { readonly queue: QueueView }) {
  return (
    <div class={`queue${queue.isDead ? ' dead' : ''}`}>
      <h3>
        {queue.isDead ? '† ' : ''}
        {queue.queue}
      </h3>
      {queue.messages.map(({ id, body, about, isFresh, state }) => (
        <div key={id} class={`message ${state}${isFresh ? ' fresh' : ''}`} title={body}>
          <span>#{id}</span> {about}
          <code>{body}</code>
        </div>
      ))}
    </div>
  );
}

export function Queues({ view, language }: Shown) {
  const words = pageTexts[language];
  const full = view.queues.filter(({ messages }) => messages.length > 0);
  return (
    <Panel title={words.queues} name="queues">
      {full.length === 0 ? <p class="quiet">{words.empty}</p> : null}
      <div class="boxes">
        {full.map((queue) => (
          <Queue key={queue.queue} queue={queue} />
        ))}
      </div>
    </Panel>
  );
}

function Lines({ lines, none }: { readonly lines: readonly string[]; readonly none: string }) {
  if (lines.length === 0) return <p class="quiet">{none}</p>;
  return (
    <ul class="plain">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** The machines, locks and waits, and what a crash would leave. */
export function Inside({ view, language }: Shown) {
  const words = pageTexts[language];
  return (
    <>
      <Panel title={words.machines} name="machines">
        <ul class="plain">
          {view.machines.map(({ service, isUp, runs }) => (
            <li key={service} class={isUp ? '' : 'bad'}>
              <b>{service}</b>{' '}
              {isUp
                ? runs.map(({ execution, handler, state, waits }) => (
                    <span key={execution} class="state">
                      {handler} · {state}
                      {waits ? ' !' : ''}
                    </span>
                  ))
                : '✗'}
            </li>
          ))}
          {view.down.map((name) => (
            <li key={name} class="bad">
              <b>{name}</b> ✗
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={words.locks} name="locks">
        <Lines lines={[...view.waits, ...view.locks]} none={words.none} />
      </Panel>
      <Panel title={words.log} name="log">
        <h3>{words.durable}</h3>
        <Lines lines={view.durable} none={words.none} />
        <h3>{words.volatile}</h3>
        <Lines lines={view.volatile} none={words.none} />
      </Panel>
    </>
  );
}
