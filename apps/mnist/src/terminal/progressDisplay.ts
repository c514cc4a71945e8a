import type { LiveLines } from './liveLines.ts';
import type { PaceReport } from './pace.ts';
import { type Position, progressLine, progressLines } from './progressLines.ts';

/** How often it is shown, in milliseconds: on a terminal, and as lines of a file. */
const [terminalInterval, lineInterval] = [80, 5000];

/** Shows how training goes: on a terminal in rows that are written over, else a line every five seconds. */
export class ProgressDisplay {
  readonly #say: (line: string) => void;
  readonly #live: LiveLines | undefined;
  readonly #isUnicode: boolean;
  #last = performance.now();

  /** @param live the rows of a terminal; `undefined` where there is none */
  constructor(say: (line: string) => void, live: LiveLines | undefined, isUnicode = true) {
    this.#say = say;
    this.#live = live;
    this.#isUnicode = isUnicode;
  }

  update(position: Position, pace: PaceReport): void {
    const now = performance.now();
    if (now - this.#last < (this.#live ? terminalInterval : lineInterval)) return;
    this.#last = now;
    // A row that is full to its last character makes some terminals begin another one.
    if (this.#live) this.#live.show(progressLines(position, pace, this.#live.width - 1, this.#isUnicode));
    else this.#say(progressLine(position, pace));
  }

  /** Leaves nothing on the terminal. */
  clear(): void {
    this.#live?.clear();
  }
}
