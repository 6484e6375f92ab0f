// 中文文本。

import type { Resource } from '../../sim/index.ts';
import { chineseErrors } from './errors-zh.ts';
import { type HappeningTexts, onlyValue, pairs, type Texts } from './texts.ts';

const delivery = ({ deliveryCount }: { deliveryCount: number }): string =>
  deliveryCount === 1 ? '' : `，第 ${deliveryCount} 次投递`;

const RESOURCES = { database: '数据库', session: ' JMS 会话' };
const THINGS = { service: '服务', database: '数据库', broker: '消息代理' };

const ended = (resource: Resource, transaction: number | null): string =>
  transaction === null ? RESOURCES[resource] : `事务 ${transaction}`;

const happenings: HappeningTexts = {
  suspended: ({ transaction }) =>
    transaction === null ? '没有事务可挂起' : `挂起事务 ${transaction}`,
  resumed: ({ transaction }) =>
    transaction === null ? '继续，不在事务中' : `恢复事务 ${transaction}`,
  noted: ({ note, transaction }) =>
    ({
      joins: `加入事务 ${transaction}`,
      'runs-alone': '不在事务中运行：每条语句各自提交',
      dooms: `把事务 ${transaction} 标记为 rollback-only：它再也不能提交`,
      catches: '捕获异常，继续执行',
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
  began: ({ transaction, isolation, readOnly, timeoutMs }) => {
    const level = isolation === null ? [] : [isolation.replace('-', ' ').toUpperCase()];
    const rights = readOnly ? ['READ ONLY'] : [];
    const time = timeoutMs === null ? [] : [`限时 ${timeoutMs} 毫秒`];
    return [`BEGIN 事务 ${transaction}`, ...level, ...rights, ...time].join('，');
  },
  queried: ({ rows }) => onlyValue(rows) ?? `查到 ${rows.length} 行`,
  changed: ({ affected }) => `改动 ${affected} 行`,
  blocked: ({ lock, waitsFor }) => `等待锁 ${lock}，持有者为事务 ${waitsFor.join('、')}`,
  sent: ({ queue }) => `发送 ${queue}`,
  published: ({ message }) => `${message.queue} 已可见`,
  committed: ({ resource, transaction }) => `提交${ended(resource, transaction)}`,
  'rolled-back': ({ resource, transaction }) => `回滚${ended(resource, transaction)}`,
  returned: ({ message }) => `${message.queue} 退回队列`,
  declined: ({ message, againInMs }) => `${againInMs} 毫秒内不接收 ${message.queue}`,
  'dead-lettered': ({ message }) => `${message.queue} 进入死信队列`,
  failed: ({ failure }) => {
    const what = failures[failure.code] ?? failure.code;
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

const failures: Texts['failures'] = {
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
  'reply-lost': '没有收到应答',
};

export const zh: Texts = {
  ...chineseErrors,
  happenings,
  failures,
  outcomes: {
    committed: '已提交',
    'rolled-back': '已回滚',
    compensated: '已补偿',
    'half-committed': '部分提交',
    'in-doubt': '悬而未决',
    stuck: '卡住',
    anomaly: '出现异常现象',
    prevented: '异常现象被避免',
  },
  effects: {
    suspend: '挂起事务',
    resume: '恢复事务',
    savepoint: '设置保存点',
    'rollback-to': '回滚到保存点',
    release: '释放保存点',
    note: '决定',
    sleep: '等待',
    receive: '接收',
    recover: '恢复',
    uuid: '编号',
    begin: '开始事务',
    sql: '语句',
    send: '发送',
    commit: '提交',
    rollback: '回滚',
    throw: '异常',
    start: '进程启动',
  },
  faultKinds: {
    error: '以异常代替这一步，或在其后抛出',
    crash: '服务崩溃后重启',
    'crash-db': '该服务的数据库崩溃后重启',
    'crash-broker': '消息代理崩溃后重启',
    duplicate: '消息到达两次',
    lose: '消息丢失',
    delay: '消息迟到',
    reorder: '被下一条消息超越',
    'lost-reply': '已经生效，调用方却看到错误',
    refuse: '参与者投票回滚',
    disconnect: '连接断开',
    timeout: '语句等锁超时',
  },
  headings: {
    timeline: '时间线',
    rows: '数据行',
    queues: '队列',
    properties: '性质',
    outcome: '结局',
    replay: '重放',
    story: '故事',
    participants: '参与者',
    parameters: '参数',
    points: '故障点',
    faults: '命名故障',
    input: '输入',
  },
  run: {
    seed: (seed) => `步骤次序由种子 ${seed} 决定`,
    compensated: '与开始时相同：改动之后又被补偿',
    noTables: '没有任何行改变',
    emptyQueues: '全部为空，无死信',
    messages: (count) => `${count} 条消息`,
    from: (queue) => `来自 ${queue}`,
    broken: '被破坏',
    notYet: '尚无定论',
    expectedBroken: '被破坏，符合预期',
    asExpected: '与目录的预期一致',
    notAsExpected: '与目录的预期不符',
    noExpectation: '没有出现目录未曾预料的破坏',
    expectedOutcome: (word) => `预期结局：${word}`,
    unexpected: (property) => `意外：“${property}”被破坏`,
    missing: (property) => `缺少：“${property}”本应被破坏`,
    horizon: (ms) => `虚拟时间到 ${ms} 毫秒即被截止，尚未停歇；--set horizonMs=… 可延长。`,
    legend: '✓ 提交  × 回滚  ↻ 重投  ↩ 补偿  † 死信  ! 出事',
    skipped: (ms) => `${ms} 毫秒之后`,
    exported: (path) => `已写入 ${path}`,
  },
  show: {
    always: '每次提交之后',
    eventually: '无事可做之后',
    pointsHint: '写成 类型@故障点:before 或 :after，第二次发生加 #2',
    default: (value) => `默认 ${value}`,
    stands: (lines) => `= ${lines}`,
    expects: (word) => `结局：${word}`,
    breaks: (properties) => `破坏：${properties}`,
    request: '一个请求，或请求的列表（可带 "atMs"），或含以下列表的对象：',
    applies: '可用的故障类型：',
    try: '试试：',
  },
  inside: {
    legend:
      '✓ 提交  × 回滚  … 继续  ! 等待或出事  + 加锁  - 放锁  A → B：A 等 B  新值 ← 旧值  ? 未提交  S 共享，X 排他',
    labels: { view: '视图', locks: '锁  ', waits: '等待', undo: 'undo' },
    view: (who, commit) =>
      commit === 0 ? `${who} 读的是开始时的数据` : `${who} 读的是第 ${commit} 次提交后的数据`,
    holds: (who, lock) => `+ ${who} ${lock}`,
    waits: (who, lock) => `! ${who} 等待：${lock}`,
    releases: (who, count) => `- ${who} 放开 ${count} 把锁`,
    nobodyWaits: '无人等待',
    waitsFor: (holders) => `等待 ${holders}`,
    commit: (commit) => `第 ${commit} 次提交`,
    deleted: '已删除',
    noRow: '无此行',
    noRows: '没有行',
  },
  matrix: {
    shows: '出现',
    unexpected: '与目录的预期不符',
    cell: (row, column, expected, seen) =>
      `${row}，${column}：预期为“${expected}”，结果是“${seen}”`,
    rows: '各行的含义',
    one: '细看其中一格：',
  },
  help: {
    titles: {
      'Usage:': '用法：',
      'Arguments:': '参数：',
      'Options:': '选项：',
      'Commands:': '命令：',
    },
    program: '运行分布式事务，把它弄坏，再看清缘由。',
    examples: '示例：',
    commands: {
      list: '列出所有场景',
      show: '讲述一个场景的故事，以及其中有哪些可以弄坏',
      run: '运行一个场景，展示发生了什么',
      matrix: '把两个参数的所有选项两两组合，逐一运行，列成一张表',
      replay: '凭重放码重演一次运行',
      completion: '打印某种 shell 的补全脚本',
    },
    arguments: {
      scenario: '场景的 id，见 sim list',
      code: '某次运行打印的重放码',
      shell: 'bash、zsh 或 fish',
    },
    options: {
      lang: '输出语言：en 或 zh',
      color: '不使用颜色',
      scenarios: '使用另一份场景目录，代替内置的 scenarios.yaml',
      fail: '命名故障，或 类型@服务.处理器.状态[:before|after][#n]；可重复',
      set: '设置参数；可重复',
      input: 'JSON 请求，来自文件或标准输入（-）',
      seed: '由种子决定步骤的次序',
      json: '打印一份 JSON 文档',
      reporter: 'ndjson：运行时每个事件一行 JSON',
      quiet: '只打印结论',
      export: '把每个数据库写成 SQLite 文件，放入某个目录',
      force: '覆盖已有文件',
      help: '显示帮助',
      version: '显示版本',
    },
  },
  error: '错误',
  fix: '修正',
  bug: '这是 Indoubt 自身的缺陷；请连同下面这一行一并报告：',
};
