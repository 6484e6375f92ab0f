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

/**
 * Puts the given schema names in quotes where they stand before a dot, so that a database may be
 * called by any word, `order` too.
 */
export function quoteSchemas(sql: string, schemas: ReadonlySet<string>): string {
  const tokens = tokenize(sql);
  let quoted = '';
  let copied = 0;
  tokens.forEach((token, at) => {
    if (token.kind !== 'word' || !schemas.has(token.text)) return;
    if (tokens[at + 1]?.text !== '.' || tokens[at - 1]?.text === '.') return;
    quoted += `${sql.slice(copied, token.start)}"${token.text}"`;
    copied = token.end;
  });
  return quoted + sql.slice(copied);
}
