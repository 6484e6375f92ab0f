// Messages alone: a listener that answers within the container's JMS transaction (message1), one
// that ends the transaction in its own code (message2), and the same methods called directly.
// Data, properties, named faults and words are in scenarios.yaml.

import {
  type Exit,
  failing,
  fork,
  type Given,
  managedHandler,
  managedListener,
  type Service,
  type States,
  step,
} from '../sim/index.ts';

interface Text {
  readonly msg: string;
  readonly deliveryCount?: number;
}

type Found = Given<Text>;

/** What a container waits after an exception of its own transaction manager, in ms. */
const RECOVERY_MS = 5000;

const hasError = ({ memory }: Found): boolean => memory.msg.includes('error');

const onError = (target: string, otherwise: string): readonly (string | Exit<Text>)[] => [
  { target, test: hasError },
  otherwise,
];

const replying = (words: string, exits: readonly (string | Exit<Text>)[], transacted = true) =>
  step<Text, 'send'>(
    'send',
    ({ memory }) => ({
      queue: 'customer:msg:reply',
      body: { msg: `${words} - ${memory.msg}` },
      transacted,
    }),
    exits,
  );

const sendTo = (handler: string, queue: string) =>
  managedHandler<Text>(handler, {
    units: [],
    first: 'sending',
    states: {
      sending: step<Text, 'send'>(
        'send',
        ({ memory }) => ({ queue, body: { msg: memory.msg }, transacted: false }),
        'returned',
      ),
    },
  });

const failure = failing('RuntimeException', 'some Data error.');

const received = ({ result }: Found): Text => {
  const { msg } = result.value as { readonly msg: string };
  return { msg, deliveryCount: result.deliveryCount ?? 1 };
};

/** Whether the container has a JmsTransactionManager, or only a transacted session. */
const hasManager = ({ parameters }: Found): boolean => parameters['manager'] === 'jms';

// A container with an external manager closes its consumer at each rollback: no delay.
const message1 = () =>
  managedListener<Text>('app.message1', {
    units: [],
    received,
    redeliverAfterMs: (given) => (hasManager(given) ? 0 : undefined),
    first: 'sending-reply',
    states: {
      'sending-reply': replying('Replied', onError('failing', 'returned')),
      failing: failure,
    },
  });

// Its own getTransaction joins the container's: a rollback there can only mark it. The method
// returns, and then the container's commit is refused.
const message2 = () =>
  managedListener<Text>('app.message2', {
    units: [],
    received,
    redeliverAfterMs: (given) => {
      if (!hasManager(given)) return undefined;
      return (given.memory.deliveryCount ?? 1) > 1 ? RECOVERY_MS : 0;
    },
    first: 'sending-reply',
    states: {
      'sending-reply': replying('Replied-2', onError('marking-rollback-only', 'returned')),
      // Without a manager the container commits its session, and looks at no mark.
      'marking-rollback-only': step<Text, 'note'>('note', { note: 'dooms' }, [
        { target: 'refusing-commit', test: hasManager },
        'returned',
      ]),
      'refusing-commit': failing(
        'UnexpectedRollbackException',
        'Transaction rolled back because it has been marked as rollback-only',
      ),
    },
  });

// Called directly there is no transaction around: the reply is out before the exception is thrown.
const direct1 = () =>
  managedHandler<Text>('app.message1-direct', {
    units: [],
    first: 'sending-reply',
    states: {
      'sending-reply': replying('Replied', onError('failing', 'returned'), false),
      failing: failure,
    },
  });

const direct2 = () =>
  managedHandler<Text>('app.message2-direct', {
    units: [{ name: '', kind: 'jms' }],
    programmatic: true,
    first: 'sending-reply',
    states: { 'sending-reply': replying('Replied-2', onError('undoing', 'returned')) },
  });

const polling: States = {
  polling: step<Text, 'poll'>(
    'poll',
    ({ parameters }) => ({
      queue: 'customer:msg:reply',
      timeoutMs: Number(parameters['receiveTimeoutMs']),
    }),
    [
      {
        target: 'read',
        remember: ({ result }) => (result.value as unknown as Text | null) ?? { msg: '' },
      },
    ],
  ),
  read: fork(['returned']),
};

const read = () =>
  managedHandler<Text>('app.read', {
    units: [],
    first: 'polling',
    states: polling,
    reply: ({ memory }) => (memory.msg === '' ? null : memory.msg),
  });

export const jmsSessionServices = (): readonly Service[] => [
  {
    name: 'app',
    databases: [],
    entries: [
      { name: 'message1-listen', machine: sendTo('app.message1-listen', 'customer:msg:new') },
      { name: 'message1-direct', machine: direct1() },
      { name: 'message2-listen', machine: sendTo('app.message2-listen', 'customer:msg2:new') },
      { name: 'message2-direct', machine: direct2() },
      { name: 'read', machine: read() },
    ],
    listeners: [
      { name: 'message1', queue: 'customer:msg:new', machine: message1() },
      { name: 'message2', queue: 'customer:msg2:new', machine: message2() },
    ],
    jobs: [],
  },
];
