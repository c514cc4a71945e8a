/** Browsers refuse an address that changes too often, as it does while something is dragged: so long lies between two, in ms. */
const between = 300;

/** Writes at once, and then no more often than browsers allow: of what comes meanwhile, the newest. */
export class Pace {
  readonly #write: (text: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: string | undefined;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  write(text: string): void {
    this.#waiting = text;
    if (this.#timer === undefined) this.#writeAndRest();
  }

  /** Writes what waits, without waiting any longer. */
  flush(): void {
    if (this.#waiting === undefined) return;
    clearTimeout(this.#timer);
    this.#writeAndRest();
  }

  /** Forgets what waits. */
  drop(): void {
    this.#waiting = undefined;
  }

  #writeAndRest(): void {
    this.#timer = undefined;
    const text = this.#waiting;
    if (text === undefined) return;
    this.#waiting = undefined;
    this.#timer = setTimeout(() => this.#writeAndRest(), between);
    this.#write(text);
  }
}
