// For each scenario, the settings with which a run comes by points that its named faults miss, and
// the points that nothing can reach, each with the reason.

export type Settings = Readonly<Record<string, string | number | null>>;

export interface Ways {
  /** Settings, and faults, beside the named ones. */
  readonly more: readonly (readonly [set: Settings, fails?: readonly string[]])[];
  /** Runs are long: each point gets its faults once, on the first way that comes by it. */
  readonly once?: boolean;
  /** Points no run comes by: why not. */
  readonly unreachable?: Readonly<Record<string, string>>;
}

// Somebody is quicker than a manager that waits for a resource to come back, and decides by hand.
function byHand(way: string, handler: string, resources: readonly string[]): Ways['more'] {
  return resources.flatMap((operatorOn) => {
    const kind = operatorOn === 'session' ? 'crash-broker' : 'crash-db';
    const fault = `${kind}@app.${handler}.committing-${operatorOn}:before,restart=2500ms`;
    return ['commit', 'rollback'].map((operator) => {
      return [{ way, operator, operatorOn, operatorAtMs: 2600 }, [fault]] as const;
    });
  });
}

// Only a request of one's own asks for it: test/conformance does.
const unlockPoints = Object.fromEntries(
  ['beginning', 'unlocking', 'committing', 'rolling-back', 'replying', 'throwing'].map((state) => [
    `ticket.unlock.${state}`,
    'no named way asks for it',
  ]),
);
// The saga's own way back, wherever a handler has one: it cannot begin, and then cannot commit.
const troubled = (...handlers: readonly string[]): readonly string[] =>
  handlers.flatMap((handler) => [`error@${handler}.beginning`, `error@${handler}.committing`]);
const ONE_DOWN = 'crash@order-1.process.starting,restart=never';
const OTHER_DOWN = 'crash@order-2.process.starting,restart=never';
const USER_DOWN = 'crash@user.process.starting,restart=never';
const PAGE = '/user/api/customer/my';

const SYNCHRONIZED: Ways['more'] = ['user-order', 'order-user'].flatMap((managers) =>
  ['registered', 'throws-before', 'throws-after'].map((synchronization) => {
    return [{ managers, synchronization }] as const;
  }),
);

// Each listener once cannot begin its transaction, and once not commit it.
const listenersFail = (...listeners: readonly string[]): readonly string[] =>
  listeners.flatMap((one) => [`error@${one}.beginning`, `error@${one}.committing`]);

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
      ...SYNCHRONIZED,
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
      ...SYNCHRONIZED,
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
  'jta-single': {
    more: [[{ way: 'code' }], [{ way: 'code', name: 'error' }], [{ way: 'code', id: 7 }]],
  },
  'jta-xa': {
    more: [
      [{ way: 'code' }],
      [{ way: 'listen' }],
      [{ way: 'listen-code' }],
      [{ way: 'listen-code', name: 'error' }],
      [{ way: 'listen-code' }, ['crash-db@app.handle-code.committing-user,restart=12s']],
      [{ way: 'two-databases' }],
      [{ way: 'code', name: 'error' }],
      [{ way: 'code', id: 7 }],
      [{ way: 'two-databases', name: 'error' }],
      [{ way: 'two-databases', id: 7 }],
      [{ way: 'listen' }, ['crash-broker@app.listen.sending']],
      [{ way: 'code' }, ['crash-db@app.code.committing-user:before,restart=12s']],
      [{ way: 'two-databases' }, [`crash-db@app.two-databases.committing-user,restart=12s`]],
      [{ way: 'listen' }, ['crash-db@app.handle.committing-user:before,restart=12s']],
      [{ way: 'two-databases' }, ['crash@app.two-databases.logging-commit:before']],
      ...byHand('annotation', 'annotation', ['user', 'session']),
      ...byHand('code', 'code', ['user', 'session']),
      ...byHand('listen', 'handle', ['user', 'session']),
      ...byHand('listen-code', 'handle-code', ['user', 'session']),
      ...byHand('two-databases', 'two-databases', ['user', 'order']),
    ],
  },
  'ticket-lock': {
    more: [
      [{ way: 'lock', ticketNum: 999 }],
      [{ way: 'consumer', ticketNum: 999 }],
      [{ way: 'lock' }, ['error@ticket.lock.flushing']],
      [{ way: 'lock2' }, ['error@ticket.lock2.locking']],
      [{ way: 'consumer' }, ['error@ticket.consume.committing']],
      [{ way: 'distributed' }, ['error@lease.acquire.acquiring']],
    ],
    unreachable: unlockPoints,
  },
  tcc: {
    more: [
      [{}, ['delay@shop.buy.trying-ticket,delay=8s']],
      [{}, ['error@shop.buy.committing']],
      [{}, ['error@ticket.confirm.committing', 'error@user.confirm.committing']],
      [{ deposit: 50 }, ['error@ticket.cancel.committing', 'error@user.cancel.committing']],
    ],
  },
  'saga-orchestrated': {
    more: [
      [{}, ['error@order.create.committing']],
      [{}, ['error@order.reply.beginning', 'error@order.reply.committing']],
      [{}, ['error@ticket.commands.beginning', 'error@ticket.commands.committing']],
      [{}, ['error@user.commands.beginning', 'error@user.commands.committing']],
      [{}, ['lose@user.commands.sending-done', 'error@order.resume.publishing']],
    ],
  },
  idempotency: {
    more: [
      [{ workMs: 350, key: 'none' }],
      [{ key: 'before', workMs: 350 }],
      [{ key: 'after' }, ['lost-reply@client.ask.calling']],
      [{ triesMax: 2 }, ['lost-reply@client.ask.calling#1', 'lost-reply@client.ask.calling#2']],
    ],
  },
  'unique-id': {
    more: [
      [{ way: 'counter-server', orders: 1 }, ['crash@counter.next.beginning,restart=never']],
      [{ way: 'counter-server', orders: 1 }, ['error@counter.next.saving']],
      [{ orders: 1 }, ['error@warehouse.merge.beginning']],
      [{ orders: 1 }, ['error@warehouse.merge.committing']],
      [{ orders: 1 }, ['error@east.create.publishing:before']],
      [{ orders: 1 }, ['error@west.create.publishing:before']],
    ],
  },
  'event-sourcing': {
    more: [
      [{ triesMax: 1 }],
      [{ triesMax: 1, thinkMs: 50 }],
      [{ thinkMs: 50, amount: 30 }],
      [{ snapshotEvery: 3, amount: 30, thinkMs: 50 }],
      [{ feed: 'queue', projection: 'naive', amount: 30 }],
      [{ feed: 'queue' }, ['error@reader.project.beginning']],
      [{ feed: 'queue' }, ['error@reader.project.committing']],
      [{}, ['error@teller.withdraw.committing:before']],
      [{}, ['error@online.withdraw.appending']],
      [{}, ['error@reader.follow.booking']],
    ],
  },
  'compare-patterns': {
    more: [
      ...['chained', 'xa', 'best-effort', 'outbox', 'saga', 'orchestrated', 'tcc'].flatMap(
        (pattern) => [
          [{ pattern }] as const,
          [{ pattern, amount: 5000 }] as const,
          [{ pattern, refuses: 1 }] as const,
        ],
      ),
      [{ amount: 5000 }],
      [{ refuses: 1 }],
      [{ holder: 'hold', pattern: 'saga' }],
      [{ pattern: 'xa' }, ['crash-db@shop.xa.committing-order,restart=12s']],
      [{ pattern: 'tcc' }, ['delay@shop.tcc.trying-payment,delay=10s']],
      [{ pattern: 'tcc' }, ['delay@shop.tcc.trying-order,delay=10s']],
    ],
  },
  outbox: {
    more: [
      [{ way: 'commit-then-send' }],
      [{ way: 'send-then-commit' }],
      [{}, ['error@shop.outbox.posting']],
      [{}, ['error@shop.relay.publishing:before']],
      [{ way: 'commit-then-send' }, ['error@shop.commit-then-send.inserting-order']],
      [{ way: 'send-then-commit' }, ['error@shop.send-then-commit.sending']],
      [{}, ['error@bonus.credit.recording-message', 'error@bonus.credit.beginning']],
    ],
  },
  'ticket-shop': {
    more: [
      [{ path: PAGE, customerId: 9 }],
      [{ path: PAGE, password: 'secret' }],
      [{ path: PAGE }, ['crash@ticket.process.starting,restart=never']],
      [{ path: PAGE, times: 4, pauseMs: 100 }, [ONE_DOWN, OTHER_DOWN]],
      [{}, troubled('order-1.locked', 'order-1.finish', 'user.pay', 'ticket.new')],
      [{}, [ONE_DOWN, ...troubled('order-2.locked', 'order-2.finish', 'ticket.ticket_move')]],
      [{ deposit: 50 }, troubled('order-1.fail', 'ticket.ticket_error')],
      [{ deposit: 50 }, [ONE_DOWN, ...troubled('order-2.fail')]],
      [{ customerId: 9 }],
      [{}, [USER_DOWN]],
      [{}, [USER_DOWN, 'error@order-1.check.publishing']],
      [{}, [USER_DOWN, 'error@order-2.check.publishing']],
      [{ times: 2 }, ['error@order-1.create.publishing', 'error@order-2.create.publishing']],
      ...[OTHER_DOWN, ONE_DOWN].flatMap((down) => {
        const one = down === ONE_DOWN ? 'order-2' : 'order-1';
        const later = 'duplicate@ticket.new.sending-locked,delay=1s';
        return [
          [{}, [down, 'duplicate@ticket.new.sending-locked']] as const,
          [{}, [down, `duplicate@${one}.create.sending`, later]] as const,
        ];
      }),
    ],
    once: true,
    unreachable: {
      'order-1.fail.refusing-no-row': 'no message names an order that is not written',
      'order-1.finish.refusing-no-row': 'no message names an order that is not written',
      'order-2.fail.refusing-no-row': 'no message names an order that is not written',
      'order-2.finish.refusing-no-row': 'no message names an order that is not written',
      'user.pay.refusing-two-rows': 'takes two payments without an order, made side by side',
    },
  },
  'dead-letter': {
    more: [
      [{}, listenersFail('shop.dead-letters', 'shop.refund', 'delivery.cancel')],
      [{ failures: 0 }, listenersFail('shop.delivered', 'delivery.deliver')],
      [{}, ['error@shop.buy.committing']],
      [{ way: 'timeout' }, ['error@shop.check.publishing']],
      [{ way: 'person' }, ['error@shop.person.publishing']],
    ],
  },
  'ticket-saga-fixed': {
    more: [
      [{}, ['error@order.create.committing']],
      [{}, ['error@order.check.finding-overdue']],
      [{}, ['lose@order.relay.sending', 'error@order.check.committing:before']],
    ],
  },
};
