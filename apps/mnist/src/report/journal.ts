import type { Tape } from '@tapegrad/core';
import type { Callback, GradientSource } from '@tapegrad/nn';
import type { Metric } from '../metrics.ts';
import { presets } from '../presets.ts';
import type { Setup } from '../setup.ts';
import { Phases } from './phases.ts';
import { isLookedAt, type Sizes, sizesOf } from './sizes.ts';

/** One step of training. */
export interface StepEntry {
  readonly step: number;
  readonly loss: number;
  /** The share of its images that were classified correctly before the step; not known of steps that only a metrics file tells. */
  readonly accuracy?: number;
  /** How many images that were. */
  readonly images?: number;
}

/** One test, after so many steps. */
export interface TestEntry {
  readonly step: number;
  readonly accuracy: number;
  /** Not known of tests that only an old metrics file tells. */
  readonly loss?: number;
}

/** One epoch. */
export interface EpochEntry {
  readonly epoch: number;
  readonly step: number;
  readonly meanLoss: number;
  readonly seconds: number;
}

/** What one step has shown, until the optimiser comes to it. */
interface Seen {
  readonly tape: Tape;
  readonly batch: Required<Pick<StepEntry, 'accuracy' | 'images'>>;
}

/** What a report tells of a run, written down while it happens. It only reads: the run stays the same bit by bit. */
export class Journal {
  readonly phases = new Phases();
  readonly steps: StepEntry[] = [];
  readonly tests: TestEntry[] = [];
  readonly epochs: EpochEntry[] = [];
  readonly sizes: Sizes[] = [];
  /** The weights of the first layer before any step. */
  firstFilters: Float32Array | Float64Array = new Float32Array();
  /** After how many steps this process took over from an earlier one. */
  resumedAt = 0;
  /** The command that trains, as one types it behind `npx`. */
  readonly command: string;
  #setup: Setup | undefined;
  #seen: Seen | undefined;
  #step = 0;
  #batch: Pick<StepEntry, 'accuracy' | 'images'> = {};

  constructor(command: string = presets.mnist.command) {
    this.command = command;
  }

  /** What is trained; `undefined` before {@link begin}. */
  get setup(): Setup | undefined {
    return this.#setup;
  }

  /** How many steps were taken in all. */
  get step(): number {
    return this.#step;
  }

  /** Begins with a model as its seed has made it. */
  begin(setup: Setup, step: number): void {
    this.#setup = setup;
    this.#step = step;
    this.resumedAt = step;
    this.firstFilters = setup.model.parameters[0].toFlatArray();
  }

  /** Takes over what an earlier process has noted in a metrics file. */
  takeOver(metrics: readonly Metric[]): void {
    for (const metric of metrics) {
      if (metric.kind === 'step') {
        this.steps.push({ step: metric.step, loss: metric.loss });
      } else {
        const { testAccuracy: accuracy, testLoss: loss } = metric;
        this.endedEpoch(metric, { accuracy, loss });
      }
    }
  }

  /** Notes what a batch led to, to be looked at once its gradients are there. */
  saw(tape: Tape, batch: Seen['batch']): void {
    this.#seen = { tape, batch };
  }

  /** The optimiser, before each step of which the journal looks at tape and gradients. */
  optimiser(inner: { step(gradients: GradientSource): void }): { step(gradients: GradientSource): void } {
    return {
      step: (gradients) => {
        this.#look(gradients);
        inner.step(gradients);
      },
    };
  }

  /** Notes the steps as they are done. */
  readonly callback: Callback = {
    onStep: ({ step, loss }) => {
      this.#step = step;
      this.steps.push({ step, loss, ...this.#batch });
    },
  };

  /** Notes a test that was not at the end of an epoch. */
  tested(step: number, score: Omit<TestEntry, 'step'>): void {
    this.tests.push({ step, ...score });
  }

  /** Notes the end of an epoch, and the test there. */
  endedEpoch({ epoch, step, meanLoss, seconds }: EpochEntry, score: Omit<TestEntry, 'step'>): void {
    this.epochs.push({ epoch, step, meanLoss, seconds });
    this.tested(step, score);
  }

  #look(gradients: GradientSource): void {
    const [setup, seen] = [this.#setup, this.#seen];
    this.#seen = undefined;
    if (!setup || !seen) return;
    this.#batch = seen.batch;
    const step = this.#step + 1;
    if (!isLookedAt(step)) return;
    this.phases.during('gradients and activations', () => {
      this.sizes.push(sizesOf(step, setup.model, seen.tape, gradients));
    });
  }
}
