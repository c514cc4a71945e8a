import { allocateFloats, type DataType, type FloatArray } from '../kernels/dtype.ts';
import type { Block, Heap } from './heap.ts';
import { heapInUse, machine } from './machine.ts';
import { Spare } from './spare.ts';

/** Where an op asks for room for its result. */
export interface Memory {
  /** Room for `length` numbers, with whatever stands in it: the caller writes every one. */
  allocate(dtype: DataType, length: number): FloatArray;
  /** Room for `length` numbers, all zero. */
  zeros(dtype: DataType, length: number): FloatArray;
  /** Room for `length` whole numbers, such as the places that a max pooling chose, with whatever stands in it. */
  places(length: number): PlaceNumbers;
}

/** Whole numbers that outlive the op that made them. */
export interface PlaceNumbers {
  /** The numbers. Ask for them anew each time: where they lie may have moved. */
  readonly array: Int32Array;
}

/** Ordinary JavaScript arrays, which the garbage collector ends. */
export const garbageCollected: Memory = {
  allocate: allocateFloats,
  zeros: allocateFloats,
  places: (length) => ({ array: new Int32Array(length) }),
};

/** What a step has taken, apart from its {@link StepMemory}, so that it can be given back when that is lost. */
class Loan {
  readonly blocks: Block[] = [];
  readonly arrays: FloatArray[] = [];

  take(heap: Heap, bytes: number): Block {
    const block = heap.take(bytes, heap.tapes);
    this.blocks.push(block);
    return block;
  }

  end(): void {
    // Also where the engine was changed for the reference kernels while the tape was running.
    const heap = heapInUse();
    for (const block of this.blocks) heap?.give(block, heap.tapes);
    for (const array of this.arrays) spare.keep(array);
    this.blocks.length = 0;
    this.arrays.length = 0;
  }
}

const spare = new Spare();
/** A tape that was dropped without its end gives its memory back when it is collected. */
const dropped = new FinalizationRegistry<Loan>((loan) => {
  running--;
  loan.end();
});

/**
 * How many tapes may have memory of the engine at the same time. Those beyond are hardly meant, but dropped without their
 * end: the garbage collector, which knows nothing of the engine's memory, might leave them there for long. They get
 * ordinary arrays, of which it knows.
 */
const mostRunning = 8;
let running = 0;
/** The one that was opened last, while nobody has opened another: it needs no collector to watch over it yet. */
let latest: StepMemory | undefined;

/**
 * The memory of one step of training. All of it is given back at once, by {@link release}, and serves the next step:
 * from the second equal step on nothing new is asked of the machine.
 */
export class StepMemory implements Memory {
  readonly #loan = new Loan();
  readonly #isLent: boolean;
  #isWatched = false;
  #isReturned = false;

  constructor() {
    if (latest) latest.#watch();
    latest = undefined;
    this.#isLent = running < mostRunning;
    if (!this.#isLent) return;
    running++;
    latest = this;
  }

  #watch(): void {
    this.#isWatched = true;
    dropped.register(this, this.#loan, this.#loan);
  }

  /** @throws OutOfMemoryError when there is no room */
  allocate(dtype: DataType, length: number): FloatArray {
    if (!this.#isLent) return allocateFloats(dtype, length);
    const heap = dtype === 'float32' ? machine()?.heap : undefined;
    if (heap) return heap.floats(this.#loan.take(heap, length * 4), length);
    const array = spare.take(dtype, length) ?? allocateFloats(dtype, length);
    this.#loan.arrays.push(array);
    return array;
  }

  zeros(dtype: DataType, length: number): FloatArray {
    return this.allocate(dtype, length).fill(0);
  }

  places(length: number): PlaceNumbers {
    const heap = this.#isLent ? machine()?.heap : undefined;
    if (!heap) return { array: new Int32Array(length) };
    const block = this.#loan.take(heap, length * 4);
    return {
      get array() {
        return heap.integers(block, length);
      },
    };
  }

  /** Gives everything back. Whoever holds one of the arrays still would see the next step's numbers in it. */
  release(): void {
    if (!this.#isLent || this.#isReturned) return;
    this.#isReturned = true;
    if (latest === this) latest = undefined;
    if (this.#isWatched) dropped.unregister(this.#loan);
    running--;
    this.#loan.end();
  }
}

/**
 * An array of the engine's memory, made anew where its view was lost because the memory has grown; any other array as it
 * is. `byteOffset` and `length` are those it had when it was made.
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

/** Gives back the memory of numbers that nobody can reach any more. */
const unreachable = new FinalizationRegistry<{ heap: Heap; block: Block }>(({ heap, block }) =>
  heap.give(block, heap.lasting),
);
/** Whoever holds an array of lasting numbers holds them all. */
const keepers = new WeakMap<FloatArray, LastingNumbers>();

/** Numbers that outlive all tapes, such as those of a parameter: kernels find them in the engine's memory. */
export class LastingNumbers {
  readonly length: number;
  readonly #byteOffset: number;
  #array: FloatArray;

  /**
   * Takes a copy of `initial`.
   *
   * @throws OutOfMemoryError when there is no room
   */
  constructor(initial: FloatArray) {
    this.length = initial.length;
    const heap = initial instanceof Float32Array ? machine()?.heap : undefined;
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
    keepers.set(this.#array, this);
    unreachable.register(this, { heap, block });
  }

  /** The numbers where they lie. Ask for them anew each time: where they lie may have moved. */
  get array(): FloatArray {
    const array = revive(this.#array, this.#byteOffset, this.length);
    if (array !== this.#array) keepers.set(array, this);
    this.#array = array;
    return array;
  }
}
