// The words of the step view in the terminal, in both languages side by side.

import type { Language } from './texts.ts';

interface StepTexts {
  readonly headings: Readonly<
    Record<
      'sequence' | 'machines' | 'rows' | 'queues' | 'locks' | 'log' | 'why' | 'next' | 'watch',
      string
    >
  >;
  readonly step: (step: number, last: number, ms: number) => string;
  readonly branch: (number: number, count: number) => string;
  readonly fine: string;
  readonly brokenNow: (properties: readonly string[]) => string;
  readonly idle: string;
  readonly noRows: string;
  readonly noQueues: string;
  readonly nothingHeld: string;
  /** Of a query. */
  readonly noneGiven: string;
  readonly durable: string;
  readonly volatile: string;
  readonly nothing: string;
  readonly more: (count: number) => string;
  readonly ready: (count: number) => string;
  readonly inFlight: (count: number) => string;
  readonly redelivered: (count: number) => string;
  readonly dead: (count: number) => string;
  readonly over: string;
  readonly taken: string;
  readonly keys: string;
  /** The help, a line for each key. */
  readonly help: readonly (readonly [key: string, what: string])[];
  readonly tree: string;
  readonly here: string;
  readonly beginning: string;
  readonly chose: (step: number, what: string) => string;
  readonly say: {
    readonly atEnd: string;
    readonly atBeginning: string;
    readonly noRow: string;
    readonly noChange: string;
    readonly noStep: (given: string, last: number) => string;
    readonly notFound: (text: string) => string;
    readonly noBreak: (pattern: string) => string;
    readonly breaks: (patterns: readonly string[]) => string;
    readonly noChoice: (given: string) => string;
    readonly noFault: (given: string) => string;
    readonly already: string;
    readonly newBranch: (number: number, what: string) => string;
    readonly noParent: string;
    readonly back: (number: number) => string;
    readonly noBranch: (given: string) => string;
    readonly alike: string;
    readonly plain: string;
    readonly differs: (step: number) => string;
    readonly exported: (path: string) => string;
    readonly unknownKey: (key: string) => string;
  };
  /** What to type after a key. */
  readonly prompts: Readonly<Record<string, string>>;
}

const en: StepTexts = {
  headings: {
    sequence: 'Sequence',
    machines: 'Machines',
    rows: 'Rows',
    queues: 'Queues',
    locks: 'Locks and waits',
    log: 'If all crashed now',
    why: 'Why',
    next: 'Next',
    watch: 'Watched',
  },
  step: (step, last, ms) => `step ${step} of ${last}, ${ms} ms`,
  branch: (number, count) => `branch ${number} of ${count}`,
  fine: '✓ nothing is broken',
  brokenNow: (properties) => `✗ broken: ${properties.join(', ')}`,
  idle: 'idle',
  noRows: 'no row differs from the beginning',
  noQueues: 'all empty',
  nothingHeld: 'none',
  noneGiven: 'no rows',
  durable: 'stays',
  volatile: 'is lost',
  nothing: 'nothing',
  more: (count) => `… ${count} more`,
  ready: (count) => `${count} ready`,
  inFlight: (count) => `${count} in flight`,
  redelivered: (count) => `${count} redelivered`,
  dead: (count) => `${count} dead`,
  over: 'the run is over',
  taken: '✓',
  keys: 'n/p step  N/P row  1-9 choose  f fault  u undo  d diff  ? explain  q quit',
  help: [
    ['n  p', 'a step forward, back (also → ←)'],
    ['j  k', 'select the next or last row (also ↓ ↑)'],
    ['N  P', 'to where the selected row changes next, or did last'],
    ['g 12', 'go to step 12; g $ to the end'],
    ['/ text', 'the next event that says so; / alone again'],
    ['b point', 'a breakpoint, or off again; * stands for anything'],
    ['c', 'on to the next breakpoint, break, or the end'],
    ['1-9', 'take another of the next choices: a new branch'],
    ['f 1', 'the fault of that number strikes here: a new branch'],
    ['u', 'back to the branch this one left'],
    ['t 2', 'the tree of branches; go to one of them'],
    ['w SQL', 'watch a query over all databases; w alone ends it'],
    ['d', 'to the first difference from the run without faults'],
    ['e file', 'write what is seen into a file'],
    ['?', 'what a learner should know of this step; again: these keys'],
    ['q', 'leave'],
  ],
  tree: 'Branches',
  here: 'you are here',
  beginning: 'as it was asked for',
  chose: (step, what) => `from step ${step}: ${what}`,
  say: {
    atEnd: 'this is the end',
    atBeginning: 'this is the beginning',
    noRow: 'no row is selected: j selects one',
    noChange: 'it does not change there again',
    noStep: (given, last) => `there is no step "${given}": 0 to ${last}`,
    notFound: (text) => `no event after this says "${text}"`,
    noBreak: (pattern) => `no step passes "${pattern}"`,
    breaks: (patterns) =>
      patterns.length > 0 ? `breakpoints: ${patterns.join(', ')}` : 'no breakpoints',
    noChoice: (given) => `there is no choice ${given}`,
    noFault: (given) => `there is no fault "${given}" here: see the list`,
    already: 'that is what this branch does: n takes it',
    newBranch: (number, what) => `branch ${number}: ${what}`,
    noParent: 'this is the first branch',
    back: (number) => `back in branch ${number}`,
    noBranch: (given) => `there is no branch ${given}`,
    alike: 'it goes as the run without faults does',
    plain: 'this is the run without faults',
    differs: (step) => `the first difference from the run without faults: step ${step}`,
    exported: (path) => `wrote ${path}`,
    unknownKey: (key) => `"${key}" is no key here: ? shows them`,
  },
  prompts: {
    g: 'go to step',
    '/': 'search for',
    b: 'breakpoint at',
    f: 'fault number',
    t: 'branch number',
    w: 'SQL to watch',
    e: 'write to file',
  },
};

const zh: StepTexts = {
  headings: {
    sequence: '时序',
    machines: '状态机',
    rows: '数据行',
    queues: '队列',
    locks: '锁与等待',
    log: '若此刻全部崩溃',
    why: '因果',
    next: '下一步',
    watch: '观察',
  },
  step: (step, last, ms) => `第 ${step}/${last} 步，${ms} 毫秒`,
  branch: (number, count) => `分支 ${number}/${count}`,
  fine: '✓ 一切成立',
  brokenNow: (properties) => `✗ 被破坏：${properties.join('、')}`,
  idle: '空闲',
  noRows: '各行仍与开始时相同',
  noQueues: '全空',
  nothingHeld: '无',
  noneGiven: '没有行',
  durable: '留下',
  volatile: '丢失',
  nothing: '无',
  more: (count) => `… 另有 ${count} 项`,
  ready: (count) => `${count} 就绪`,
  inFlight: (count) => `${count} 处理中`,
  redelivered: (count) => `${count} 重投`,
  dead: (count) => `${count} 死信`,
  over: '运行已结束',
  taken: '✓',
  keys: 'n/p 前进后退  N/P 行变化  1-9 选择  f 故障  u 撤回  d 对比  ? 讲解  q 退出',
  help: [
    ['n  p', '前进一步、后退一步（→ ← 亦可）'],
    ['j  k', '选下一行、上一行（↓ ↑ 亦可）'],
    ['N  P', '到所选行下一次、上一次变化之处'],
    ['g 12', '到第 12 步；g $ 到结尾'],
    ['/ 文字', '到下一个含此文字的事件；单独 / 再找一次'],
    ['b 点', '设断点，再按取消；* 代表任意'],
    ['c', '继续，直到断点、性质被破坏或结尾'],
    ['1-9', '改走另一个选择：另开分支'],
    ['f 1', '让该号故障在此发生：另开分支'],
    ['u', '回到岔出此分支的地方'],
    ['t 2', '分支树；转到其中一支'],
    ['w SQL', '观察一条跨库查询；单独 w 取消'],
    ['d', '到与无故障运行的第一处不同'],
    ['e 文件', '把所见写入文件'],
    ['?', '讲解这一步该懂的道理；再按一次：各键的用法'],
    ['q', '退出'],
  ],
  tree: '分支',
  here: '你在这里',
  beginning: '最初的运行',
  chose: (step, what) => `自第 ${step} 步：${what}`,
  say: {
    atEnd: '已到结尾',
    atBeginning: '已在开头',
    noRow: '还没选行：按 j 选择',
    noChange: '那个方向上它不再变化',
    noStep: (given, last) => `没有第“${given}”步：只有 0 到 ${last}`,
    notFound: (text) => `此后没有事件含“${text}”`,
    noBreak: (pattern) => `没有一步经过“${pattern}”`,
    breaks: (patterns) => (patterns.length > 0 ? `断点：${patterns.join('、')}` : '没有断点'),
    noChoice: (given) => `没有 ${given} 号选择`,
    noFault: (given) => `此处没有“${given}”号故障：请看列表`,
    already: '本分支正是这么走的：按 n 即可',
    newBranch: (number, what) => `分支 ${number}：${what}`,
    noParent: '这是第一个分支',
    back: (number) => `回到分支 ${number}`,
    noBranch: (given) => `没有 ${given} 号分支`,
    alike: '与无故障的运行完全一样',
    plain: '这就是无故障的运行',
    differs: (step) => `与无故障运行的第一处不同：第 ${step} 步`,
    exported: (path) => `已写入 ${path}`,
    unknownKey: (key) => `“${key}”不是这里的键：按 ? 查看`,
  },
  prompts: {
    g: '到第几步',
    '/': '搜索',
    b: '断点位置',
    f: '故障号',
    t: '分支号',
    w: '要观察的 SQL',
    e: '写入文件',
  },
};

export const stepTexts: Readonly<Record<Language, StepTexts>> = { en, zh };
