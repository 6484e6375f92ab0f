// For each scenario, the settings with which a run comes by points that its named faults miss, and
// the points that nothing can reach, each with the reason.

export type Settings = Readonly<Record<string, string | number | null>>;

export interface Ways {
  /** Settings, and faults, beside the named ones. */
  readonly more: readonly (readonly [set: Settings, fails?: readonly string[]])[];
  /** Points no run comes by: why not. */
  readonly unreachable?: Readonly<Record<string, string>>;
}

/** By scenario; the ticket saga, isolation and propagation have tests of their own. */
export const WAYS: Readonly<Record<string, Ways>> = {
  'jpa-local': {
    more: [
      [{ way: 'code' }],
      [{ way: 'code', pauseMs: 5 }],
      [{ way: 'plain' }],
      [{ way: 'plain' }, ['error@app.plain.saving']],
      [{ fails: 'runtime', way: 'code' }],
      [{ fails: 'checked', way: 'code' }],
      [{ fails: 'checked', way: 'plain' }],
      [{ id: 5 }],
      [{ pauseMs: 5, fails: 'runtime' }],
      [{ way: 'plain' }, ['disconnect@app.plain.committing']],
      [{}, ['disconnect@app.annotation.committing']],
    ],
  },
};
