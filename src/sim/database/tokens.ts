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
const PATTERN = new RegExp(
  [
    String.raw`(?<blank>\s+|--[^\n]*|/\*[\s\S]*?(?:\*/|$))`,
    `(?<string>'(?:[^']|'')*'?)`,
    String.raw`(?<quoted>"(?:[^"]|"")*"?|${'`'}[^${'`'}]*${'`'}?|\[[^\]]*\]?)`,
    String.raw`(?<parameter>[:@$][A-Za-z_]\w*|\?\d*)`,
    String.raw`(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`(?<sign>[\s\S])`,
  ].join('|'),
  'guy',
);

/** The tokens of an SQL text, without blanks and comments. */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const match of sql.matchAll(PATTERN)) {
    const groups = match.groups ?? {};
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined);
    if (!kind || kind === 'blank') continue;
    const raw = match[0];
    if (raw === ')') depth -= 1;
    const text = kind === 'word' ? raw.toLowerCase() : kind === 'quoted' ? raw.slice(1, -1) : raw;
    const start = match.index;
    tokens.push({ kind: kind as Token['kind'], text, start, end: start + raw.length, depth });
    if (raw === '(') depth += 1;
  }
  return tokens;
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
