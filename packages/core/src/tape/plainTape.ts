import { TapeError } from '../errors.ts';
import { checkFunction, checkText } from '../kinds.ts';
import { checkOptions, checkSurplus } from '../options/index.ts';
import { contentReader } from '../tensor/content.ts';
import type { TensorLike } from '../tensor/create.ts';
import { displaySafely, inspectDeno, inspectNode } from '../tensor/display.ts';
import { checkTensor } from '../tensor/kinds.ts';
import type { Owner, Tensor } from '../tensor/tensor.ts';
import { type GradientOptions, gradientOptions, stepBackwardOptions } from './gradientOptions.ts';
import { Gradients } from './gradients.ts';
import { gradientsOf, walkFrom } from './gradientsOf.ts';
import { hasNaN, nanGradient } from './nanGradient.ts';
import { hasNonFinite } from './nonFinite.ts';
import { noPatterns } from './pattern.ts';
import { printStep, printSteps } from './print.ts';
import { Recording } from './recording.ts';
import type { Step } from './step.ts';
import type { BackwardStep } from './walk.ts';

/** How many rows `console.log` shows. */
const mostRows = 60;

const contentOf = /* @__PURE__ */ contentReader('steps', (tape: PlainTape) =>
  tape.steps.map(({ operation, name, layer, inputs, attributes, output }) => {
    return { operation, name, layer, inputs, attributes, output };
  }),
);

/**
 * The tape as users see it, with each op computed by itself: what it has written down is a {@link Recording}. The `Tape` that
 * they open, of fusion/tape.ts, is the same with the patterns of `fusion/`.
 */
export class PlainTape implements Owner {
  readonly #recording: Recording;
  /** The steps as deep equality reads them: two tapes are equal when they hold the same ops and the same numbers. */
  readonly content = contentOf(this);

  /** @param patterns the ops that are computed together; default: none, each is computed by itself */
  constructor(patterns = noPatterns) {
    this.#recording = new Recording(this, patterns);
  }

  /** What the tape has written down. */
  get recording(): Recording {
    return this.#recording;
  }

  /** All that happened on the tape, in order. */
  get steps(): readonly Step[] {
    return this.recording.steps;
  }

  /** Whether the tape has ended, and its memory with it. */
  get ended(): boolean {
    return this.recording.ended;
  }

  /**
   * Puts `x` on the tape as something to be differentiated by, and returns it as it stands there. What the tape has
   * computed itself can be watched too: `tape.watch(logits)`.
   *
   * Parameters need no watching: any op that meets them beside a tensor of the tape records them by itself.
   *
   * @throws TapeError when `x` is a constant of this tape, or stands on another one
   * @throws ValueError when the name is no text
   */
  watch(x: TensorLike, name?: string, ...surplus: []): Tensor {
    checkSurplus('watch', surplus);
    return this.recording.watch(x, name);
  }

  /**
   * Puts `x` on the tape without a gradient, and returns it as it stands there: what is computed from it is recorded.
   * This is how a batch of images enters. Of something that the tape has computed itself it gives the numbers alone, so
   * that no gradient flows back through them.
   *
   * @throws TapeError when `x` stands on another tape
   * @throws ValueError when the name is no text
   */
  constant(x: TensorLike, name?: string, ...surplus: []): Tensor {
    checkSurplus('constant', surplus);
    return this.recording.constant(x, name);
  }

  /** The index of a tensor in the list of steps, if it has one. */
  indexOf(x: Tensor, ...surplus: []): number | undefined {
    checkSurplus('indexOf', surplus);
    return this.recording.indexOf(x);
  }

  /** Computes the numbers of a tensor of this tape; reading them does so by itself. */
  compute(x: Tensor, ...surplus: []): void {
    checkSurplus('compute', surplus);
    checkTensor('compute', 'x', x);
    this.recording.run([x]);
  }

  /** Calls `work` while nothing is written down: what it computes belongs to the tape, but is a constant to it. */
  withoutRecording<Result>(work: () => Result, ...surplus: []): Result {
    checkSurplus('withoutRecording', surplus);
    checkFunction('withoutRecording', 'work', work, 'Give what is to be computed: `() => exp(x)`');
    return this.recording.withoutRecording(work);
  }

  /** Calls `work` and marks what it writes down as done by the layer of that name. */
  within<Result>(layer: string, work: () => Result, ...surplus: []): Result {
    checkSurplus('within', surplus);
    checkText('within', 'layer', layer, 'Name the layer first, then give its work');
    checkFunction('within', 'work', work, 'Give what is to be computed: `() => exp(x)`');
    return this.recording.within(layer, work);
  }

  /** Ends the tape and gives its memory back. Parameters and copies live on; tensors of the tape do not. */
  release(...surplus: []): void {
    checkSurplus('release', surplus);
    this.recording.release();
  }

  [Symbol.dispose](): void {
    this.recording.release();
  }

  /**
   * ∂output/∂x for every x that is wanted, by reverse-mode differentiation: one walk over the steps, backwards.
   *
   * @throws TapeError when `output` is not of this tape, nothing that is wanted leads to it, or a parameter was changed
   * since the tape saw it
   * @throws ShapeError when `output` is not one number and no cotangent is given, or the cotangent has another shape
   * @throws DataTypeError when the cotangent has another type
   * @throws NonFiniteError when `output` is NaN or infinite, naming the first step that was and that leads to it; or when it
   * is finite and a gradient is NaN, naming the step that passed it back
   */
  gradients(output: Tensor, options: GradientOptions = {}, ...surplus: []): Gradients {
    checkSurplus('gradients', surplus);
    checkOptions('gradients', options, gradientOptions);
    const byIndex = gradientsOf(this.recording, output, options);
    if (options.nonFinite !== 'allow') this.#checkNoNaN(output, options, byIndex);
    return new Gradients((x) => this.#indexWhileItRuns(x), byIndex);
  }

  #checkNoNaN(output: Tensor, options: GradientOptions, byIndex: ReadonlyMap<number, Tensor>): void {
    for (const [index, gradient] of byIndex) {
      if (!hasNaN(gradient)) continue;
      const nameOf = (at: number): string => this.steps[at].name ?? `%${at}`;
      throw this.withoutRecording(() =>
        nanGradient(this.steps[index], walkFrom(this.recording, output, options), nameOf),
      );
    }
  }

  /**
   * The same walk one step at a time, for those who want to look: each turn gives a step, the cotangent that arrived
   * there, and what the step passes on to which input. Nothing is written on the tape meanwhile, and a walk may be left
   * at any step.
   *
   * @example
   * const walk = tape.stepBackward(loss);
   * const { step, cotangent, passed } = walk.next().value;
   *
   * @param output where the walk begins. Default: what was recorded last
   * @throws what {@link gradients} throws, at the call and not at the first step
   */
  stepBackward(
    output?: Tensor,
    options: Omit<GradientOptions, 'differentiable'> = {},
    ...surplus: []
  ): Generator<BackwardStep, void> {
    checkSurplus('stepBackward', surplus);
    checkOptions('stepBackward', options, stepBackwardOptions);
    return this.#oneByOne(walkFrom(this.recording, output ?? this.#newest(), options));
  }

  *#oneByOne(walk: Generator<BackwardStep, void>): Generator<BackwardStep, void> {
    for (;;) {
      this.recording.checkRuns('stepBackward');
      const { value, done } = this.withoutRecording(() => walk.next());
      if (done) return;
      yield value;
    }
  }

  #newest(): Tensor {
    this.recording.checkRuns('stepBackward');
    const newest = this.steps.at(-1);
    if (newest) return newest.output;
    throw new TapeError({
      operation: 'stepBackward',
      got: 'a tape on which nothing was recorded',
      wanted: 'a loss to walk back from',
      remedy: 'Compute one from tensors of the tape first: `tape.watch(x)`, `tape.constant(images)`',
    });
  }

  /** The first step whose output holds a NaN or an infinity, if any does. */
  firstNonFinite(...surplus: []): Step | undefined {
    checkSurplus('firstNonFinite', surplus);
    return this.steps.find((step) => hasNonFinite(step.output));
  }

  /** The tape as a small program, one row a step: `%5 [2, 3] exp(x: %4)`. */
  toString(): string {
    return this.ended ? 'a tape that has ended' : printSteps(this.steps);
  }

  /** What `JSON.stringify` writes: the rows of {@link toString}. */
  toJSON(): readonly string[] {
    return this.steps.map(printStep);
  }

  /** What `console.log` shows in Node and Bun: the rows of {@link toString}, cut in the middle where there are many. */
  [inspectNode](): string {
    if (this.ended) return 'Tape (ended)';
    const rows = this.steps.map((step) => displaySafely(() => printStep(step)));
    const cut = rows.length - mostRows;
    if (cut > 0) rows.splice(mostRows / 2, cut, `… ${cut} more; all of them: console.log(String(tape))`);
    return [`Tape of ${this.steps.length} steps`, ...rows].join('\n');
  }

  /** The same in Deno. */
  [inspectDeno](): string {
    return this[inspectNode]();
  }

  /** The index of a tensor whose gradient is asked for: gradients end with their tape. */
  #indexWhileItRuns(x: Tensor): number | undefined {
    if (!this.ended) return this.indexOf(x);
    throw new TapeError({
      operation: 'gradients',
      got: 'gradients whose tape has ended, and their numbers with it',
      wanted: 'gradients of a tape that still runs',
      remedy: 'Hand them to the optimiser before the end of the `using` block, or keep copies with `detach`',
    });
  }
}
