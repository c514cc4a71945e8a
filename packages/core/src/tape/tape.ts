import { DataTypeError, NonFiniteError, ShapeError, TapeError } from '../errors.ts';
import type { TensorLike } from '../tensor/create.ts';
import { formatShape, sameShape } from '../tensor/shape.ts';
import { viewOf } from '../tensor/strided.ts';
import { type Owner, Tensor } from '../tensor/tensor.ts';
import { Gradients } from './gradients.ts';
import { firstNonFiniteBehind, hasNonFinite } from './nonfinite.ts';
import type { Pattern } from './pattern.ts';
import { printStep, printSteps } from './print.ts';
import { otherTape, Recording } from './recording.ts';
import type { Step } from './step.ts';
import { type BackwardStep, walkBackward } from './walk.ts';

export interface GradientOptions {
  /**
   * What to differentiate by. Default: every parameter and watched tensor of the tape. Any tensor of the tape may be
   * named, an intermediate one such as the logits too.
   */
  readonly withRespectTo?: readonly Tensor[];
  /** Writes the way back onto the tape too, so that the gradients can be differentiated again. Default: false. */
  readonly differentiable?: boolean;
  /** ∂L/∂output for an output that is not one number. Default: 1, for an output that is. */
  readonly cotangent?: Tensor;
  /** What to do about a NaN or infinite output: throw an error, or go on with it. Default: `throw`. */
  readonly nonFinite?: 'throw' | 'allow';
}

/**
 * A tape listens while a loss is computed, and walks back from it to the gradients.
 *
 * @example
 * using tape = new Tape();
 * const loss = softmaxCrossEntropy(model.call(tape.constant(images)), labels);
 * optimiser.step(tape.gradients(loss));
 *
 * It owns all memory that the step needs and gives it back at the end of its `using` block, or by `release()`.
 */
export class Tape implements Owner {
  /** What the tape has written down. */
  readonly recording: Recording;

  /** @param patterns the ops that are computed together; default: none, each is computed by itself */
  constructor(patterns: readonly Pattern[] = []) {
    this.recording = new Recording(this, patterns);
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
   */
  watch(x: TensorLike, name?: string): Tensor {
    return this.recording.watch(x, name);
  }

  /**
   * Puts `x` on the tape without a gradient, and returns it as it stands there: what is computed from it is recorded.
   * This is how a batch of images enters. Of something that the tape has computed itself it gives the numbers alone, so
   * that no gradient flows back through them.
   *
   * @throws TapeError when `x` stands on another tape
   */
  constant(x: TensorLike, name?: string): Tensor {
    return this.recording.constant(x, name);
  }

  /** The index of a tensor in the list of steps, if it has one. */
  indexOf(x: Tensor): number | undefined {
    return this.recording.indexOf(x);
  }

  /** Computes the numbers of a tensor of this tape; reading them does so by itself. */
  compute(x: Tensor): void {
    this.recording.run([x]);
  }

  /** Calls `work` while nothing is written down: what it computes belongs to the tape, but is a constant to it. */
  unheard<Result>(work: () => Result): Result {
    return this.recording.unheard(work);
  }

  /** Calls `work` and marks what it writes down as done by the layer of that name. */
  within<Result>(layer: string, work: () => Result): Result {
    return this.recording.within(layer, work);
  }

  /** Ends the tape and gives its memory back. Parameters and copies live on; tensors of the tape do not. */
  release(): void {
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
   * @throws NonFiniteError when `output` is NaN or infinite, naming the first step that was and that leads to it
   */
  gradients(output: Tensor, options: GradientOptions = {}): Gradients {
    const { withRespectTo, differentiable = false } = options;
    const wayBack = this.#wayBack(output, options);
    const sources =
      withRespectTo?.map((x) => this.#stepOf(x)) ?? this.steps.filter((step) => this.recording.isSource(step));
    const isSource = new Set(sources.map((step) => step.index));
    const byIndex = new Map<number, Tensor>();
    const walk = (): void => {
      for (const { step, cotangent } of wayBack) {
        if (isSource.has(step.index)) byIndex.set(step.index, cotangent);
      }
    };
    if (differentiable) walk();
    else this.unheard(walk);
    // All at once, so that the program sees which values nobody needs; and before any parameter changes.
    this.recording.run([...byIndex.values()]);
    return new Gradients((x) => this.#indexInTime(x), byIndex);
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
  stepBackward(output?: Tensor, options: Omit<GradientOptions, 'differentiable'> = {}): Generator<BackwardStep, void> {
    return this.#oneByOne(this.#wayBack(output ?? this.#newest(), options));
  }

  *#oneByOne(walk: Generator<BackwardStep, void>): Generator<BackwardStep, void> {
    for (;;) {
      this.recording.checkRuns('stepBackward');
      const { value, done } = this.unheard(() => walk.next());
      if (done) return;
      yield value;
    }
  }

  /** The walk from `output` to what is wanted, ready to begin: everything is checked. */
  #wayBack(
    output: Tensor,
    { withRespectTo, cotangent, nonFinite = 'throw', differentiable = false }: GradientOptions,
  ): Generator<BackwardStep, void> {
    const last = this.#lastStep(output);
    this.#checkParameters();
    if (nonFinite === 'throw') this.#checkFinite(last);
    const sources = withRespectTo?.map((x) => this.#stepOf(x));
    const isWanted = this.#whatLeadsFrom(sources);
    if (!isWanted[last.index]) throw nothingLeadsTo(last, sources !== undefined);
    return walkBackward(this.steps, last, this.#firstCotangent(output, cotangent, differentiable), isWanted);
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
  firstNonFinite(): Step | undefined {
    return this.steps.find((step) => hasNonFinite(step.output));
  }

  /** The tape as a small program, one row a step: `%5 [2, 3] exp(x: %4)`. */
  toString(): string {
    return this.ended ? 'a tape that has ended' : printSteps(this.steps);
  }

  /** The index of a tensor whose gradient is asked for: gradients end with their tape. */
  #indexInTime(x: Tensor): number | undefined {
    if (!this.ended) return this.indexOf(x);
    throw new TapeError({
      operation: 'gradients',
      got: 'gradients whose tape has ended, and their numbers with it',
      wanted: 'gradients of a tape that still runs',
      remedy: 'Hand them to the optimiser before the end of the `using` block, or keep copies with `detach`',
    });
  }

  /** For each step, whether a wanted source leads to it: whether the walk has any business there. */
  #whatLeadsFrom(sources: readonly Step[] | undefined): boolean[] {
    if (sources === undefined) return this.steps.map((step) => step.needsGradient);
    const isWanted: boolean[] = [];
    for (const step of this.steps) {
      const passesOn = Object.entries(step.inputs).some(([name, from]) => step.vjps[name] !== null && isWanted[from]);
      isWanted.push(passesOn || sources.includes(step));
    }
    return isWanted;
  }

  #lastStep(output: Tensor): Step {
    this.recording.checkRuns('gradients');
    const index = this.indexOf(output);
    if (index !== undefined) return this.steps[index];
    if (output.tape !== null && output.tape !== this) throw otherTape('gradients', output);
    throw new TapeError({
      operation: 'gradients',
      got: `a loss of shape ${formatShape(output.shape)} that this tape never heard of`,
      wanted: 'a loss computed from tensors of this tape',
      remedy: 'Bring the inputs onto it, `model.call(tape.constant(images))`, or the parameters, `tape.watch(weight)`',
    });
  }

  #stepOf(x: Tensor): Step {
    const index = this.indexOf(x);
    if (index !== undefined) return this.steps[index];
    throw new TapeError({
      operation: 'gradients',
      got: `withRespectTo names a tensor of shape ${formatShape(x.shape)} that this tape never heard of`,
      wanted: 'tensors that the loss was computed from, on this tape',
      remedy: 'Watch it before it is used: `const x = tape.watch(numbers)`',
    });
  }

  #firstCotangent(output: Tensor, cotangent: Tensor | undefined, isWritten: boolean): Tensor {
    if (cotangent === undefined) {
      if (output.size !== 1) {
        throw new ShapeError({
          operation: 'gradients',
          got: `a loss of shape ${formatShape(output.shape)} with ${output.size} numbers`,
          wanted: 'one number',
          remedy: 'Reduce it with `mean` or `sum`, or pass a cotangent of its shape',
        });
      }
      return new Tensor(viewOf(this.recording.memory.allocate(output.dtype, 1).fill(1), output.shape), this);
    }
    if (!sameShape(cotangent.shape, output.shape)) {
      throw new ShapeError({
        operation: 'gradients',
        got: `a cotangent of shape ${formatShape(cotangent.shape)} for an output of shape ${formatShape(output.shape)}`,
        wanted: 'the same shape',
        remedy: 'Give one number for each number of the output',
      });
    }
    if (cotangent.dtype !== output.dtype) {
      throw new DataTypeError({
        operation: 'gradients',
        got: `a cotangent of ${cotangent.dtype} for an output of ${output.dtype}`,
        wanted: 'the same type',
        remedy: `Convert it with \`cast(cotangent, '${output.dtype}')\``,
      });
    }
    if (cotangent.tape !== null && cotangent.tape !== this) throw otherTape('gradients', cotangent);
    if (cotangent.tape !== null) return cotangent;
    return isWritten ? this.constant(cotangent) : this.unheard(() => this.recording.foreign(cotangent));
  }

  #checkFinite(last: Step): void {
    if (!hasNonFinite(last.output)) return;
    const first = firstNonFiniteBehind(last, this.steps) ?? last;
    const numbers = last.output.size === 1 ? `the loss is ${last.output.item()}` : 'the output holds NaN or infinity';
    throw new NonFiniteError({
      operation: 'gradients',
      got: `${numbers}; the first step with NaN or infinity is ${printStep(first)}${
        first.layer === undefined ? '' : ` of the layer ${first.layer}`
      }`,
      wanted: 'a finite loss',
      remedy: 'Look at the inputs and the learning rate, or pass `nonFinite: "allow"` to see where it flows',
    });
  }

  #checkParameters(): void {
    const changed = this.steps.find(({ version }) => version && version.parameter.version !== version.version);
    if (!changed) return;
    throw new TapeError({
      operation: 'gradients',
      got: `the parameter ${changed.name} was changed after the tape had seen it`,
      wanted: 'parameters as they were when the loss was computed',
      remedy: 'Take all gradients before the optimiser steps, or record the loss again on a new tape',
    });
  }
}

function nothingLeadsTo(last: Step, isNamed: boolean): TapeError {
  return new TapeError({
    operation: 'gradients',
    got: `the loss %${last.index} ${last.operation}, to which ${
      isNamed ? 'none of the tensors in withRespectTo leads' : 'no parameter and no watched tensor leads'
    }`,
    wanted: 'a loss that depends on something to differentiate by',
    remedy:
      'Compute it from parameters or from `tape.watch(x)`; gradients count only if they were taken with `differentiable: true`',
  });
}
