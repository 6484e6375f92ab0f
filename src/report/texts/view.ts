// The words of the view of a step, in both languages side by side.

import type { Happening, Prospect, Whereabouts } from '../../sim/index.ts';
import type { Lost, Stays } from '../view/crash.ts';
import type { Language } from './texts.ts';

/** What a learner should know of something that happened. */
type Lessons = Readonly<Partial<Record<Happening['kind'], string>>>;

export interface ViewTexts {
  readonly begins: string;
  readonly lessons: Lessons;
  readonly whereabouts: Readonly<Record<Whereabouts, string>>;
  readonly delivery: (count: number) => string;
  readonly from: (queue: string) => string;
  /** What a crash leaves, and what not; the beginning says most, since a line may be cut. */
  readonly stays: (fate: Stays) => string;
  readonly lost: (fate: Lost) => string;
  readonly staysAsBegun: string;
  readonly nobody: string;
  /** What can come next. */
  readonly next: (prospect: Prospect, effect: string) => string;
  readonly later: (ms: number) => string;
  readonly holds: string;
  readonly broken: (step: number) => string;
  readonly open: string;
  readonly wait: Readonly<Record<'lock' | 'answer' | 'message' | 'decision' | 'restart', string>>;
  readonly down: string;
  /** Why a query that is watched is not answered. */
  readonly endless: Readonly<Record<'rows' | 'time', string>>;
}

/** A row by its key, several by their number. */
const rowsText = (
  { table, keys }: { readonly table: string; readonly keys: readonly string[] },
  count: (rows: number) => string,
): string => `${table} ${keys.length === 1 ? keys[0] : count(keys.length)}`;

const timesText = ({ queue, count }: { readonly queue: string; readonly count: number }): string =>
  count === 1 ? queue : `${queue} ×${count}`;

const en: ViewTexts = {
  begins: 'nothing has happened yet',
  lessons: {
    received:
      'A listener received a message in a transacted session: it is gone from the queue only once the session commits.',
    polled:
      'A synchronous receive. In a transacted session what it took is gone only once that commits; without one it was acknowledged at once.',
    returned:
      'What a session received returns when it rolls back or its consumer dies, marked as redelivered.',
    'dead-lettered':
      'Redelivered once too often: the broker gives up and keeps it in the dead-letter queue.',
    declined: 'Its transaction could not begin, so it never received: the message stays uncounted.',
    blocked: 'Another transaction holds the lock. InnoDB lets the statement wait until it ends.',
    committed: 'From here on it is durable, and everybody can see it.',
    'rolled-back': 'As if it had never been done: nobody else has seen any of it.',
    crashed: 'Its memory and its connections are gone. What was committed or prepared stays.',
    restarted: 'It starts with an empty memory, and with what is on its disk.',
    prepared:
      'It has promised to do either. Until it hears the decision it is in doubt, and keeps its locks.',
    logged: 'The decision is forced to disk first: it outlives a crash of the coordinator.',
    recovered: 'Which branches are prepared? Those without a decision in the log are rolled back.',
    lost: 'It was sent, and nobody will ever receive it.',
    violated: 'Committed data now contradicts what must hold.',
    failed: 'The machine hears of the failure and decides what to do.',
    struck: 'The fault that was asked for.',
  },
  whereabouts: {
    ready: 'ready',
    delayed: 'delayed',
    given: 'with a consumer',
    'in-flight': 'in flight',
    prepared: 'in doubt',
  },
  delivery: (count) => `redelivered ×${count - 1}`,
  from: (queue) => `from ${queue}`,
  stays: (fate) => {
    switch (fate.what) {
      case 'in-doubt': {
        const { branch, at, sends } = fate;
        const what = sends.length > 0 ? `, with messages to ${sends.join(', ')}` : '';
        return `branch ${branch} is prepared at ${at}${what}`;
      }
      case 'logged':
        return `${fate.service} has logged: ${fate.decision} ${fate.xid}`;
      case 'rows':
        return `${rowsText(fate, (count) => `${count} rows`)}, committed`;
      case 'waiting':
        return `${fate.queue}, ${fate.count} ${fate.count === 1 ? 'message' : 'messages'}`;
      case 'again':
        return `${timesText(fate)}, comes again ↻`;
      default:
        return `${timesText(fate)}, becomes a dead letter †`;
    }
  },
  lost: (fate) => {
    switch (fate.what) {
      case 'run':
        return `${fate.service}.${fate.handler} at ${fate.state}`;
      case 'uncommitted':
        return `${rowsText(fate, (count) => `${count} rows`)}, uncommitted`;
      case 'transaction':
        return `open transaction ${fate.database}#${fate.id}`;
      case 'unsent':
        return `${timesText(fate)}, not sent yet`;
      default:
        return `${fate.service} keeps in memory ${JSON.stringify(fate.entries)}`;
    }
  },
  staysAsBegun: 'as at the beginning',
  nobody: 'nobody',
  next: ({ work, place }, effect) =>
    ({
      step: `${place}: ${effect}`,
      resume: `${place} goes on`,
      'give-up': `${place} gives up waiting`,
      invoke: `the call reaches ${place}`,
      answer: `the answer reaches ${place}`,
      start: `${place.replace('.process.starting', '')} starts`,
      restart: `${place} is up again`,
      request: `a request to ${place}`,
      act: `by hand at ${place}`,
      tick: `timer ${place}`,
      dispatch: 'the broker hands out what was delayed',
    })[work],
  later: (ms) => `in ${ms} ms`,
  holds: 'holds',
  broken: (step) => `broken since step ${step}`,
  open: 'to be seen at the end',
  wait: {
    lock: 'waits for a lock of',
    answer: 'waits for an answer of',
    message: 'waits for a message in',
    decision: 'waits for a decision at',
    restart: 'is down, and nobody restarts',
  },
  down: 'down',
  endless: {
    rows: 'more than 1,000 rows, or too much in them: ask for less',
    time: 'it did not end in time and was stopped: ask for less',
  },
};

const zh: ViewTexts = {
  begins: '还什么都没发生',
  lessons: {
    received: '监听器在事务性会话中收到消息：会话提交之后，它才真正离开队列。',
    polled: '同步接收。在事务性会话中，会话提交之后消息才真正离开队列；没有会话时，取出即已确认。',
    returned: '会话回滚或消费者死掉时，它收到的消息会退回队列，并标为重投。',
    'dead-lettered': '重投次数用尽：代理不再尝试，把它存进死信队列。',
    declined: '事务没能开启，等于没有收过：消息留在原处，不计投递次数。',
    blocked: '锁在另一个事务手里，InnoDB 让语句等到对方结束。',
    committed: '从这一刻起持久生效，人人可见。',
    'rolled-back': '就当没发生过：别人从未见过其中任何一点。',
    crashed: '内存和连接都没了；已提交或已准备好的还在。',
    restarted: '重新启动：内存是空的，磁盘上的都在。',
    prepared: '它已承诺提交、回滚都能照办；听到决定之前悬而未决，并一直持有锁。',
    logged: '先把决定强制写盘：协调者崩溃也丢不了。',
    recovered: '查询有哪些分支已准备好；日志里没有决定的，一律回滚。',
    lost: '发出去了，却谁也收不到。',
    violated: '已提交的数据违反了必须成立的性质。',
    failed: '状态机得知失败，由它决定怎么办。',
    struck: '这就是你要求的故障。',
  },
  whereabouts: {
    ready: '就绪',
    delayed: '延后',
    given: '已交给消费者',
    'in-flight': '处理中',
    prepared: '悬而未决',
  },
  delivery: (count) => `重投 ×${count - 1}`,
  from: (queue) => `来自 ${queue}`,
  stays: (fate) => {
    switch (fate.what) {
      case 'in-doubt': {
        const { branch, at, sends } = fate;
        const what = sends.length > 0 ? `，含发往 ${sends.join('、')} 的消息` : '';
        return `分支 ${branch} 在 ${at} 已准备好${what}`;
      }
      case 'logged':
        return `${fate.service} 已写日志：${fate.decision} ${fate.xid}`;
      case 'rows':
        return `${rowsText(fate, (count) => `${count} 行`)}，已提交`;
      case 'waiting':
        return `${fate.queue}，${fate.count} 条消息`;
      case 'again':
        return `${timesText(fate)}，会重投 ↻`;
      default:
        return `${timesText(fate)}，将成死信 †`;
    }
  },
  lost: (fate) => {
    switch (fate.what) {
      case 'run':
        return `${fate.service}.${fate.handler}，停在 ${fate.state}`;
      case 'uncommitted':
        return `${rowsText(fate, (count) => `${count} 行`)}，未提交`;
      case 'transaction':
        return `未结束的事务 ${fate.database}#${fate.id}`;
      case 'unsent':
        return `${timesText(fate)}，尚未发出`;
      default:
        return `${fate.service} 在内存中记着 ${JSON.stringify(fate.entries)}`;
    }
  },
  staysAsBegun: '与开始时相同',
  nobody: '无主',
  next: ({ work, place }, effect) =>
    ({
      step: `${place}：${effect}`,
      resume: `${place} 继续`,
      'give-up': `${place} 不再等待`,
      invoke: `调用到达 ${place}`,
      answer: `应答到达 ${place}`,
      start: `${place.replace('.process.starting', '')} 启动`,
      restart: `${place} 恢复`,
      request: `请求 ${place}`,
      act: `在 ${place} 手工操作`,
      tick: `定时任务 ${place}`,
      dispatch: '代理投递延后的消息',
    })[work],
  later: (ms) => `${ms} 毫秒后`,
  holds: '成立',
  broken: (step) => `自第 ${step} 步起被破坏`,
  open: '结束时才见分晓',
  wait: {
    lock: '在等锁，持有者',
    answer: '在等应答，来自',
    message: '在等消息，队列',
    decision: '在等决定，位于',
    restart: '已停，无人重启',
  },
  down: '已停',
  endless: {
    rows: '超过 1000 行，或内容太多：请缩小查询范围',
    time: '查询迟迟没有结束，已被停止：请缩小查询范围',
  },
};

export const viewTexts: Readonly<Record<Language, ViewTexts>> = { en, zh };
