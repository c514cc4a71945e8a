import { isInEngine, type Memory, StepMemory } from '../engine/memory.ts';
import { TapeError } from '../errors.ts';
import { checkText } from '../kinds.ts';
import { copyNumbers, type TensorLike } from '../tensor/create.ts';
import { checkTensorLike } from '../tensor/kinds.ts';
import { Parameter } from '../tensor/parameter.ts';
import type { View } from '../tensor/strided.ts';
import { type Entry, type Owner, Tensor } from '../tensor/tensor.ts';
import type { SeenVersion } from '../tensor/versions.ts';
import { checkFresh } from './parametersAlone.ts';
import type { PatternTable } from './pattern.ts';
import { Program } from './program.ts';
import { otherTape, unrecorded } from './refusals.ts';
import type { Step } from './step.ts';

/**
 * What a tape has written down: a list of steps in order of happening, the program that computes them, and the memory of
 * what they made. Leaves (parameters, watched tensors, constants) are steps too, so that each tensor has an index in the list.
 */
export class Recording {
  readonly #steps: Step[] = [];
  readonly #indices = new Map<Tensor, number>();
  readonly #watched = new Set<number>();
  readonly #memory = new StepMemory();
  readonly #program: Program;
  #layer: string | undefined;
  #ended = false;
  #isPaused = false;

  /** The tape that tensors of this recording stand on. */
  readonly tape: Owner;

  /** @param patterns the ops that are computed together */
  constructor(tape: Owner, patterns: PatternTable) {
    this.tape = tape;
    this.#program = new Program(this.#memory, patterns);
  }

  /** Where the tape keeps its numbers. */
  get memory(): Memory {
    return this.#memory;
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** What `tape.watch` does: a leaf that is to be differentiated by. */
  watch(x: TensorLike, name?: string): Tensor {
    checkTensorLike('watch', 'x', x);
    const own = this.#ownStep('watch', x);
    if (own && !own.needsGradient) {
      throw new TapeError({
        operation: 'watch',
        got: `the step %${own.index} ${own.operation}, which this tape already holds as a constant`,
        wanted: 'a tensor that has not been used on this tape yet',
        remedy: 'Watch it first, then use what `watch` returns',
      });
    }
    if (own) {
      this.#watched.add(own.index);
      return own.output;
    }
    return x instanceof Parameter ? this.#leaf('parameter', x, x.name, true) : this.#leaf('watched', x, name);
  }

  /** What `tape.constant` does: a leaf without a gradient. */
  constant(x: TensorLike, name?: string): Tensor {
    checkTensorLike('constant', 'x', x);
    if (isOfParametersAlone(x)) return this.#leaf('constant', new Tensor(x.view), name);
    const own = this.#ownStep('constant', x);
    if (own?.needsGradient) {
      // Reading `view` computes the numbers; only then is it known whether they are a parameter's own.
      const { view, shares } = own.output;
      return this.#leaf('constant', new Tensor(view, null, { shares }), name);
    }
    return own?.output ?? this.#leaf('constant', x, name);
  }

  /** The index of a tensor in the list of steps, if it has one. What was computed from parameters alone takes it now. */
  indexOf(x: Tensor): number | undefined {
    const index = this.#indices.get(x);
    return index === undefined && isOfParametersAlone(x) ? this.#enter('gradients', 'loss', x) : index;
  }

  /** A tensor of no tape, such as a cotangent from outside, brought into the memory of this one; it is not written down. */
  foreign(x: Tensor): Tensor {
    return new Tensor(this.#bring(x), this.tape, { shares: this.#sharedBy(x) });
  }

  /** Adds an op to the program, and writes it down unless recording is paused. */
  write(output: Tensor, entry: Entry): void {
    this.#program.add(output);
    if (!this.#isPaused) this.#write(entry, output);
  }

  /** Computes the numbers of tensors of this tape, and of all that they need. */
  run(wanted: readonly Tensor[]): void {
    this.#program.run(wanted);
  }

  /**
   * Computes the tensors that `work` gives back, without writing anything down. Whatever else it adds is computed for their
   * sake alone: as soon as such numbers are not needed any more, their memory is used for others.
   */
  runUnrecorded(work: () => readonly Tensor[]): void {
    const before = this.#program.length;
    this.#program.run(this.withoutRecording(work), before);
  }

  #write({ operation, inputs, attributes, vjps }: Entry, output: Tensor): void {
    const indices: Record<string, number> = {};
    let needsGradient = false;
    for (const name in inputs) {
      indices[name] = this.#indices.get(inputs[name]) ?? this.#enter(operation, name, inputs[name]);
      needsGradient ||= vjps[name] !== null && this.#steps[indices[name]].needsGradient;
    }
    this.#add({ operation, inputs: indices, attributes, vjps, output, needsGradient });
  }

  /** Whether a step is to be differentiated by by default: a parameter that learns, or a watched tensor. */
  isSource({ index, operation, needsGradient }: Step): boolean {
    return (operation === 'parameter' && needsGradient) || operation === 'watched' || this.#watched.has(index);
  }

  /** Calls `work` while nothing is written down: what it computes belongs to the tape, but is a constant to it. */
  withoutRecording<Result>(work: () => Result): Result {
    const before = this.#isPaused;
    this.#isPaused = true;
    try {
      return work();
    } finally {
      this.#isPaused = before;
    }
  }

  /** Calls `work` and marks what it writes down as done by the layer of that name. */
  within<Result>(layer: string, work: () => Result): Result {
    const before = this.#layer;
    this.#layer = layer;
    try {
      return work();
    } finally {
      this.#layer = before;
    }
  }

  /** Ends the tape and gives its memory back. Parameters and copies live on; tensors of the tape do not. */
  release(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#steps.length = 0;
    this.#program.clear();
    this.#indices.clear();
    this.#watched.clear();
    this.#memory.release();
  }

  /** Throws a TapeError in the name of `operation` when the tape has ended. */
  checkRuns(operation: string): void {
    if (!this.#ended) return;
    throw new TapeError({
      operation,
      got: 'a tape that has ended',
      wanted: 'a tape that still runs',
      remedy: 'Open a new one with `using tape = new Tape()`',
    });
  }

  #ownStep(operation: string, x: TensorLike): Step | undefined {
    this.checkRuns(operation);
    if (!(x instanceof Tensor)) return undefined;
    x.checkAlive(operation);
    if (x.tape !== null && x.tape !== this.tape) throw otherTape(operation, x);
    const index = x.tape === this.tape ? (this.#indices.get(x) ?? this.#enter(operation, 'x', x)) : this.indexOf(x);
    return index === undefined ? undefined : this.#steps[index];
  }

  #enter(operation: string, input: string, x: Tensor): number {
    if (x.unrecorded !== null) throw unrecorded(operation, input, x);
    if (isOfParametersAlone(x)) {
      checkFresh(operation, x.entry);
      this.#write(x.entry, x);
      return this.#steps.length - 1;
    }
    this.#leaf(x instanceof Parameter ? 'parameter' : 'constant', x, x instanceof Parameter ? x.name : undefined);
    return this.#steps.length - 1;
  }

  /** @param isLearning whether it is to be differentiated by; a frozen parameter is not, unless it is watched */
  #leaf(
    operation: 'parameter' | 'watched' | 'constant',
    x: TensorLike,
    name: string | undefined,
    isLearning = operation !== 'constant' && !(x instanceof Parameter && !x.trainable),
  ): Tensor {
    if (name !== undefined) checkText(operation, 'name', name, 'Name it by a text');
    const version = x instanceof Parameter ? { parameter: x, version: x.version } : undefined;
    const output = new Tensor(this.#bring(x), this.tape, { shares: this.#sharedBy(x) });
    this.#add({ operation, name, inputs: {}, attributes: {}, vjps: {}, output, needsGradient: isLearning, version });
    if (x instanceof Tensor) this.#indices.set(x, this.#steps.length - 1);
    return output;
  }

  /** The parameter whose own numbers a leaf shares. */
  #sharedBy(x: TensorLike): SeenVersion | null {
    if (x instanceof Parameter) return this.#program.see(x);
    return x instanceof Tensor ? x.shares : null;
  }

  /** The numbers of a leaf in the memory of the tape, where kernels need no copy of them. Those of a parameter are there already. */
  #bring(x: TensorLike): View {
    if (!(x instanceof Tensor)) return copyNumbers(x, {}, this.#memory);
    const isForeign = x.dtype === 'float32' && x.tape === null && !(x instanceof Parameter) && !isInEngine(x.view.data);
    return isForeign ? copyNumbers(x.view, {}, this.#memory) : x.view;
  }

  /** Field by field: to spread a step would take longer than all else that is done for it. */
  #add(step: Omit<Step, 'index' | 'layer'>): void {
    const { operation, name, inputs, attributes, vjps, output, needsGradient, version } = step;
    const [index, layer] = [this.#steps.length, this.#layer];
    this.#indices.set(output, index);
    this.#steps.push({ index, operation, name, layer, inputs, attributes, vjps, output, needsGradient, version });
  }
}

/** Whether a tensor was computed from parameters alone while no tape recorded, so that it can be written down now. */
function isOfParametersAlone(x: TensorLike): x is Tensor & { readonly entry: Entry } {
  return x instanceof Tensor && x.tape === null && x.entry !== undefined;
}
