// 运行中发生的事与各种失败，中文。

import {
  branchText,
  type Ending,
  type HappeningTexts,
  onlyValue,
  pairs,
  plain,
  type Texts,
} from './texts.ts';

const delivery = ({ deliveryCount }: { deliveryCount: number }): string =>
  deliveryCount === 1 ? '' : `，第 ${deliveryCount} 次投递`;

const THINGS = { service: '服务', database: '数据库', broker: '消息代理' };

const at = (database: string | null): string =>
  database === null ? '（消息代理）' : `（数据库 ${database}）`;

function ending(verb: 'COMMIT' | 'ROLLBACK', { transaction, database, branch }: Ending): string {
  if (branch) return `XA ${verb} ${branchText(branch)}${at(database)}`;
  const word = verb === 'COMMIT' ? '提交' : '回滚';
  if (transaction !== null) return `${word}事务 ${transaction}`;
  return database === null ? `${word} JMS 会话` : `${word}数据库 ${database}`;
}

export const chineseHappenings: HappeningTexts = {
  suspended: ({ transaction }) =>
    transaction === null ? '没有事务可挂起' : `挂起事务 ${transaction}`,
  resumed: ({ transaction }) =>
    transaction === null ? '继续，不在事务中' : `恢复事务 ${transaction}`,
  noted: ({ note, transaction }) =>
    ({
      joins: `加入事务 ${transaction}`,
      'runs-alone': '不在事务中运行：每条语句各自提交',
      dooms: `把事务${transaction === null ? '' : ` ${transaction} `}标记为 rollback-only：它再也不能提交`,
      catches: '捕获异常，继续执行',
      'before-commit': '回调已登记的 beforeCommit',
      'after-commit': '回调已登记的 afterCommit',
      'heuristic-rolled-back': '报告启发式结局：已回滚',
      'heuristic-mixed': '报告启发式结局：混合',
      'in-doubt': '不再等待：该分支悬而未决，留待恢复',
      'heuristic-hazard': '该分支已由他人裁决，结局不得而知',
    })[note],
  marked: ({ mark, name }) =>
    ({
      savepoint: `SAVEPOINT ${name}`,
      'rollback-to': `ROLLBACK TO SAVEPOINT ${name}`,
      release: `RELEASE SAVEPOINT ${name}`,
    })[mark],
  inspected: () => '查看内部状态',
  requested: ({ body }) => `请求 ${pairs(body)}`,
  ticked: () => '定时触发',
  received: ({ message }) => `收到 ${message.queue}${delivery(message)}`,
  named: ({ uuid }) => `编号 ${uuid}`,
  began: ({ database, transaction, isolation, readOnly, timeoutMs, branch }) => {
    const level = isolation === null ? [] : [isolation.replace('-', ' ').toUpperCase()];
    const rights = readOnly ? ['READ ONLY'] : [];
    const time = timeoutMs === null ? [] : [`限时 ${timeoutMs} 毫秒`];
    const what = branch
      ? `XA START ${branchText(branch)}${at(database)}`
      : `BEGIN 事务 ${transaction}`;
    return [what, ...level, ...rights, ...time].join('，');
  },
  queried: ({ rows }) => onlyValue(rows) ?? `查到 ${rows.length} 行`,
  changed: ({ affected }) => `改动 ${affected} 行`,
  blocked: ({ lock, waitsFor }) => `等待锁 ${lock}，持有者为事务 ${waitsFor.join('、')}`,
  opened: ({ branch }) => (branch ? `XA START ${branchText(branch)}${at(null)}` : '打开 JMS 会话'),
  'branch-ended': ({ branch, database }) => `XA END ${branchText(branch)}${at(database)}`,
  prepared: ({ branch, database, vote }) =>
    `XA PREPARE ${branchText(branch)}${at(database)}：投票 ${vote === 'commit' ? '提交' : '只读'}`,
  recovered: ({ database, branches }) =>
    `XA RECOVER${at(database)}：${branches.map(branchText).join('、') || '没有分支'}`,
  logged: ({ record: { decision, xid } }) =>
    ({
      commit: `把“提交 ${xid}”强制写入日志`,
      forget: `在日志中记下“${xid} 已了结”`,
      'heuristic-hazard': `在日志中记下“${xid}：启发式风险”`,
    })[decision],
  'log-read': ({ records }) =>
    `读日志：${records.map(({ decision, xid }) => `${decision} ${xid}`).join('、') || '空'}`,
  called: ({ service, handler, body }) => `调用 ${service}.${handler} ${pairs(body)}`.trimEnd(),
  answered: ({ value }) => `得到应答 ${plain(value)}`,
  replied: ({ value }) => `应答 ${plain(value)}`,
  kept: ({ entries }) => `记在内存里 ${pairs(entries)}`,
  acted: ({ database, sql, affected }) =>
    `人工在数据库 ${database} 执行：${sql}${affected === null ? '（被拒绝）' : ''}`,
  put: ({ queue, body }) => `人工放入 ${queue}：${pairs(body)}`,
  polled: ({ queue, message, transacted }) => {
    if (!message) return `${queue} 里什么也没有`;
    return `${transacted ? `收到 ${queue}` : `从 ${queue} 取出一条`}${delivery(message)}`;
  },
  sent: ({ queue }) => `发送 ${queue}`,
  published: ({ message }) => `${message.queue} 已可见`,
  committed: (happening) => ending('COMMIT', happening),
  'rolled-back': (happening) => ending('ROLLBACK', happening),
  returned: ({ message }) => `${message.queue} 退回队列`,
  declined: ({ message, againInMs }) => `${againInMs} 毫秒内不接收 ${message.queue}`,
  'dead-lettered': ({ message }) => `${message.queue} 进入死信队列`,
  failed: ({ failure }) => {
    const what = chineseFailures[failure.code] ?? failure.code;
    const detail = failure.detail ? `：${failure.detail}` : '';
    return `${what}${detail}${failure.definite ? '' : '（也许已经生效）'}`;
  },
  struck: ({ fault }) => `故障 ${fault}`,
  lost: ({ queue }) => `${queue} 在途中丢失`,
  ended: ({ success }) => (success ? '完成' : '失败'),
  crashed: ({ what }) => `${THINGS[what]}崩溃`,
  restarted: ({ what }) => `${THINGS[what]}已重启`,
  violated: ({ property }) => `性质被破坏：${property}`,
  'at-rest': () => '已无事可做',
  horizon: () => '时间用尽',
};

export const chineseFailures: Texts['failures'] = {
  'record-changed': '该记录在快照之后已被修改：事务回滚',
  'read-only-transaction': '拒绝：只读事务',
  'transaction-timed-out': '事务超时',
  'transaction-in-progress': '被拒绝：事务正在进行中',
  'xaer-nota': 'XAER_NOTA：没有这个分支，或者它仍属于另一个连接',
  'xaer-rmfail': 'XAER_RMFAIL：分支当前的状态不允许这一操作',
  'xaer-dupid': 'XAER_DUPID：同名的分支已经存在',
  'xaer-outside': 'XAER_OUTSIDE：连接正处于另一个事务中',
  'xaer-inval': 'XAER_INVAL：已准备好的分支不能一阶段提交',
  'xa-rbrollback': 'XA_RBROLLBACK：分支已被回滚',
  'xa-rbdeadlock': 'XA_RBDEADLOCK：分支已作为死锁的牺牲者被回滚',
  'no-such-savepoint': '没有这个保存点',
  'row-referenced': '拒绝：有其他行引用它',
  deadlock: '死锁：被选为牺牲者而回滚',
  'lock-wait-timeout': '等待锁超时',
  'connection-lost': '连接断开',
  'connection-refused': '连接被拒：服务已宕机',
  'database-down': '数据库已宕机',
  'broker-down': '消息代理已宕机',
  'duplicate-key': '键重复',
  'foreign-key': '违反外键',
  'not-null': '不允许为空',
  check: '违反检查约束',
  'injected-error': '注入的异常',
  'call-timed-out': '未能及时得到应答',
  'reply-lost': '没有收到应答',
};
