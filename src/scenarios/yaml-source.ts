// A YAML text in which every value can be found again: at its line and column.

import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { type CatalogueProblem, type FilePlace, SandboxError } from '../sim/index.ts';

/** Keys and positions that lead from the top to a value. */
export type Path = readonly (string | number)[];

// What a parser stumbles over once it has lost its way, after a mistake that it has told.
const FOLLOWS = /^Unexpected .+ (token in YAML stream|at node end)/;

const TOO_DEEP = /call stack/;

/** The longest line of a frame; of a longer one what is around the mistake is shown. */
const FRAME_WIDTH = 160;

/** Finds lines and columns in a YAML text. */
export class YamlSource {
  readonly #file: string;
  readonly #lines: readonly string[];
  readonly #counter = new LineCounter();
  readonly #document: ReturnType<typeof parseDocument>;

  constructor(text: string, file: string) {
    this.#file = file;
    this.#lines = text.split('\n');
    this.#document = parseDocument(text, {
      lineCounter: this.#counter,
      uniqueKeys: true,
      // What it would say aside, of odd keys, the checker says with its place.
      logLevel: 'error',
    });
  }

  get data(): unknown {
    return this.#document.toJS();
  }

  syntaxProblems(): readonly CatalogueProblem[] {
    const all = [...this.#document.errors, ...this.#document.warnings];
    const own = all.filter(({ message }, at) => at === 0 || !FOLLOWS.test(message));
    const found = own.map(({ message, pos }) => {
      const [told = ''] = message.split(/ at line \d+/);
      const why = TOO_DEEP.test(told) ? 'it is nested too deeply' : told;
      return this.problem(new SandboxError('bad-yaml', { why }), pos[0]);
    });
    return found.length > 0 ? found : this.#aliasProblems();
  }

  // Aliases are put in place only when the data is asked for: one that stands for nothing, or for
  // so much that it would fill the memory, shows then.
  #aliasProblems(): readonly CatalogueProblem[] {
    try {
      this.#document.toJS();
      return [];
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      return [this.problem(new SandboxError('bad-yaml', { why: error.message }), 0)];
    }
  }

  /**
   * A problem at the key or value a path leads to; at the nearest parent that is there. One that
   * knows its line within a block of text (`|`) stands there.
   */
  problemAt(error: SandboxError, path: Path): CatalogueProblem {
    const offset = this.#offsetOf(path);
    const { data } = error;
    const node = this.#document.getIn(path, true);
    if (!('column' in data) || !isScalar(node) || node.type !== 'BLOCK_LITERAL') {
      return this.problem(error, offset);
    }
    const key = this.#counter.linePos(offset).line;
    const first = this.#lines[key] ?? '';
    const indent = first.length - first.trimStart().length;
    const start = this.#counter.lineStarts[key + data.line - 1] ?? offset;
    return this.problem(error, start + indent + data.column - 1);
  }

  problem({ code, data }: SandboxError, offset: number): CatalogueProblem {
    const { line, col } = this.#counter.linePos(offset);
    const place: FilePlace = { file: this.#file, line, column: col };
    const shown = [line - 1, line].filter((number) => number > 0);
    const from = col > FRAME_WIDTH ? col - FRAME_WIDTH / 2 : 0;
    const frame = shown.map((number) => {
      const text = this.#lines[number - 1] ?? '';
      return `${String(number).padStart(5)} | ${text.slice(from, from + FRAME_WIDTH)}`;
    });
    return { code, data, place, frame: [...frame, `${' '.repeat(7 + col - from)}^`].join('\n') };
  }

  #offsetOf(path: Path): number {
    for (let length = path.length; length > 0; length--) {
      const parent = this.#document.getIn(path.slice(0, length - 1), true);
      const key = path[length - 1];
      if (isMap(parent)) {
        const pair = parent.items.find((item) => String(item.key) === String(key));
        const range = (pair?.key as { range?: readonly number[] } | undefined)?.range;
        if (range) return range[0] ?? 0;
      }
      const node = this.#document.getIn(path.slice(0, length), true) as { range?: number[] } | null;
      if (node?.range) return node.range[0] ?? 0;
    }
    return 0;
  }
}
