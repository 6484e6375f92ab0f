// The words of the classroom, in both languages side by side.

import type { Language } from './texts.ts';

type Kind = 'predict' | 'break' | 'mend' | 'build';

export interface ClassroomTexts {
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly points: (earned: number, points: number) => string;
  readonly standing: {
    /** What the signs of a list mean. */
    readonly legend: string;
    /** A line of the list; the score is null before the first attempt. */
    readonly entry: (title: string, kind: string, score: string | null) => string;
    readonly summary: (passed: number, all: number, earned: number, points: number) => string;
    readonly attempts: (count: number) => string;
    readonly at: (folder: string) => string;
    readonly nothing: string;
  };
  /** `more` is what must be typed beside. */
  readonly started: (folder: string, file: string, more: string) => readonly string[];
  readonly passed: string;
  readonly notYet: string;
  readonly first: string;
  readonly alsoBreaks: string;
  /** `because` is which event decides it, or that none does. */
  readonly answered: (given: string, because: string) => string;
  readonly decidedBy: (ms: number) => string;
  readonly nothingDecides: string;
  /** What a prediction is asked, and what is written in place of an answer that is not there. */
  readonly asked: {
    readonly outcome: string;
    readonly noRow: string;
    readonly noOtherRow: (table: string) => string;
    readonly message: (queue: string, number: number, field: string) => string;
    readonly noMessage: string;
    readonly extraMessage: (queue: string) => string;
    readonly noOtherMessage: (queue: string) => string;
    readonly order: (queue: string) => string;
  };
  /** Why something right earns nothing: another check is not right. */
  readonly needs: (check: string) => string;
  readonly held: (item: string, because: string) => string;
  readonly ranTo: (outcome: string) => string;
  readonly unfinished: (states: number) => string;
  readonly next: (exercise: string) => string;
  readonly all: string;
  readonly stuck: string;
  readonly hint: (number: number, of: number) => string;
  readonly lastHint: string;
  readonly watching: (file: string) => string;
  readonly reset: (file: string, kept: string | null) => string;
  readonly solution: string;
  readonly gaveUp: string;
  readonly authoring: {
    readonly made: (folder: string) => string;
    readonly fine: (exercise: string) => string;
    readonly noFile: (file: string) => string;
    readonly emptyFile: (file: string) => string;
    readonly noHint: (number: number) => string;
    readonly starterPasses: string;
    readonly starterBroken: (why: string) => string;
    readonly solutionBroken: (why: string) => string;
    readonly solutionFails: (items: readonly string[]) => string;
    readonly idleEarns: (earned: number, points: number) => string;
    readonly slow: (ms: number) => string;
  };
  readonly grades: {
    readonly title: string;
    readonly student: string;
    readonly total: string;
    readonly most: string;
    readonly heat: string;
    readonly mistakes: string;
    readonly madeBy: (count: number) => string;
    readonly alike: string;
    readonly noMistakes: string;
    readonly noneAlike: string;
    readonly failing: string;
    readonly progress: (done: number, all: number) => string;
    readonly done: (submissions: number, students: number, folder: string) => string;
    readonly goOn: string;
    /** In place of points. */
    readonly unjudged: string;
    readonly someUnjudged: (count: number) => string;
    readonly besides: string;
    /** `more` are those that are not named. */
    readonly passedOver: (names: readonly string[], more: number) => string;
  };
}

const en: ClassroomTexts = {
  kinds: { predict: 'predict', break: 'break', mend: 'mend', build: 'build' },
  points: (earned, points) => `${earned} of ${points} points`,
  standing: {
    entry: (title, kind, score) => `${title} (${kind}${score === null ? '' : `, ${score}`})`,
    legend: '✓ passed  ○ passed after giving up  ● begun  · not begun',
    summary: (passed, all, earned, points) =>
      `${passed} of ${all} exercises passed, ${earned} of ${points} points in those you tried`,
    attempts: (count) => (count === 1 ? '1 attempt' : `${count} attempts`),
    at: (folder) => `You are at ${folder}`,
    nothing: 'Nothing is started yet. Begin with: sim exercise start 1',
  },
  started: (folder, file, more) => [
    `Your exercise lies in ${folder}`,
    `Read README.md there, write ${file}, and check it with: sim exercise check${more}`,
  ],
  passed: 'Passed.',
  notYet: 'Not yet.',
  first: 'What goes wrong',
  alsoBreaks: 'Other runs that show what is missing',
  answered: (given, because) => `you answered ${given}; ${because}`,
  decidedBy: (ms) => `decided at ${ms} ms:`,
  nothingDecides: 'nothing in this run touches it: it stays as it was at the beginning',
  asked: {
    outcome: 'the outcome',
    noRow: 'no such row',
    noOtherRow: (table) => `${table}: no other row`,
    message: (queue, number, field) => `${queue}, message ${number}: ${field}`,
    noMessage: 'no such message',
    extraMessage: (queue) => `${queue}: a message that is not there`,
    noOtherMessage: (queue) => `${queue}: no other message`,
    order: (queue) => `${queue}: the order of the messages`,
  },
  held: (item, because) => `${item} (${because})`,
  needs: (check) => `right, but it counts only once this is: ${check}`,
  ranTo: (outcome) => `this run ended: ${outcome}`,
  unfinished: (states) =>
    `not everything could be looked at: after ${states} states there was still more to try`,
  next: (exercise) => `Next: sim exercise start ${exercise}`,
  all: 'That was the last one.',
  stuck: 'Stuck? sim exercise hint',
  hint: (number, of) => `Hint ${number} of ${of}`,
  lastHint: 'There is no further hint. The solution: sim exercise solution --give-up',
  watching: (file) => `Watching ${file}; Ctrl-C ends it`,
  reset: (file, kept) =>
    kept === null ? `${file} is as it was given` : `${file} is as it was given; yours is ${kept}`,
  solution: 'A solution',
  gaveUp: 'Given up: what you earn from here on does not count as passed alone.',
  authoring: {
    made: (folder) => `${folder} is laid out; sim exercise lint says what is still missing`,
    fine: (exercise) => `${exercise} is ready`,
    noFile: (file) => `${file} is missing`,
    emptyFile: (file) => `${file} is empty`,
    noHint: (number) => `hint ${number} says nothing in one of the languages`,
    starterPasses: 'the starter passes as it is: there is nothing to do',
    starterBroken: (why) => `the starter does not work at all: ${why}`,
    solutionBroken: (why) => `the solution does not work at all: ${why}`,
    solutionFails: (items) => `the solution does not earn ${items.join(', ')}`,
    idleEarns: (earned, points) =>
      `handlers that do nothing earn ${earned} of ${points} points: say what a check needs`,
    slow: (ms) => `a check takes ${ms} ms: more than five seconds`,
  },
  grades: {
    title: 'Grades',
    student: 'student',
    total: 'total',
    most: 'most',
    heat: 'What each student has not got',
    mistakes: 'Mistakes that several made',
    madeBy: (count) => `${count} students`,
    alike: 'The same code, but for blanks and comments',
    noMistakes: 'No two students made the same mistake.',
    noneAlike: 'No two students handed in the same code.',
    failing: 'What is missing, and a run that shows it',
    progress: (done, all) => `${done} of ${all} answers graded`,
    done: (submissions, students, folder) =>
      `${submissions} answers of ${students} students graded; see ${folder}`,
    goOn: 'interrupted; the same command with --resume goes on',
    unjudged: 'not judged',
    someUnjudged: (count) =>
      `${count === 1 ? '1 answer was' : `${count} answers were`} not judged: no verdict within the limits of this machine; --resume tries again, --time gives longer`,
    besides: 'No submissions, and passed over',
    passedOver: (names, more) =>
      `passed over, being neither a folder nor a .zip of a student: ${names.join(', ')}${more > 0 ? `, and ${more} more` : ''}`,
  },
};

const zh: ClassroomTexts = {
  kinds: { predict: '预测', break: '破坏', mend: '修复', build: '编写' },
  points: (earned, points) => `${earned} / ${points} 分`,
  standing: {
    entry: (title, kind, score) => `${title}（${kind}${score === null ? '' : `，${score}`}）`,
    legend: '✓ 已通过  ○ 放弃后通过  ● 已开始  · 未开始',
    summary: (passed, all, earned, points) =>
      `${all} 个练习已通过 ${passed} 个；做过的练习得 ${earned} / ${points} 分`,
    attempts: (count) => `提交 ${count} 次`,
    at: (folder) => `当前练习位于 ${folder}`,
    nothing: '还没有开始任何练习。从这里开始：sim exercise start 1',
  },
  started: (folder, file, more) => [
    `练习已放在 ${folder}`,
    `先读其中的 README.md，写好 ${file}，再用 sim exercise check${more} 检查`,
  ],
  passed: '通过。',
  notYet: '还没有通过。',
  first: '哪里出了错',
  alsoBreaks: '还能说明问题的其他运行',
  answered: (given, because) => `你的回答是 ${given}；${because}`,
  decidedBy: (ms) => `决定它的事件（${ms} 毫秒）：`,
  nothingDecides: '这次运行没有碰过它：一直保持初始的样子',
  asked: {
    outcome: '结局',
    noRow: '没有这一行',
    noOtherRow: (table) => `${table}：没有别的行`,
    message: (queue, number, field) => `${queue} 第 ${number} 条消息的 ${field}`,
    noMessage: '没有这条消息',
    extraMessage: (queue) => `${queue}：多写了一条消息`,
    noOtherMessage: (queue) => `${queue}：没有别的消息`,
    order: (queue) => `${queue}：消息的先后`,
  },
  held: (item, because) => `${item}（${because}）`,
  needs: (check) => `本身没有错，但要先做对这一项才计分：${check}`,
  ranTo: (outcome) => `这次运行的结局：${outcome}`,
  unfinished: (states) => `没能看完所有情形：走过 ${states} 个状态之后仍有未试的路`,
  next: (exercise) => `下一个：sim exercise start ${exercise}`,
  all: '这是最后一个练习。',
  stuck: '卡住了？sim exercise hint',
  hint: (number, of) => `提示 ${number} / ${of}`,
  lastHint: '没有更多提示了。参考答案：sim exercise solution --give-up',
  watching: (file) => `正在监视 ${file}；按 Ctrl-C 结束`,
  reset: (file, kept) =>
    kept === null ? `${file} 已恢复原样` : `${file} 已恢复原样；你写的保存在 ${kept}`,
  solution: '参考答案',
  gaveUp: '已放弃：此后的得分不再算作独立通过。',
  authoring: {
    made: (folder) => `${folder} 已建好；还缺什么，请看 sim exercise lint`,
    fine: (exercise) => `${exercise} 可以使用`,
    noFile: (file) => `缺少 ${file}`,
    emptyFile: (file) => `${file} 是空的`,
    noHint: (number) => `第 ${number} 条提示在某种语言里没有内容`,
    starterPasses: '起始文件原样就能通过：没有什么可做的',
    starterBroken: (why) => `起始文件完全不能运行：${why}`,
    solutionBroken: (why) => `参考答案完全不能运行：${why}`,
    solutionFails: (items) => `参考答案没有得到 ${items.join('、')} 的分数`,
    idleEarns: (earned, points) =>
      `什么也不做的处理程序能得 ${earned} / ${points} 分：请用 needs 写明检查的前提`,
    slow: (ms) => `一次检查要 ${ms} 毫秒：超过五秒`,
  },
  grades: {
    title: '成绩',
    student: '学生',
    total: '总分',
    most: '满分',
    heat: '每位学生还缺什么',
    mistakes: '多人犯的同一错误',
    madeBy: (count) => `${count} 人`,
    alike: '除空白与注释外完全相同的代码',
    noMistakes: '没有两位学生犯同一个错误。',
    noneAlike: '没有两位学生提交了相同的代码。',
    failing: '缺了什么，哪次运行能说明',
    progress: (done, all) => `已批改 ${done} / ${all} 份答案`,
    done: (submissions, students, folder) =>
      `已批改 ${students} 位学生的 ${submissions} 份答案；见 ${folder}`,
    goOn: '已中断；同一命令加 --resume 可继续',
    unjudged: '未判',
    someUnjudged: (count) =>
      `有 ${count} 份答案未判：在本机的限度内没有得出结果；加 --resume 再试，用 --time 放宽时间`,
    besides: '不是提交，已略过',
    passedOver: (names, more) =>
      `已略过，既不是学生的文件夹也不是 .zip：${names.join('、')}${more > 0 ? `，另有 ${more} 个` : ''}`,
  },
};

export const classroomTexts: Readonly<Record<Language, ClassroomTexts>> = { en, zh };
