// MySQL's spelling of DDL as SQLite takes it, where SQLite has an equivalent; what has none, or
// would read the real clock, is refused with the place where it stands.

import { SandboxError } from '../kernel/errors.ts';
import { ROWID } from './names.ts';
import { quote } from './pragmas.ts';
import { clockIn, type Token } from './tokens.ts';

/** A piece of text that takes the place of another. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One `CREATE` as SQLite takes it, and what must follow it. */
interface Translated {
  readonly start: number;
  readonly statements: readonly string[];
  readonly references: readonly Reference[];
}

/** Where a table refers to another one. */
export interface Reference {
  readonly table: string;
  readonly parent: string;
  readonly start: number;
}

const NONE: Token = { kind: 'sign', text: '', start: 0, end: 0, depth: 0 };

/** Translates one statement, token by token. */
class Translation {
  readonly #ddl: string;
  readonly #tokens: readonly Token[];
  readonly #edits: Edit[] = [];
  readonly #after: string[] = [];
  #table = '';

  constructor(ddl: string, tokens: readonly Token[]) {
    this.#ddl = ddl;
    this.#tokens = tokens;
  }

  run(): Translated {
    const words = this.#tokens.map(({ text }) => text);
    const thing = words.findIndex((word) => word !== 'create' && word !== 'unique');
    if (words[0] !== 'create') this.#refuse(this.#at(0), 'only CREATE TABLE and CREATE INDEX');
    if (words[thing] === 'table') this.#createTable(thing);
    else if (words[thing] === 'index') this.#createIndex();
    else this.#refuse(this.#at(thing), 'only CREATE TABLE and CREATE INDEX');
    const clock = clockIn(this.#ddl, this.#tokens);
    const call = words.findIndex((word, at) => word === 'now' && words[at + 1] === '(');
    const now = clock ?? this.#tokens[call];
    if (now) this.#refuse(now, 'it reads the real clock: a run has virtual time only');
    const deferred = this.#tokens[words.indexOf('deferrable')];
    if (deferred) this.#refuse(deferred, 'InnoDB looks after foreign keys at once');
    const { start } = this.#at(0);
    const statements = [this.#edited(start, this.#at(-1).end), ...this.#after];
    return { start, statements, references: this.#references() };
  }

  #at(index: number): Token {
    return this.#tokens.at(index) ?? NONE;
  }

  #refuse(token: Token, why: string): never {
    throw new SandboxError('bad-ddl', { why, ...placeIn(this.#ddl, token.start) });
  }

  // As written: a table goes by its very letters.
  #nameOf({ kind, text, start, end }: Token): string {
    return kind === 'quoted' ? text : this.#ddl.slice(start, end);
  }

  #references(): readonly Reference[] {
    return this.#tokens.flatMap((token, at) => {
      if (token.kind !== 'word' || token.text !== 'references') return [];
      const parent = this.#nameOf(this.#at(at + 1));
      return { table: this.#table, parent, start: token.start };
    });
  }

  #edited(from: number, to: number): string {
    let text = '';
    let copied = from;
    for (const edit of this.#edits.toSorted((a, b) => a.start - b.start)) {
      if (edit.start < copied) continue;
      text += this.#ddl.slice(copied, edit.start) + edit.text;
      copied = edit.end;
    }
    return text + this.#ddl.slice(copied, to);
  }

  #replace(first: Token, last: Token, text = ''): void {
    this.#edits.push({ start: first.start, end: last.end, text });
  }

  #createIndex(): void {
    const open = this.#tokens.findIndex(({ text }) => text === '(');
    const close = this.#tokens.findIndex(({ text, depth }) => text === ')' && depth === 0);
    this.#checkKey(this.#tokens.slice(open + 1, close));
    this.#dropUsing(this.#tokens);
    const rest = this.#tokens.slice(close + 1).filter(({ text }) => text === 'where');
    if (rest[0]) this.#refuse(rest[0], 'MySQL has no partial index');
  }

  // An index is of whole columns, in rising order.
  #checkKey(tokens: readonly Token[]): void {
    for (const token of tokens) {
      if (token.text === 'desc') this.#refuse(token, 'an index in falling order');
      if (token.text === '(') this.#refuse(token, 'an index of a part of a column, or of a value');
    }
  }

  #dropUsing(tokens: readonly Token[]): void {
    tokens.forEach((token, at) => {
      if (token.text === 'using') this.#replace(token, tokens[at + 1] ?? token);
    });
  }

  #createTable(thing: number): void {
    const open = this.#tokens.findIndex(({ text }) => text === '(');
    const close = this.#tokens.findIndex(({ text, depth }) => text === ')' && depth === 0);
    if (open < 0 || close < 0)
      this.#refuse(this.#at(thing), 'a table needs columns in parentheses');
    this.#table = this.#nameOf(this.#at(open - 1));
    if (this.#table.endsWith(' rows')) this.#refuse(this.#at(open - 1), 'such a name is kept');
    const items = split(this.#tokens.slice(open + 1, close));
    const numbered = items.find((item) => item.some(isNumbering));
    items.forEach((item, at) => {
      const before = at === 0 ? null : (items[at - 1]?.at(-1) ?? null);
      this.#item(item, before, numbered?.[0]?.text ?? null);
    });
    this.#fillKey(items);
    this.#options(this.#tokens.slice(close + 1));
  }

  // A primary key is NOT NULL. SQLite keeps that only where the key is its own rowid.
  #fillKey(items: readonly (readonly Token[])[]): void {
    const isKey = (item: readonly Token[]) => item.some(({ text }) => text === 'primary');
    const listed = items.filter((item) => isKey(item) && !isColumn(item)).flat();
    const key = listed.filter(({ depth }) => depth === 2).map(({ text }) => text.toLowerCase());
    for (const item of items.filter(isColumn)) {
      const [name = NONE, type = NONE] = item;
      const alone = isKey(item) || (key.length === 1 && key.includes(name.text.toLowerCase()));
      const isRowid = alone && (type.text === 'integer' || item.some(isNumbering));
      const { end } = item.at(-1) ?? name;
      if (isRowid || !(isKey(item) || key.includes(name.text.toLowerCase()))) continue;
      this.#edits.push({ start: end, end, text: ' NOT NULL' });
    }
  }

  #item(item: readonly Token[], before: Token | null, numbered: string | null): void {
    const [first = NONE, second = NONE] = item;
    const last = item.at(-1) ?? first;
    // Takes the comma before it along.
    const drop = () => {
      this.#edits.push({ start: before?.end ?? first.start, end: last.end, text: '' });
    };
    this.#dropUsing(item);
    const conflict = item.find(({ text, kind }) => kind === 'word' && text === 'conflict');
    if (conflict) this.#refuse(conflict, 'ON CONFLICT is said where rows are inserted');
    const unique = first.text === 'unique' && ['key', 'index'].includes(second.text);
    if (first.kind === 'word' && (unique || ['key', 'index'].includes(first.text))) {
      this.#after.push(this.#index(item.slice(unique ? 2 : 1), unique));
      drop();
      return;
    }
    const keyed = item.filter(({ depth, kind }) => depth === 2 && kind !== 'sign');
    if (first.text === 'primary' && numbered !== null && keyed[0]?.text === numbered) drop();
    else if (['fulltext', 'spatial'].includes(first.text)) this.#refuse(first, 'such an index');
    else if (ROWID.test(first.text)) this.#refuse(first, 'SQLite keeps this name for itself');
    else if (isColumn(item)) {
      if (item.some(isNumbering)) {
        this.#replace(first, last, `${quote(first.text)} INTEGER PRIMARY KEY AUTOINCREMENT`);
      } else this.#column(item);
    }
  }

  #index(tokens: readonly Token[], unique: boolean): string {
    const key = tokens.filter(({ depth }) => depth === 2);
    this.#checkKey(key);
    const columns = key.filter(({ text }) => text !== ',').map(({ text }) => text);
    const named = tokens[0]?.text === '(' ? columns[0] : tokens[0]?.text;
    const name = quote(`${this.#table} ${named ?? ''}`);
    const listed = columns.map(quote).join(', ');
    return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${name} ON ${quote(this.#table)} (${listed})`;
  }

  #column(item: readonly Token[]): void {
    const [name = NONE] = item;
    item.forEach((token, at) => {
      const [next = NONE, third = NONE] = [item[at + 1] ?? NONE, item[at + 2] ?? NONE];
      if (at === 0 || token.kind !== 'word') return;
      switch (token.text) {
        case 'comment':
        case 'charset':
          this.#replace(token, next);
          break;
        case 'character':
          this.#replace(token, third);
          break;
        case 'collate':
          if (!next.text.endsWith('_bin') && next.text !== 'binary') {
            this.#refuse(token, `COLLATE ${next.text}: text is compared byte by byte here`);
          }
          this.#replace(token, next);
          break;
        case 'unsigned':
          this.#replace(token, token, `CHECK (${quote(name.text)} >= 0)`);
          break;
        case 'enum':
          this.#enumeration(item, at);
          break;
        case 'key':
          if (item[at - 1]?.text === 'unique') this.#replace(token, token);
          break;
        case 'as':
        case 'generated':
        case 'zerofill':
          this.#refuse(token, `${token.text.toUpperCase()} has no equivalent`);
          break;
        default:
      }
    });
  }

  // ENUM ('a', 'b') is a text that is one of these.
  #enumeration(item: readonly Token[], at: number): void {
    const type = item[at] ?? NONE;
    const close = item.find(({ text, depth }, index) => index > at && text === ')' && depth === 1);
    if (!close) this.#refuse(type, 'ENUM needs its values in parentheses');
    this.#replace(type, type, `TEXT CHECK (${quote(item[0]?.text ?? '')} IN`);
    this.#replace(close, close, '))');
  }

  #options(tokens: readonly Token[]): void {
    const [first] = tokens;
    const last = tokens.at(-1);
    if (!first || !last) return;
    const words = tokens.filter(({ text }) => text !== '=' && text !== ',' && text !== 'default');
    for (let at = 0; at < words.length; at += 2) {
      const [option = NONE, value = NONE] = [words[at] ?? NONE, words[at + 1] ?? NONE];
      if (option.text === 'character') at += 1;
      else if (option.text === 'auto_increment') this.#seed(value);
      else if (option.text === 'engine' && value.text !== 'innodb') {
        this.#refuse(value, `ENGINE ${value.text}: the rules here are InnoDB's`);
      } else if (!['engine', 'charset', 'collate', 'comment', 'row_format'].includes(option.text)) {
        this.#refuse(option, `the table option ${option.text.toUpperCase()} has no equivalent`);
      }
    }
    this.#replace(first, last);
  }

  #seed({ text }: Token): void {
    const table = `'${this.#table.replaceAll("'", "''")}'`;
    this.#after.push(
      `INSERT INTO sqlite_sequence (name, seq) VALUES (${table}, ${Number(text) - 1})`,
    );
  }
}

const CONSTRAINTS = ['primary', 'unique', 'constraint', 'foreign', 'check', 'key', 'index'];

/** Whether an item of a table is a column, not a key or a constraint. */
const isColumn = ([first]: readonly Token[]): boolean =>
  first !== undefined && (first.kind === 'quoted' || !CONSTRAINTS.includes(first.text));

const isNumbering = ({ text }: Token): boolean => text === 'auto_increment';

/** The parts between the commas of a list, each without the comma. */
function split(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const items: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === ',' && token.depth === 1) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items.filter((item) => item.length > 0);
}

/** Line and column, from 1, of a place in a text. */
export function placeIn(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** One `CREATE` of a text, as SQLite takes it. @throws SandboxError `bad-ddl` */
export const translate = (ddl: string, tokens: readonly Token[]): Translated =>
  new Translation(ddl, tokens).run();
