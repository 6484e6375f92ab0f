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
  'chained-jdbc': {
    more: [
      [{ managers: 'order-user' }],
      [{ managers: 'order-user', title: 'error2' }],
      [{ managers: 'order-user', title: 'error1' }],
      [{ managers: 'order-user', title: null }],
      [{ title: null }],
      [{ write: 'absolute', customerId: 99 }],
      [{ write: 'absolute', customerId: 99, managers: 'order-user' }],
      [{ write: 'absolute', managers: 'order-user' }],
    ],
  },
  'chained-jpa': {
    more: [
      [{ managers: 'order-user' }],
      [{ managers: 'order-user', title: 'error2' }],
      [{ managers: 'order-user', title: 'error1' }],
      [{ managers: 'order-user', title: null }],
      [{ title: null }],
      [{ customerId: 99, managers: 'order-user' }],
    ],
  },
  'jms-session': {
    more: [
      [{ way: 'message1-direct' }],
      [{ way: 'message2-listen' }],
      [{ way: 'message2-direct' }],
      [{ way: 'message2-listen', msg: 'error', manager: 'session' }],
      [{ way: 'message1-direct' }, ['crash-broker@app.message1-direct.sending-reply']],
      [{ way: 'message2-direct' }, ['crash-broker@app.message2-direct.beginning']],
      [{}, ['crash-broker@app.message1-listen.sending']],
      [{ way: 'message2-listen' }, ['crash-broker@app.message2-listen.sending']],
      [{ way: 'read' }, ['crash-broker@app.read.polling']],
    ],
  },
  'best-effort': {
    more: [[{ way: 'direct' }], [{}, ['error@app.listen.publishing']]],
  },
};
