import type { StepMemory } from '../engine/memory.ts';
import { withSteadyMemory } from '../engine/restart.ts';
import { sizeOf } from '../tensor/shape.ts';
import { type View, viewOf } from '../tensor/strided.ts';
import type { Entry, ProgramNode, Tensor } from '../tensor/tensor.ts';
import { checkUnchanged, type SeenVersion, type Versioned } from '../tensor/versions.ts';
import { type Reading, type Spent, spentAfter } from './lifetimes.ts';
import type { IsNeeded, IsOnlyReadBy, Match, Pattern, PatternTable } from './pattern.ts';
import { timed } from './profile.ts';

/** An op of the program that is about to be computed, alone or as the end of a pattern. */
interface Task extends Reading {
  readonly pattern: Pattern | null;
  readonly match: Match | null;
}

/** What a pattern may ask of the program. */
type Questions = readonly [IsOnlyReadBy, IsNeeded];

/**
 * The ops of a tape in the order in which they were called, as a program that runs when numbers are needed: when a loss is
 * read, gradients are asked for or a value is printed. What is not needed is never computed.
 *
 * Each op is computed once, from the numbers of its inputs. Before it is, the program asks the patterns whether it ends a
 * row of ops that are computed faster together; the values between them are then left out, and are computed by
 * themselves if they are read later.
 */
export class Program {
  readonly #memory: StepMemory;
  readonly #patterns: PatternTable;
  readonly #seen = new Map<Versioned, SeenVersion>();
  readonly #outputs: Tensor[] = [];

  /** @param memory where the outputs lie */
  constructor(memory: StepMemory, patterns: PatternTable) {
    this.#memory = memory;
    this.#patterns = patterns;
  }

  /**
   * The version of a parameter that the program saw first. Every op of it must find that version: after a change they throw.
   */
  see(parameter: Versioned): SeenVersion {
    const before = this.#seen.get(parameter);
    if (before) return before;
    const seen = { parameter, version: parameter.version };
    this.#seen.set(parameter, seen);
    return seen;
  }

  /** Adds an op by its output, whose numbers are not there yet. */
  add(output: Tensor): void {
    const { entry } = output;
    if (!entry) return;
    entry.node = { program: this, index: this.#outputs.length, readers: 0, lastReader: null };
    this.#outputs.push(output);
    for (const { parameter } of entry.parameters) this.see(parameter);
    for (const name in entry.inputs) {
      const node = this.#nodeOf(entry.inputs[name]);
      if (!node || node.lastReader === output) continue;
      node.readers++;
      node.lastReader = output;
    }
  }

  /** In a map of tensors each look would cost more than all else that is done for an op; so the op itself keeps it. */
  #nodeOf(x: Tensor): ProgramNode | undefined {
    const node = x.entry?.node;
    return node?.program === this ? node : undefined;
  }

  /** How many ops there are. */
  get length(): number {
    return this.#outputs.length;
  }

  /** Forgets all ops. */
  clear(): void {
    this.#outputs.length = 0;
    this.#seen.clear();
  }

  /**
   * Computes the numbers of the tensors wanted, and before that those of whatever they are computed from.
   *
   * @param temporary the number of ops from which on all others were added to compute these alone: their numbers are given
   * back as soon as they are not needed any more. Default: none are.
   * @throws TapeError when they come from a parameter that was changed since the tape saw it
   */
  run(wanted: readonly Tensor[], temporary = this.length): void {
    const tasks = this.#plan(wanted);
    const spent = temporary < this.length ? spentAfter(tasks, wanted, temporary, this.#indexOf) : [];
    for (let at = 0; at < tasks.length; at++) {
      this.#compute(tasks[at]);
      spent[at]?.forEach(this.#giveBack);
    }
  }

  readonly #giveBack = ({ owner, views }: Spent): void => {
    this.#memory.free(owner.view.data);
    owner.forgetNumbers();
    for (const x of views) x.forgetNumbers();
  };

  readonly #indexOf = (x: Tensor): number => this.#nodeOf(x)?.index ?? -1;

  /** What has to be computed, in order: found backwards, since an op is known to be needed by what comes after it. */
  #plan(wanted: readonly Tensor[]): Task[] {
    const isNeeded: boolean[] = [];
    let last = -1;
    const need = (x: Tensor): void => {
      const node = x.isComputed ? undefined : this.#nodeOf(x);
      if (!node) return;
      isNeeded[node.index] = true;
      if (node.index > last) last = node.index;
    };
    wanted.forEach(need);
    const questions: Questions = [
      (x, reader) => this.#isOnlyReadBy(x, reader, isNeeded),
      (x) => x.isComputed || isNeeded[this.#nodeOf(x)?.index ?? -1] === true,
    ];
    const tasks: Task[] = [];
    for (let index = last; index >= 0; index--) {
      if (!isNeeded[index]) continue;
      const task = this.#taskOf(this.#outputs[index], questions);
      task.reads.forEach(need);
      tasks.push(task);
    }
    return tasks.reverse();
  }

  #taskOf(output: Tensor, questions: Questions): Task {
    const needs = output.entry?.needs ?? [];
    for (const pattern of this.#patterns.get(output.entry?.operation ?? '') ?? []) {
      const match = pattern.match(output, ...questions);
      if (match) return { output, pattern, match, reads: [...match.reads, ...needs] };
    }
    const inputs = Object.values(output.entry?.inputs ?? {});
    return { output, pattern: null, match: null, reads: needs.length === 0 ? inputs : [...inputs, ...needs] };
  }

  #isOnlyReadBy(x: Tensor, reader: Tensor, isNeeded: readonly boolean[]): boolean {
    const node = this.#nodeOf(x);
    return node?.readers === 1 && node.lastReader === reader && !isNeeded[node.index] && !x.isComputed;
  }

  #compute({ output, pattern, match }: Task): void {
    const { entry } = output;
    if (!entry || output.isComputed) return;
    if (match) for (const { entry: inner } of match.inner) if (inner) this.#checkUnchanged(inner);
    this.#checkUnchanged(entry);
    const view = timed(pattern?.name ?? entry.operation, () =>
      withSteadyMemory(() => (match ? this.#write(output, match) : entry.compute(this.#memory))),
    );
    output.setNumbers(view, entry.isView ? this.#sharedBy(view, entry) : null);
  }

  #checkUnchanged({ operation, parameters }: Entry): void {
    for (const { parameter } of parameters) checkUnchanged(operation, this.see(parameter));
  }

  /** The parameter whose own numbers a view shares, if it does. */
  #sharedBy(view: View, { inputs, parameters }: Entry): SeenVersion | null {
    const own = parameters.find(({ parameter }) => isWithin(view, parameter.view));
    if (own) return this.see(own.parameter);
    const sharing = Object.values(inputs).find(
      ({ shares }) => shares !== null && isWithin(view, shares.parameter.view),
    );
    return sharing?.shares ?? null;
  }

  #write({ shape, dtype }: Tensor, { value }: Match): View {
    const y = this.#memory.allocate(dtype, sizeOf(shape));
    if (y.length > 0) value(y, this.#memory);
    return viewOf(y, shape);
  }
}

/** Whether a view reads numbers of another one. */
function isWithin({ data }: View, { data: whole }: View): boolean {
  const { buffer, byteOffset } = data;
  const end = whole.byteOffset + whole.byteLength;
  return buffer === whole.buffer && byteOffset >= whole.byteOffset && byteOffset < end;
}
