// The words about explorations and comparisons, in both languages side by side.

import type { Wait } from '../../sim/index.ts';
import type { Language } from './texts.ts';

/** What was allowed to vary. */
export interface Bounds {
  readonly faults: number;
  readonly kinds: readonly string[] | null;
  readonly at: string | null;
  readonly preemptions: number;
  readonly stalls: number;
  readonly depth: number;
  readonly granularity: 'handler' | 'statement';
  /** Which share of it, such as `1/2`; null for all. */
  readonly share: string | null;
}

/** Why something was left out. */
export type Limit =
  | { readonly kind: 'time'; readonly seconds: number }
  | { readonly kind: 'states'; readonly states: number }
  | { readonly kind: 'interrupted' };

export interface Totals {
  readonly states: number | null;
  readonly steps: number;
  readonly outcomes: number;
  readonly frontier: number;
  readonly runs: number;
}

export interface ExploreTexts {
  /** Complete: everything within the bounds was tried. */
  readonly complete: (bounds: Bounds, totals: Totals) => string;
  readonly incomplete: (limit: Limit, bounds: Bounds, totals: Totals) => string;
  readonly walked: (bounds: Bounds, totals: Totals, seed: number) => string;
  readonly stopped: (limit: Limit) => string;
  readonly findings: string;
  readonly nothing: string;
  readonly known: string;
  readonly unknown: string;
  readonly knownByFile: string;
  readonly unknownByFile: string;
  readonly missing: (property: string, faults: number) => string;
  /** @param handled messages and timers; 0 to count steps instead */
  readonly shortest: (handled: number, steps: number, faults: number) => string;
  /** Stands between two statements of one line. */
  readonly pause: string;
  readonly mix: (kinds: readonly string[]) => string;
  readonly evidence: string;
  readonly difference: string;
  readonly waits: string;
  readonly wait: (wait: Wait) => string;
  readonly marked: string;
  readonly unreached: string;
  readonly points: string;
  readonly transitions: string;
  readonly outcomes: string;
  readonly sometimes: string;
  readonly comesToRest: string;
  readonly goOn: (file: string) => string;
  readonly couldKeep: string;
  readonly progress: (at: Progressed) => string;
  readonly profile: string;
  readonly diff: {
    readonly same: string;
    readonly event: string;
    readonly ends: string;
    readonly rows: string;
    readonly noRows: string;
    readonly noFault: string;
    readonly first: string;
    readonly second: string;
  };
}

/** What a line of progress says. */
interface Progressed {
  readonly states: number | null;
  readonly steps: number;
  readonly perSecond: number;
  readonly depth: number;
  readonly frontier: number;
  readonly runs: number;
  readonly broken: number;
  /** From 0 to 1, where it is known. */
  readonly share: number | null;
}

const count = (number: number): string => number.toLocaleString('en-US');
const many = (number: number, one: string, more = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : more}`;

function boundsInEnglish(bounds: Bounds): string {
  const { faults, kinds, at, preemptions, stalls, depth, granularity, share } = bounds;
  const what = kinds ? ` (${kinds.join(', ')})` : '';
  return [
    faults === 0 ? 'no fault' : `≤ ${many(faults, 'fault')}${what}`,
    ...(at === null || faults === 0 ? [] : [`at ${at}`]),
    ...(stalls > 0 ? [`≤ ${many(stalls, 'stall')}`] : []),
    preemptions === Number.POSITIVE_INFINITY
      ? `every order of ${granularity === 'handler' ? 'handlers' : 'statements'}`
      : `≤ ${many(preemptions, 'preemption')} between ${granularity}s`,
    ...(depth === Number.POSITIVE_INFINITY ? [] : [`≤ ${count(depth)} steps deep`]),
    ...(share === null ? [] : [`share ${share} only`]),
  ].join(', ');
}

const totalsInEnglish = ({ states, steps, outcomes }: Totals): string =>
  [
    ...(states === null ? [] : [many(states, 'state')]),
    many(steps, 'step'),
    many(outcomes, 'distinct outcome'),
  ].join(', ');

function limitInEnglish(limit: Limit): string {
  switch (limit.kind) {
    case 'time':
      return `stopped at ${limit.seconds} s`;
    case 'states':
      return `stopped at ${count(limit.states)} states`;
    default:
      return 'interrupted';
  }
}

const en: ExploreTexts = {
  complete: (bounds, totals) =>
    `complete for ${boundsInEnglish(bounds)}: ${totalsInEnglish(totals)}`,
  incomplete: (limit, bounds, totals) =>
    `not complete: ${limitInEnglish(limit)}, frontier ${count(totals.frontier)}; tried so far, of ${boundsInEnglish(bounds)}: ${totalsInEnglish(totals)}`,
  walked: (bounds, totals, seed) =>
    `not complete: ${many(totals.runs, 'run')} drawn from seed ${seed}, of ${boundsInEnglish(bounds)}: ${totalsInEnglish(totals)}`,
  stopped: limitInEnglish,
  findings: 'What can break',
  nothing: 'nothing: every property holds in all that was tried',
  known: 'broken, as the catalogue knows',
  unknown: 'broken, and the catalogue does not know of it',
  knownByFile: 'broken, as the file knows',
  unknownByFile: 'broken, and the file does not know of it',
  missing: (property, faults) =>
    `missing: "${property}" should break with ${faults === 0 ? 'no fault' : many(faults, 'fault')}, and does not`,
  shortest: (handled, steps, faults) =>
    `shortest way: ${handled === 0 ? many(steps, 'step') : `${many(handled, 'message or timer', 'messages and timers')} handled`}, ${faults === 0 ? 'no fault' : many(faults, 'fault')}`,
  pause: '; ',
  mix: (kinds) =>
    `this seed drew from: ${kinds.length > 0 ? kinds.join(', ') : 'no kind of fault'}`,
  evidence: 'seen:',
  difference: 'first row that differs from the run without it:',
  waits: 'who waits for what:',
  wait: ({ who, what, of }) => {
    const kinds = {
      lock: `${who} waits for a lock that ${of} holds`,
      answer: `${who} waits for the answer of ${of}`,
      message: `${who} waits for a message in ${of}`,
      decision: `branch ${who} in ${of} waits for its coordinator's decision`,
      consumer: `what is in ${who} waits for a consumer`,
      restart: `${who} is down, and nobody starts it again`,
    };
    return kinds[what];
  },
  marked: '◆ led to the break',
  unreached: 'Never reached',
  points: 'fault points',
  transitions: 'transitions',
  outcomes: 'outcomes',
  sometimes: 'never shown, though some run should',
  comesToRest: 'every run comes to rest',
  goOn: (file) => `go on with: sim explore --resume ${file}`,
  couldKeep: 'nothing was kept; with --checkpoint FILE one can go on from where it was interrupted',
  progress: ({ states, steps, perSecond, depth, frontier, runs, broken, share }) =>
    [
      ...(share === null ? [] : [`${Math.floor(share * 100)} %`]),
      ...(states === null ? [many(runs, 'run')] : [many(states, 'state')]),
      many(steps, 'step'),
      `${count(perSecond)}/s`,
      `depth ${count(depth)}`,
      ...(states === null ? [] : [`frontier ${count(frontier)}`]),
      many(broken, 'finding'),
    ].join(' · '),
  profile: 'Where the time went',
  diff: {
    same: 'the two runs are the same, event by event',
    event: 'First difference',
    ends: 'it ends here',
    rows: 'Rows at the end, from the first run to the second',
    noRows: 'the same rows in both',
    noFault: 'no fault',
    first: 'first ',
    second: 'second',
  },
};

function boundsInChinese(bounds: Bounds): string {
  const { faults, kinds, at, preemptions, stalls, depth, granularity, share } = bounds;
  const what = kinds ? `（${kinds.join('、')}）` : '';
  return [
    faults === 0 ? '无故障' : `至多 ${faults} 个故障${what}`,
    ...(at === null || faults === 0 ? [] : [`位于 ${at}`]),
    ...(stalls > 0 ? [`至多 ${stalls} 次停顿`] : []),
    preemptions === Number.POSITIVE_INFINITY
      ? `${granularity === 'handler' ? '处理程序' : '语句'}的所有次序`
      : `${granularity === 'handler' ? '处理程序' : '语句'}之间至多 ${preemptions} 次抢占`,
    ...(depth === Number.POSITIVE_INFINITY ? [] : [`至多 ${count(depth)} 步深`]),
    ...(share === null ? [] : [`仅第 ${share} 份`]),
  ].join('，');
}

const totalsInChinese = ({ states, steps, outcomes }: Totals): string =>
  [
    ...(states === null ? [] : [`${count(states)} 个状态`]),
    `${count(steps)} 步`,
    `${count(outcomes)} 种结局`,
  ].join('，');

function limitInChinese(limit: Limit): string {
  switch (limit.kind) {
    case 'time':
      return `到 ${limit.seconds} 秒停止`;
    case 'states':
      return `到 ${count(limit.states)} 个状态停止`;
    default:
      return '被中断';
  }
}

const zh: ExploreTexts = {
  complete: (bounds, totals) => `已穷尽：${boundsInChinese(bounds)}；${totalsInChinese(totals)}`,
  incomplete: (limit, bounds, totals) =>
    `未穷尽：${limitInChinese(limit)}，尚余 ${count(totals.frontier)} 个选择；范围是${boundsInChinese(bounds)}，已试 ${totalsInChinese(totals)}`,
  walked: (bounds, totals, seed) =>
    `未穷尽：由种子 ${seed} 抽取 ${count(totals.runs)} 次运行；范围是${boundsInChinese(bounds)}，共 ${totalsInChinese(totals)}`,
  stopped: limitInChinese,
  findings: '可能被破坏的',
  nothing: '没有：在试过的一切情形中，所有性质都成立',
  known: '被破坏，目录已知',
  unknown: '被破坏，目录并不知道',
  knownByFile: '被破坏，文件已知',
  unknownByFile: '被破坏，文件并不知道',
  missing: (property, faults) =>
    `缺少：“${property}”${faults === 0 ? '无需故障' : `只需 ${faults} 个故障`}就该被破坏，却没有`,
  shortest: (handled, steps, faults) =>
    `最短途径：${handled === 0 ? `${count(steps)} 步` : `处理 ${count(handled)} 条消息或定时任务`}，${faults === 0 ? '无故障' : `${faults} 个故障`}`,
  pause: '；',
  mix: (kinds) => `此种子从这些故障中抽取：${kinds.length > 0 ? kinds.join('、') : '无'}`,
  evidence: '所见：',
  difference: '与正常运行相比，第一处不同的行：',
  waits: '谁在等什么：',
  wait: ({ who, what, of }) => {
    const kinds = {
      lock: `${who} 等待 ${of} 持有的锁`,
      answer: `${who} 等待 ${of} 的应答`,
      message: `${who} 等待 ${of} 中的消息`,
      decision: `${of} 中的分支 ${who} 等待协调者的决定`,
      consumer: `${who} 中的消息等待消费者`,
      restart: `${who} 已宕机，没有人重启它`,
    };
    return kinds[what];
  },
  marked: '◆ 导致破坏的事件',
  unreached: '从未到达',
  points: '故障点',
  transitions: '状态转移',
  outcomes: '结局',
  sometimes: '本应有运行出现、却从未出现的性质',
  comesToRest: '每次运行都会停歇',
  goOn: (file) => `继续：sim explore --resume ${file}`,
  couldKeep: '什么也没有保存；加上 --checkpoint 文件名，就能从中断处继续',
  progress: ({ states, steps, perSecond, depth, frontier, runs, broken, share }) =>
    [
      ...(share === null ? [] : [`${Math.floor(share * 100)} %`]),
      ...(states === null ? [`${count(runs)} 次运行`] : [`${count(states)} 个状态`]),
      `${count(steps)} 步`,
      `${count(perSecond)} 步/秒`,
      `深 ${count(depth)}`,
      ...(states === null ? [] : [`尚余 ${count(frontier)}`]),
      `发现 ${broken} 处`,
    ].join(' · '),
  profile: '时间花在哪里',
  diff: {
    same: '两次运行逐个事件完全相同',
    event: '第一处不同',
    ends: '到此结束',
    rows: '结束时的行：由第一次运行到第二次',
    noRows: '两边的行相同',
    noFault: '无故障',
    first: '第一次',
    second: '第二次',
  },
};

export const exploreTexts: Readonly<Record<Language, ExploreTexts>> = { en, zh };
