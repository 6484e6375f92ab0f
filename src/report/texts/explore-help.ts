// What each option of `sim explore` means, in both languages side by side.

import type { Language } from './texts.ts';

/** By the option as it is typed. */
type OptionTexts = Readonly<Record<string, string>>;

const en: OptionTexts = {
  '--faults <number>': 'how many faults a run may have (1)',
  '--kinds <names>': 'only these kinds of fault, separated by commas',
  '--at <pattern>': 'only at these fault points; * stands for anything, as in user.pay.*',
  '--granularity <step>':
    'what counts as one step: handler (a run of a handler, to its end or until it waits) or statement (every effect)',
  '--preemptions <number>':
    'how often a handler may be interrupted by another (any number; 2 if steps are statements)',
  '--stalls <number>':
    'how often processes may be so slow that a timer comes before steps that are ready (0)',
  '--stall-time <duration>': 'how long one stall may last (10s)',
  '--depth <number>': 'how many steps a run may have',
  '--max-states <number>': 'stop after so many states (1000000)',
  '--time <duration>': 'stop after so long (60s)',
  '--strategy <name>':
    'exhaustive: everything, depth first; breadth: short runs first, until something breaks; random, pct, swarm: runs drawn from a seed',
  '--runs <number>': 'how many runs are drawn (1000)',
  '--bug-depth <number>': 'of pct: how many steps must meet in one order (3)',
  '--every-order': 'try both orders of steps that touch nothing in common, too',
  '--every-way': 'go on from a state each time it is met',
};

const zh: OptionTexts = {
  '--faults <number>': '一次运行最多几个故障（1）',
  '--kinds <names>': '只用这些故障类型，用逗号分隔',
  '--at <pattern>': '只在这些故障点；* 代表任意内容，例如 user.pay.*',
  '--granularity <step>':
    '什么算一步：handler（处理程序一直运行到结束或等待）或 statement（每个动作）',
  '--preemptions <number>': '处理程序最多被别的处理程序打断几次（不限；以语句为步时为 2）',
  '--stalls <number>': '进程最多几次慢到让定时任务抢在已就绪的步骤之前（0）',
  '--stall-time <duration>': '一次停顿最长多久（10s）',
  '--depth <number>': '一次运行最多几步',
  '--max-states <number>': '到这么多状态就停（1000000）',
  '--time <duration>': '到这么久就停（60s）',
  '--strategy <name>':
    'exhaustive：深度优先，穷尽一切；breadth：由短到长，直到有性质被破坏；random、pct、swarm：由种子抽取运行',
  '--runs <number>': '抽取几次运行（1000）',
  '--bug-depth <number>': 'pct：须以某一次序相遇的步骤数（3）',
  '--every-order': '互不相干的步骤也尝试两种次序',
  '--every-way': '每次遇到同一状态都继续往下走',
};

export const exploreOptions: Readonly<Record<Language, OptionTexts>> = { en, zh };
