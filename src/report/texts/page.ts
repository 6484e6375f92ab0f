// The words of the page, in both languages side by side.

import type { Language } from './texts.ts';

interface PageTexts {
  readonly pick: string;
  readonly scenario: string;
  readonly faults: string;
  readonly noFaults: string;
  readonly addFault: string;
  readonly settings: string;
  readonly addSetting: string;
  readonly remove: (fault: string) => string;
  readonly run: string;
  readonly busy: string;
  readonly moves: Readonly<Record<'first' | 'back' | 'forward' | 'last', string>>;
  readonly scrub: string;
  readonly happened: string;
  readonly why: string;
  readonly sequence: string;
  readonly sequenceHint: string;
  readonly machines: string;
  readonly rows: string;
  readonly before: string;
  readonly after: string;
  readonly noRow: string;
  readonly marks: Readonly<Record<string, string>>;
  readonly queues: string;
  readonly empty: string;
  readonly locks: string;
  readonly none: string;
  readonly log: string;
  readonly durable: string;
  readonly volatile: string;
  readonly properties: string;
  readonly next: string;
  readonly strikeHere: string;
  readonly strike: string;
  readonly over: string;
  readonly branches: string;
  readonly first: string;
  readonly chose: (step: number, what: string) => string;
  readonly compare: string;
  readonly compareWith: string;
  readonly withoutFaults: string;
  readonly stop: string;
  readonly alike: string;
  readonly differs: (step: number) => string;
  readonly explore: string;
  readonly exploreFrom: string;
  readonly budget: string;
  readonly progress: (states: number, steps: number) => string;
  readonly broken: (property: string, faults: number) => string;
  readonly show: string;
  readonly sql: string;
  readonly ask: string;
  readonly rowCount: (count: number) => string;
  readonly copy: string;
  readonly copied: string;
  readonly save: string;
  readonly recorded: string;
  readonly gone: string;
  /** The server cannot make sense of what it was asked. */
  readonly unreadable: (why: string) => string;
  readonly tooLarge: (bytes: number) => string;
  readonly keys: string;
  readonly language: string;
}

const en: PageTexts = {
  pick: 'Pick a scenario',
  scenario: 'Scenario',
  faults: 'Faults',
  noFaults: 'none',
  addFault: 'Add a fault',
  settings: 'Parameters',
  addSetting: 'Set',
  remove: (fault) => `Remove ${fault}`,
  run: 'Run',
  busy: 'running …',
  moves: {
    first: 'To the beginning',
    back: 'A step back',
    forward: 'A step on',
    last: 'To the end',
  },
  scrub: 'Step',
  happened: 'What happened',
  why: 'Why',
  sequence: 'Sequence',
  sequenceHint: 'Click on an event to go there; then choose what should go wrong in it.',
  machines: 'Machines',
  rows: 'Rows',
  before: 'Before',
  after: 'After',
  noRow: 'no row',
  marks: {
    '+': 'new',
    '~': 'changed',
    '-': 'deleted',
    '?': 'not committed',
    '!': 'in doubt or locked',
    '↩': 'compensated',
    ' ': 'as at the beginning',
  },
  queues: 'Queues',
  empty: 'empty',
  locks: 'Locks, and who waits for whom',
  none: 'none',
  log: 'If all crashed now',
  durable: 'Stays',
  volatile: 'Is lost',
  properties: 'Properties',
  next: 'Next',
  strikeHere: 'Let this step go wrong instead',
  strike: 'Let the next step go wrong',
  over: 'The run is over.',
  branches: 'Branches',
  first: 'as it was asked for',
  chose: (step, what) => `step ${step}: ${what}`,
  compare: 'Compare',
  compareWith: 'Compare with',
  withoutFaults: 'the same without faults',
  stop: 'Stop',
  alike: 'They are alike.',
  differs: (step) => `First difference: step ${step}`,
  explore: 'Explore',
  exploreFrom: 'Explore from here',
  budget: 'Faults at most',
  progress: (states, steps) => `${states} states, ${steps} steps`,
  broken: (property, faults) =>
    `${property} can break, with ${faults === 0 ? 'no fault' : faults === 1 ? '1 fault' : `${faults} faults`}`,
  show: 'Show',
  sql: 'SQL over all databases, at every step',
  ask: 'Ask',
  rowCount: (count) => `${count} ${count === 1 ? 'row' : 'rows'}`,
  copy: 'Copy the command that repeats this run',
  copied: 'copied',
  save: 'Save as a page',
  recorded: 'a recorded run: nothing is asked of any server',
  gone: 'The server does not answer. What is shown stays; start "sim serve" again and go on.',
  unreadable: (why) => `this could not be understood: ${why}`,
  tooLarge: (bytes) => `this is too long: at most ${bytes} bytes are read`,
  keys: 'Keys: → ← a step, Home End, b back to the branch this one left',
  language: '中文',
};

const zh: PageTexts = {
  pick: '选一个场景',
  scenario: '场景',
  faults: '故障',
  noFaults: '无',
  addFault: '添加故障',
  settings: '参数',
  addSetting: '设定',
  remove: (fault) => `去掉 ${fault}`,
  run: '运行',
  busy: '运行中……',
  moves: { first: '回到开头', back: '后退一步', forward: '前进一步', last: '直到结尾' },
  scrub: '步',
  happened: '发生了什么',
  why: '因果',
  sequence: '时序',
  sequenceHint: '点一个事件就到那一步；再选让它出什么故障。',
  machines: '状态机',
  rows: '数据行',
  before: '之前',
  after: '之后',
  noRow: '没有行',
  marks: {
    '+': '新增',
    '~': '改动',
    '-': '删除',
    '?': '未提交',
    '!': '悬而未决或被锁住',
    '↩': '已补偿',
    ' ': '与开始时相同',
  },
  queues: '队列',
  empty: '空',
  locks: '锁，以及谁在等谁',
  none: '无',
  log: '若此刻全部崩溃',
  durable: '留下',
  volatile: '丢失',
  properties: '性质',
  next: '下一步',
  strikeHere: '让这一步改出故障',
  strike: '让下一步出故障',
  over: '运行已结束。',
  branches: '分支',
  first: '最初的运行',
  chose: (step, what) => `第 ${step} 步：${what}`,
  compare: '对比',
  compareWith: '与之对比',
  withoutFaults: '同样的运行，但没有故障',
  stop: '停止',
  alike: '两者完全一样。',
  differs: (step) => `第一处不同：第 ${step} 步`,
  explore: '探索',
  exploreFrom: '从这里探索',
  budget: '故障最多',
  progress: (states, steps) => `${states} 个状态，${steps} 步`,
  broken: (property, faults) =>
    `${property} 会被破坏，${faults === 0 ? '无需故障' : `只需 ${faults} 个故障`}`,
  show: '查看',
  sql: '跨所有数据库的 SQL，每一步都查',
  ask: '查询',
  rowCount: (count) => `${count} 行`,
  copy: '复制重演此运行的命令',
  copied: '已复制',
  save: '存为网页',
  recorded: '这是录下的运行，不再向任何服务器请求',
  gone: '服务器没有应答。眼前的内容仍在；重新执行 sim serve 即可继续。',
  unreadable: (why) => `看不懂这个请求：${why}`,
  tooLarge: (bytes) => `内容太长：最多读取 ${bytes} 字节`,
  keys: '按键：→ ← 一步，Home End，b 回到岔出此分支之处',
  language: 'English',
};

export const pageTexts: Readonly<Record<Language, PageTexts>> = { en, zh };
