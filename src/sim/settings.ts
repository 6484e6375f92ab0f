// The parameters every world has, whatever its scenario, with the real stack's defaults.

import type { SqlValue } from './kernel/index.ts';
import type { Parameter } from './scenario.ts';

const milliseconds = (fallback: number, en: string, zh: string): Parameter => ({
  expected: { type: 'integer', min: 0, max: 86_400_000 },
  default: fallback,
  about: { en, zh },
});

export const WORLD_PARAMETERS = {
  consumers: {
    expected: { type: 'integer', min: 1, max: 100 },
    default: 10,
    about: { en: 'consumers of each listener container', zh: '每个监听容器的消费者数' },
  },
  redeliveryDelayMs: milliseconds(
    1000,
    'pause before a returned message is delivered again (0: its container closes the consumer)',
    '消息退回后再次投递前的等待（0：容器在回滚时关闭消费者，立即重投）',
  ),
  redeliveriesMax: {
    expected: { type: 'integer', min: 0, max: 1000 },
    default: 6,
    about: {
      en: 'redeliveries before a message becomes a dead letter',
      zh: '进入死信队列前的最多重投次数',
    },
  },
  recoveryMs: milliseconds(
    5000,
    'pause of a consumer that could not begin a transaction',
    '消费者无法开始事务时的等待',
  ),
  restartMs: milliseconds(
    1000,
    'how long a crashed service, database or broker stays down',
    '服务、数据库或消息代理崩溃后多久重启',
  ),
  lockWaitTimeoutMs: milliseconds(
    50_000,
    'how long a statement waits for a row lock',
    '语句等待行锁的最长时间',
  ),
  callTimeoutMs: milliseconds(
    5000,
    'how long a service waits for the answer of another',
    '服务等待另一服务应答的最长时间',
  ),
  horizonMs: milliseconds(
    600_000,
    'virtual time at which a run is cut off if it never comes to rest',
    '运行一直不停歇时，在此虚拟时刻截止',
  ),
} as const satisfies Record<string, Parameter>;

export type Settings = Readonly<Record<keyof typeof WORLD_PARAMETERS, number>>;

/** Virtual time that every step of a handler takes, in ms. */
export const STEP_MS = 1;

/** The world's own parameters among all of a run's. */
export function settingsOf(parameters: Readonly<Record<string, SqlValue>>): Settings {
  const names = Object.keys(WORLD_PARAMETERS) as (keyof Settings)[];
  return Object.fromEntries(
    names.map((name) => [name, Number(parameters[name] ?? WORLD_PARAMETERS[name].default)]),
  ) as Settings;
}
