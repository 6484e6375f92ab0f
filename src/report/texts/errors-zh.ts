// 错误说明与修正办法的中文文本。

import type { Named } from '../../sim/index.ts';
import { classroomErrors } from './errors-classroom.ts';
import type { ErrorTexts, Texts } from './texts.ts';

const NAMED: Readonly<Record<Named, string>> = {
  scenario: '场景',
  fault: '故障',
  'fault kind': '故障类型',
  'fault point': '故障点',
  'fault option': '故障选项',
  'isolation level': '隔离级别',
  choice: '选项',
  cause: '结局的原因',
  parameter: '参数',
  property: '性质',
  queue: '队列',
  field: '字段',
  column: '列',
  table: '表',
  database: '数据库',
  service: '服务',
  handler: '处理器',
  command: '命令',
  shell: 'shell',
  language: '语言',
  reporter: '输出格式',
  diagram: '图的格式',
  exercise: '练习',
  state: '状态',
  key: '键',
  step: '步骤',
  name: '值',
};

const list = (names: readonly string[]): string => names.join('、') || '无';

function expected({
  type,
  min,
  max,
  maxLength,
  optional,
  choices,
}: Parameters<Texts['expected']>[0]) {
  const kinds = {
    integer: '整数',
    text: '文本',
    boolean: 'true 或 false',
    duration: '时长，如 500ms、80s、2m 或 never',
    object: '对象',
    list: '列表',
  };
  const limits = [
    min === undefined ? '' : `，不小于 ${min}`,
    max === undefined ? '' : `，不大于 ${max}`,
    maxLength === undefined ? '' : `，不超过 ${maxLength} 个字符`,
    optional ? '，或 null' : '',
    choices ? `：${choices.join('、')}` : '',
  ];
  return `${kinds[type]}${limits.join('')}`;
}

const CODE_WHY = {
  cut: '重放码不完整：末尾缺失',
  edited: '重放码被改动过：校验不符',
  changed: '生成此码之后场景已改变，无法原样重放',
  version: '这不是当前版本 sim 的重放码',
};

const errors: ErrorTexts = {
  'unknown-name': ({ what, given, nearest, known, scenario, where }) => ({
    message: `${where ? `${where}：` : ''}没有名为“${given}”的${NAMED[what]}${nearest ? `；是不是想写 ${nearest}？` : ''}`,
    fix:
      known.length > 24 && scenario
        ? `sim show ${scenario}   列出全部 ${known.length} 个`
        : `可用：${list(known)}`,
  }),
  'bad-value': ({ name, given, expected: wanted }) => ({
    message: `${name} 不能为${given === '' ? '空' : `“${given}”`}`,
    fix: `应为${expected(wanted)}`,
  }),
  'missing-value': ({ name, expected: wanted }) => ({
    message: `缺少 ${name}`,
    fix: `补上 "${name}"：${expected(wanted)}`,
  }),
  'no-such-row': ({ name, given, table, known }) => ({
    message: `${table} 中没有 ${name} ${given}；已有 ${list(known)}`,
    fix: '改用其中之一；或加 --set checkInput=false，看看原程序会怎样',
  }),
  'bad-fault': ({ given }) => ({
    message: `“${given}”不是一个故障`,
    fix: '写成 类型@服务.处理器.状态:before 或 :after，第二次发生加 #2',
  }),
  'fault-not-applicable': ({ kind, point, effect, kinds }) => ({
    message: `${kind} 不能发生在 ${point}：这一步是 ${effect}`,
    fix: `此处可用：${list(kinds)}`,
  }),
  'fault-never-struck': ({ fault, point, reached, scenario }) => ({
    message: `故障 ${fault} 从未发生：本次运行只经过 ${point} ${reached} 次`,
    fix: `sim run ${scenario}   可看到一次运行经过哪些步骤`,
  }),
  'bad-sql': ({ sql, why, where }) => ({
    message: `${where ? `${where} 中的` : '这条'} SQL 无法执行：${why}`,
    fix: `请修正：${sql.trim().split('\n')[0]}`,
  }),
  'bad-catalogue': ({ problems }) => ({
    message: `场景目录有 ${problems.length} 处错误`,
    fix: '请修正以上各行；git diff scenarios.yaml 可查看改动',
  }),
  'bad-scenario': ({ problems }) => ({
    message: `此场景有 ${problems.length} 处错误`,
    fix: '请修正以上各行',
  }),
  'no-scenario': ({ keys }) => ({
    message: '此文件中没有场景',
    fix: `顶层至少要写 ${list(keys)}`,
  }),
  'id-taken': ({ id }) => ({
    message: `场景目录中已有 ${id}`,
    fix: '请给文件换个名字，或在顶层另写 id:',
  }),
  'name-taken': ({ name }) => ({
    message: `名称 ${name} 已被占用：此处已有同名者，或事务管理器自己要用`,
    fix: '请换一个名称',
  }),
  'no-step-kind': ({ known }) => ({
    message: '这一步什么也没有做',
    fix: `请写明做什么：${list(known)}；或写 go-to`,
  }),
  'no-way-out': ({ step }) => ({
    message: `此流程永不结束：从 ${step} 无路通向终点`,
    fix: '用 when、if 或 go-to 给循环留一个出口',
  }),
  'bad-name': ({ given }) => ({
    message: `“${given}”不能用作名称`,
    fix: '以字母开头，其后可用字母、数字、- 和 _',
  }),
  'needs-database': ({ transaction }) => ({
    message: `transaction: ${transaction} 需要数据库，而此服务没有数据库`,
    fix: '为此服务写上 databases:，或改用 transaction: none',
  }),
  'not-utf8': ({ encoding }) => ({
    message: encoding ? `此文件的编码是 ${encoding}，不是 UTF-8` : '此文件不是 UTF-8 文本',
    fix: '请另存为 UTF-8',
  }),
  'too-large': ({ path, size, max }) => ({
    message: `${path} 有 ${size} 字节；场景文件最大 ${max} 字节`,
    fix: '请缩小文件：大量数据行宜用 --input 提供',
  }),
  'bad-yaml': ({ why }) => ({ message: `YAML 语法有误：${why}`, fix: '请修正语法' }),
  'bad-shape': ({ path, why }) => ({ message: `${path}：${why}`, fix: '请修正此值' }),
  'no-behaviour': ({ scenario, known }) => ({
    message: `场景“${scenario}”没有对应的状态机`,
    fix: `有状态机的场景：${list(known)}`,
  }),
  'no-matrix': ({ scenario, known }) => ({
    message: `场景 ${scenario} 没有矩阵`,
    fix: `有矩阵的场景：${list(known)}`,
  }),
  'bad-json': ({ why }) => ({ message: `JSON 语法有误：${why}`, fix: '请修正语法' }),
  'bad-code': ({ why, scenario }) => ({
    message: CODE_WHY[why],
    fix: scenario ? `sim run ${scenario}   可生成新的重放码` : '请完整复制 sim 打印的那一行',
  }),
  nondeterministic: ({ scenario, seed }) => ({
    message: `${scenario} 不是确定性的：同样的选择（种子 ${seed}）重来一遍，结局却不同`,
    fix: '状态机和 SQL 只能使用传给它们的东西：不用 Math.random、不用 Date，也不在两次运行之间留存任何东西',
  }),
  endless: ({ where, steps }) => ({
    message: `${where} 永不结束：已走 ${steps} 步，其间从未等待`,
    fix: '给状态机一条跳出循环的路，或让它中途等待（sleep、call、poll）',
  }),
  'bad-setting': ({ given }) => ({
    message: `“${given}”没有设置任何参数`,
    fix: '写成 --set 名称=值',
  }),
  'bad-rows': ({ table, why }) => ({
    message: `这些行放不进 ${table}：${why}`,
    fix: '请修正这些行',
  }),
  'bad-parameters': ({ sql, missing, unknown, where }) => ({
    message: `${where ? `${where} 中的` : '这条'} SQL ${[
      missing.length > 0 ? `缺少参数 ${list(missing)}` : '',
      unknown.length > 0 ? `没有参数 ${list(unknown)}` : '',
    ]
      .filter(Boolean)
      .join('，且')}`,
    fix: `请修正：${sql.trim().split('\n')[0]}`,
  }),
  'transaction-over': ({ transaction, where }) => ({
    message: `${where ? `${where}：` : ''}事务 ${transaction} 已经结束`,
    fix: '请另开一个事务，或不指定事务，以自动提交方式执行',
  }),
  'transaction-waits': ({ transaction, where }) => ({
    message: `${where ? `${where}：` : ''}事务 ${transaction} 还有一条语句在等锁`,
    fix: '请先让它继续执行，或让它等待超时，再执行下一条语句',
  }),
  'nothing-waits': ({ transaction, where }) => ({
    message: `${where ? `${where}：` : ''}${
      transaction === null ? '没有打开的事务' : `事务 ${transaction} 并没有在等锁`
    }`,
    fix: '只有被阻塞的语句才能继续执行或等待超时',
  }),
  'bad-ddl': ({ why, line, column, where }) => ({
    message: `${where ? `${where}：` : ''}DDL 第 ${line} 行第 ${column} 列无法接受：${why}`,
    fix: '请用 SQLite 的写法；凡 SQLite 有对应功能的，也可用 MySQL 的写法',
  }),
  'no-primary-key': ({ table, where }) => ({
    message: `${where ? `${where}：` : ''}表 ${table} 没有主键`,
    fix: '请为该表声明 PRIMARY KEY：InnoDB 按主键顺序存放行',
  }),
  'cannot-read': ({ path, why }) => ({ message: `无法读取 ${path}：${why}`, fix: `ls -l ${path}` }),
  'cannot-write': ({ path, why }) => ({ message: `无法写入 ${path}：${why}`, fix: '请换一个位置' }),
  'file-exists': ({ path }) => ({
    message: `${path} 已存在，不会被覆盖`,
    fix: '请换一个位置，或加 --force 覆盖',
  }),
  'no-end': ({ scenario }) => ({
    message: `${scenario} 迟迟没有结束，已被停止`,
    fix: '请检查“acts”中的 SQL：其中可能有一条永不结束',
  }),
  'cannot-serve': ({ port, why }) => ({
    message: `无法在端口 ${port} 上提供网页：${why}`,
    fix: 'sim serve --port 0',
  }),
  'no-terminal': ({ command }) => ({
    message: '这里没有终端，无法逐步查看',
    fix: `${command} --keys "n n p"`,
  }),
  ...classroomErrors.zh,
  conflict: ({ first, second }) => ({
    message: `${first} 与 ${second} 互相矛盾`,
    fix: '请去掉其中一个',
  }),
  'needs-option': ({ given, needed }) => ({
    message: `${given} 须与 ${needed} 一起使用`,
    fix: `请加上 ${needed}`,
  }),
  usage: ({ message, command }) => ({ message, fix: `sim ${command} --help`.replace('  ', ' ') }),
};

export const chineseErrors = { expected, errors };
