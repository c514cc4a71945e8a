import { allocate, allocateFloats } from '../allocate.ts';
import type { DataType, FloatArray } from '../kernels/dtype.ts';
import type { Block, Heap } from './heap.ts';
import { heapInUse, machine } from './machine.ts';
import { state } from './state.ts';

/** Where an op asks for room for its result. */
export interface Memory {
  /** Room for `length` numbers, with whatever stands in it: the caller writes every one. */
  allocate(dtype: DataType, length: number): FloatArray;
  /** Room for `length` numbers, all zero. */
  zeros(dtype: DataType, length: number): FloatArray;
  /** Room for `length` whole numbers, such as the indices that a max pooling chose, with whatever stands in it. */
  indices(length: number): IndexNumbers;
}

/** Whole numbers that outlive the op that made them. */
export interface IndexNumbers {
  /** The numbers. Ask for them anew each time: where they lie may have moved. */
  readonly array: Int32Array;
}

/** Whole numbers in the engine's memory. */
class IndexBlock implements IndexNumbers {
  readonly #heap: Heap;
  readonly #block: Block;
  readonly #length: number;

  constructor(heap: Heap, block: Block, length: number) {
    this.#heap = heap;
    this.#block = block;
    this.#length = length;
  }

  get array(): Int32Array {
    return this.#heap.integers(this.#block, this.#length);
  }
}

/** Ordinary JavaScript arrays, which the garbage collector ends. */
export const garbageCollected: Memory = {
  allocate: allocateFloats,
  zeros: allocateFloats,
  indices: (length) => ({ array: allocate(Int32Array, length) }),
};

/** What a step has taken, apart from its {@link StepMemory}, so that it can be given back when that is lost. */
class StepBlocks {
  /** By address. */
  readonly blocks = new Map<number, Block>();
  readonly arrays = new Set<FloatArray>();

  take(heap: Heap, bytes: number): Block {
    const block = heap.take(bytes, heap.tapes);
    this.blocks.set(block.pointer, block);
    return block;
  }

  free(array: FloatArray): void {
    const heap = heapInUse();
    const block = heap?.owns(array) ? this.blocks.get(array.byteOffset) : undefined;
    if (!block && !this.arrays.has(array)) return;
    if (state.fillsFreed) array.fill(Number.NaN);
    if (block && heap) {
      this.blocks.delete(block.pointer);
      heap.give(block, heap.tapes);
    } else {
      this.arrays.delete(array);
      state.freeArrays.keep(array);
    }
  }

  giveBack(): void {
    // Also where the engine was changed for the reference kernels while the tape was running.
    const heap = heapInUse();
    for (const block of this.blocks.values()) heap?.give(block, heap.tapes);
    for (const array of this.arrays) state.freeArrays.keep(array);
    this.blocks.clear();
    this.arrays.clear();
  }
}

/**
 * How many tapes may have memory of the engine at the same time. Those beyond are hardly meant, but dropped without their
 * end: the garbage collector, which knows nothing of the engine's memory, might leave them there for long. They get
 * ordinary arrays, of which it knows.
 */
const mostRunning = 8;

/**
 * The memory of one step of training. All of it is given back at once, by {@link release}, and serves the next step:
 * from the second equal step on nothing new is asked of the machine.
 */
export class StepMemory implements Memory {
  readonly #blocks = new StepBlocks();
  readonly #hasEngine: boolean;
  #isWatched = false;
  #isReturned = false;

  constructor() {
    state.latest?.watch();
    state.latest = undefined;
    this.#hasEngine = state.stepMemories < mostRunning;
    if (!this.#hasEngine) return;
    state.stepMemories++;
    state.latest = this;
  }

  /** From now on the garbage collector gives the memory back, should the tape be dropped without its end. */
  watch(): void {
    this.#isWatched = true;
    const blocks = this.#blocks;
    const giveBack = (): void => {
      state.stepMemories--;
      blocks.giveBack();
    };
    state.unreachable.register(this, giveBack, blocks);
  }

  /** @throws OutOfMemoryError when there is no room */
  allocate(dtype: DataType, length: number): FloatArray {
    if (!this.#hasEngine || length === 0) return allocateFloats(dtype, length);
    const heap = dtype === 'float32' ? machine()?.heap : undefined;
    if (heap) return heap.floats(this.#blocks.take(heap, length * 4), length);
    const array = state.freeArrays.take(dtype, length) ?? allocateFloats(dtype, length);
    this.#blocks.arrays.add(array);
    return array;
  }

  zeros(dtype: DataType, length: number): FloatArray {
    return this.allocate(dtype, length).fill(0);
  }

  indices(length: number): IndexNumbers {
    const heap = this.#hasEngine && length > 0 ? machine()?.heap : undefined;
    if (!heap) return { array: allocate(Int32Array, length) };
    return new IndexBlock(heap, this.#blocks.take(heap, length * 4), length);
  }

  /** Gives one array back early, which {@link allocate} gave; any other stays as it is. Nobody may hold it any more. */
  free(array: FloatArray): void {
    if (!this.#isReturned) this.#blocks.free(array);
  }

  /** Gives everything back. Whoever holds one of the arrays still would see the next step's numbers in it. */
  release(): void {
    if (!this.#hasEngine || this.#isReturned) return;
    this.#isReturned = true;
    if (state.latest === this) state.latest = undefined;
    if (this.#isWatched) state.unreachable.unregister(this.#blocks);
    state.stepMemories--;
    this.#blocks.giveBack();
  }
}

/**
 * An array of the engine's memory, made anew where its view was lost because the memory has grown; any other array as it
 * is. `byteOffset` and `length` are those it had when it was made. Empty arrays never lie there: nothing would tell a lost
 * one from one that is whole.
 */
export function revive(array: FloatArray, byteOffset: number, length: number): FloatArray {
  if (array.length === length) return array;
  const heap = heapInUse();
  return heap ? new Float32Array(heap.memory.buffer, byteOffset, length) : array;
}

/** Whether an array lies where the kernels of the engine need no copy of it; true where there is no engine. */
export function isInEngine(array: FloatArray): boolean {
  return machine()?.heap.owns(array) ?? true;
}

/** Numbers that outlive all tapes, such as those of a parameter: kernels find them in the engine's memory. */
export class LastingNumbers {
  readonly length: number;
  readonly #byteOffset: number;
  readonly #giveBack: (() => void) | undefined;
  #array: FloatArray;

  /**
   * Takes a copy of `initial`.
   *
   * @throws OutOfMemoryError when there is no room
   */
  constructor(initial: FloatArray) {
    this.length = initial.length;
    const heap = initial instanceof Float32Array && this.length > 0 ? machine()?.heap : undefined;
    if (!heap) {
      this.#array = initial.slice();
      this.#byteOffset = 0;
      return;
    }
    // What is copied may lie in the very memory that has to grow.
    const copy = heap.isShared ? initial : initial.slice();
    const block = heap.take(initial.byteLength, heap.lasting);
    this.#byteOffset = block.pointer;
    this.#array = new Float32Array(heap.memory.buffer, block.pointer, this.length);
    this.#array.set(copy);
    state.keepers.set(this.#array, this);
    const giveBack = (): void => heap.give(block, heap.lasting);
    state.unreachable.register(this, giveBack, this);
    this.#giveBack = giveBack;
  }

  /** The numbers where they lie. Ask for them anew each time: where they lie may have moved. */
  get array(): FloatArray {
    const array = revive(this.#array, this.#byteOffset, this.length);
    if (array !== this.#array) state.keepers.set(array, this);
    this.#array = array;
    return array;
  }

  /** Gives the memory back at once, for those who know that nobody else has seen these numbers. They are gone then. */
  release(): void {
    state.unreachable.unregister(this);
    this.#giveBack?.();
  }
}
