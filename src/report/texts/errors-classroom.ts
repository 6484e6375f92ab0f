// What is wrong in the classroom and how to mend it, in both languages side by side.

import type { ErrorTexts, Language } from './texts.ts';

type ClassroomErrors = Pick<
  ErrorTexts,
  | 'bad-handlers'
  | 'bad-submission'
  | 'bad-answer'
  | 'not-judged'
  | 'not-started'
  | 'not-passed'
  | 'is-started'
  | 'bad-progress'
>;

const en: ClassroomErrors = {
  'bad-handlers': ({ reason, detail }) => ({
    message: {
      threw: `the code threw an error: ${detail}`,
      syntax: `this is not TypeScript: ${detail}`,
      answer: `the code gave what no handler can ask for: ${detail}`,
      time: 'the code did not answer in time: is there a loop without an end?',
      cpu: 'the code used up the computing time it is allowed',
      memory: 'the code used up the memory it is allowed',
      died: `the code ended its own process: ${detail}`,
      missing: `handlers.ts does not export the handler ${detail}`,
    }[reason],
    fix: 'a handler is made of the words of indoubt/words, and only says what it wants next',
  }),
  'bad-submission': ({ reason, file }) => ({
    message: {
      missing: `${file} is not there`,
      large: `${file} is too large`,
      encoding: `${file} is not text in UTF-8`,
      path: `the archive holds a path that leads out of it: ${file}`,
      link: `${file} is a link, and links are not followed`,
      zip: `${file} is not a zip archive that can be read`,
      empty: `${file} is empty: not a single byte is in it`,
      cut: `${file} is only the beginning of a zip archive: was the upload broken off?`,
      encrypted: `${file} is locked with a password`,
      method: `${file} is packed in a way that is not known here`,
    }[reason],
    fix: ['zip', 'empty', 'cut', 'encrypted', 'method'].includes(reason)
      ? 'pack the folder of the exercise as an ordinary zip archive, without a password'
      : 'hand in the files of the exercise as they lie in its folder, saved as UTF-8',
  }),
  'bad-answer': ({ reason, detail }) => ({
    message: {
      unreadable: `the answer cannot be read: ${detail}`,
      'other-run': 'the replay code is of a run with other settings or another input',
      sets: `only faults count here, and this name also sets a parameter: ${detail}`,
      'no-list': `in ${detail} you write which messages lie there, as a list; [] if there are none`,
      'no-number': `of ${detail} it is asked how many messages lie there: a number`,
    }[reason],
    fix: reason.startsWith('no-')
      ? 'write it as the README of the exercise says'
      : 'sim exercise reset   writes the file anew',
  }),
  'not-judged': ({ reason }) => ({
    message: {
      time: 'not judged: it took longer than an answer may take on this machine',
      memory: 'not judged: judging it took more memory than this machine gives',
    }[reason],
    fix: 'look for SQL without an end; or grade again with --resume and a longer --time',
  }),
  'not-started': ({ exercise }) => ({
    message: `exercise ${exercise} is not started`,
    fix: `sim exercise start ${exercise}`,
  }),
  'not-passed': ({ exercise }) => ({
    message: `exercise ${exercise} is not passed yet: its solution is shown afterwards`,
    fix: 'sim exercise hint, or sim exercise solution --give-up',
  }),
  'is-started': ({ exercise, folder }) => ({
    message: `exercise ${exercise} is started already, in ${folder}`,
    fix: 'sim exercise reset   begins it anew',
  }),
  'bad-progress': ({ path, why }) => ({
    message: {
      newer: `${path} was written by a newer version of sim`,
      broken: `${path} is not a file of progress`,
      locked: `${path} is held by another program`,
    }[why],
    fix: why === 'locked' ? 'try again' : 'update sim, or set INDOUBT_HOME to another folder',
  }),
};

const zh: ClassroomErrors = {
  'bad-handlers': ({ reason, detail }) => ({
    message: {
      threw: `代码抛出了错误：${detail}`,
      syntax: `这不是合法的 TypeScript：${detail}`,
      answer: `代码给出了处理程序不可能请求的内容：${detail}`,
      time: '代码没有按时回答：是否有死循环？',
      cpu: '代码用完了允许的计算时间',
      memory: '代码用完了允许的内存',
      died: `代码结束了自己的进程：${detail}`,
      missing: `handlers.ts 没有导出处理程序 ${detail}`,
    }[reason],
    fix: '处理程序用 indoubt/words 里的词写成，只说明下一步要做什么',
  }),
  'bad-submission': ({ reason, file }) => ({
    message: {
      missing: `缺少 ${file}`,
      large: `${file} 太大`,
      encoding: `${file} 不是 UTF-8 文本`,
      path: `压缩包里有指向包外的路径：${file}`,
      link: `${file} 是链接，链接不会被跟随`,
      zip: `${file} 不是可读的 zip 压缩包`,
      empty: `${file} 是空文件，一个字节也没有`,
      cut: `${file} 只有 zip 压缩包的前一截：是不是没有传完？`,
      encrypted: `${file} 加了密码`,
      method: `${file} 的压缩方式这里不认识`,
    }[reason],
    fix: ['zip', 'empty', 'cut', 'encrypted', 'method'].includes(reason)
      ? '请把练习文件夹打成普通的 zip 压缩包，不加密码'
      : '请按练习文件夹里的原样提交文件，保存为 UTF-8',
  }),
  'bad-answer': ({ reason, detail }) => ({
    message: {
      unreadable: `答案无法读取：${detail}`,
      'other-run': '这个重放码所属的运行用了别的参数或输入',
      sets: `这里只算故障，而这个名字还会设置参数：${detail}`,
      'no-list': `${detail} 处要写出队列里的各条消息，是一个列表；没有消息就写 []`,
      'no-number': `${detail} 处只问有几条消息，应当写一个数`,
    }[reason],
    fix: reason.startsWith('no-')
      ? '请按练习 README 的说明填写'
      : 'sim exercise reset   重新写出该文件',
  }),
  'not-judged': ({ reason }) => ({
    message: {
      time: '未判：所用时间超过了本机给一份答案的上限',
      memory: '未判：判它所用的内存超过了本机的上限',
    }[reason],
    fix: '看看其中有没有永不结束的 SQL；或者加 --resume 和更长的 --time 再批改一次',
  }),
  'not-started': ({ exercise }) => ({
    message: `练习 ${exercise} 尚未开始`,
    fix: `sim exercise start ${exercise}`,
  }),
  'not-passed': ({ exercise }) => ({
    message: `练习 ${exercise} 尚未通过：通过之后才能看参考答案`,
    fix: 'sim exercise hint，或 sim exercise solution --give-up',
  }),
  'is-started': ({ exercise, folder }) => ({
    message: `练习 ${exercise} 已经开始，位于 ${folder}`,
    fix: 'sim exercise reset   从头再来',
  }),
  'bad-progress': ({ path, why }) => ({
    message: {
      newer: `${path} 由更新版本的 sim 写成`,
      broken: `${path} 不是进度文件`,
      locked: `${path} 正被另一个程序占用`,
    }[why],
    fix: why === 'locked' ? '请再试一次' : '请更新 sim，或把 INDOUBT_HOME 设为另一个文件夹',
  }),
};

export const classroomErrors: Readonly<Record<Language, ClassroomErrors>> = { en, zh };
