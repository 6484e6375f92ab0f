// Splits SQL text into tokens, so that a statement's parts can be found without guessing.
// It never judges whether the text is valid: SQLite does.

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'sign';
  /** As written; words in lower case. A quoted name stands without its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How many parentheses are open around it. */
  readonly depth: number;
}

// One alternative per kind, in this order; blanks and comments come first and give no token.
// Groups by position, not by name: every run tokenizes hundreds of words, and names cost.
const KINDS: readonly (Token['kind'] | null)[] = [
  null,
  'string',
  'quoted',
  'parameter',
  'number',
  'word',
  'sign',
];
const PATTERN = new RegExp(
  [
    String.raw`(\s+|--[^\n]*|/\*[\s\S]*?(?:\*/|$))`,
    `('(?:[^']|'')*'?)`,
    String.raw`("(?:[^"]|"")*"?|${'`'}[^${'`'}]*${'`'}?|\[[^\]]*\]?)`,
    String.raw`([:@$][A-Za-z_]\w*|\?\d*)`,
    String.raw`(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`,
    String.raw`([\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`([\s\S])`,
  ].join('|'),
  'uy',
);

/** The tokens of an SQL text, without blanks and comments. */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  PATTERN.lastIndex = 0;
  for (let match = PATTERN.exec(sql); match; match = PATTERN.exec(sql)) {
    const [raw, ...groups] = match;
    const kind = KINDS[groups.findIndex((group) => group !== undefined)];
    if (!kind) continue;
    if (raw === ')') depth -= 1;
    const text = kind === 'word' ? raw.toLowerCase() : kind === 'quoted' ? raw.slice(1, -1) : raw;
    const start = match.index;
    tokens.push({ kind, text, start, end: start + raw.length, depth });
    if (raw === '(') depth += 1;
  }
  return tokens;
}

const CLOCK = /\bcurrent_(?:date|time|timestamp)\b/i;

/** A word that is the real clock, of which a run has none; undefined if there is none. */
export function clockIn(sql: string, tokens?: readonly Token[]): Token | undefined {
  if (!CLOCK.test(sql)) return undefined;
  return (tokens ?? tokenize(sql)).find(({ kind, text }) => kind === 'word' && CLOCK.test(text));
}

/** The text with some of its tokens written otherwise; null leaves one as it stands. */
function rewritten(
  sql: string,
  instead: (token: Token, before: Token | undefined, after: Token | undefined) => string | null,
): string {
  const tokens = tokenize(sql);
  let text = '';
  let copied = 0;
  tokens.forEach((token, at) => {
    const other = instead(token, tokens[at - 1], tokens[at + 1]);
    if (other === null) return;
    text += sql.slice(copied, token.start) + other;
    copied = token.end;
  });
  return text + sql.slice(copied);
}

/**
 * Puts the given schema names in quotes where they stand before a dot, so that a database may be
 * called by any word, `order` too.
 */
export function quoteSchemas(sql: string, schemas: ReadonlySet<string>): string {
  return rewritten(sql, ({ kind, text }, before, after) => {
    const isSchema = kind === 'word' && schemas.has(text);
    return isSchema && after?.text === '.' && before?.text !== '.' ? `"${text}"` : null;
  });
}

/** Makes `/` what it is in MySQL: 5 / 2 is 2.5, where SQLite leaves it at 2. */
export function exactDivision(sql: string): string {
  if (!sql.includes('/')) return sql;
  return rewritten(sql, ({ kind, text }) => (kind === 'sign' && text === '/' ? '* 1.0 /' : null));
}
