/** What lines are shown on: a terminal, such as `process.stdout`. */
export interface Terminal {
  readonly columns?: number;
  write(text: string): unknown;
}

const up = (rows: number): string => (rows > 0 ? `\u001B[${rows}A` : '');
const eraseBelow = '\u001B[J';
const eraseRow = '\u001B[K';

/** Some lines at the end of a terminal that are written over and over. */
export class LiveLines {
  readonly #terminal: Terminal;
  #shown: readonly string[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** How many characters a row has now; people change it. */
  get width(): number {
    return this.#terminal.columns ?? 80;
  }

  /** Shows these lines instead of those before; each should be shorter than a row. */
  show(lines: readonly string[]): void {
    const text = lines.map((line) => `${line}${eraseRow}\n`).join('');
    this.#terminal.write(`${up(this.#rows)}${text}${eraseBelow}`);
    this.#shown = lines;
  }

  /** Takes them away, so that what is printed next stands where they began. */
  clear(): void {
    if (this.#shown.length > 0) this.#terminal.write(`${up(this.#rows)}${eraseBelow}`);
    this.#shown = [];
  }

  /** How many rows they fill: a terminal that was made narrower meanwhile has broken them. */
  get #rows(): number {
    return this.#shown.reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / this.width)), 0);
  }
}
