/** How much of a running mean stays at each step: it is about that of the last 50. */
const kept = 0.98;

/** How training goes just now. */
export interface PaceReport {
  readonly loss: number;
  /** Mean of the losses of about the last 50 steps. */
  readonly meanLoss: number;
  /** Share of the training images of about the last 50 steps that were classified correctly before the step learnt from them. */
  readonly accuracy: number;
  readonly imagesPerSecond: number;
  /** Until the last step, if it goes on like this. */
  readonly secondsLeft: number;
}

/** Follows the steps of a run: running means, images a second, and the time that is left. */
export class Pace {
  readonly #images: number;
  readonly #now: () => number;
  #done: number;
  #loss = 0;
  #accuracy = 0;
  #weight = 0;
  #trained = 0;
  #milliseconds = 0;
  #since: number;

  /**
   * @param images how many images all epochs together have
   * @param done how many of them an earlier process has trained on
   * @param now the time in milliseconds
   */
  constructor(images: number, done = 0, now: () => number = () => performance.now()) {
    this.#images = images;
    this.#done = done;
    this.#now = now;
    this.#since = now();
  }

  /** Begins to count time, after a pause for something else, such as a test. */
  resume(): void {
    this.#since = this.#now();
  }

  /** Takes in a step. The means are exponential ones, corrected for their start at 0, as in Adam. */
  step(loss: number, accuracy: number, images: number): PaceReport {
    const now = this.#now();
    this.#milliseconds += now - this.#since;
    this.#since = now;
    this.#done += images;
    this.#trained += images;
    this.#weight = kept * this.#weight + (1 - kept);
    this.#loss = kept * this.#loss + (1 - kept) * loss;
    this.#accuracy = kept * this.#accuracy + (1 - kept) * accuracy;
    const imagesPerSecond = this.#trained / Math.max(1e-3, this.#milliseconds / 1000);
    return {
      loss,
      meanLoss: this.#loss / this.#weight,
      accuracy: this.#accuracy / this.#weight,
      imagesPerSecond,
      secondsLeft: Math.max(0, this.#images - this.#done) / imagesPerSecond,
    };
  }
}
