import { OutOfMemoryError } from '../errors.ts';

/** A piece of the engine's memory: where it starts, and how many bytes it has. */
export interface Block {
  readonly pointer: number;
  readonly bytes: number;
  /** The view of it that was made last; one of an older buffer may be detached. */
  view?: Float32Array | Int32Array;
}

/** What the engine needs of a `WebAssembly.Memory`, without asking a user for the types of browsers. */
export interface GrowingMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** On whose account a block is. */
export interface Account {
  readonly kind: 'parameters and optimisers' | 'running tapes' | 'work in progress';
  bytes: number;
}

/** Thrown in work that can start again, when a memory that is not shared has grown and all its views are gone. */
export class MemoryHasGrown extends Error {}

const page = 65_536;
/** Blocks start on such addresses, so that two threads never write to one line of the cache. */
const alignment = 64;
/** Kernels may read, though not write, a little past the end of a block; behind the last block there is room for it. */
const margin = 1024;

/**
 * The engine's memory, cut into blocks. A block that was given back waits for another of exactly its size, which is what
 * the next equal step asks for; only when room is short are such blocks joined to larger ones, and only when that is not
 * enough does the memory grow.
 */
export class Heap {
  readonly memory: GrowingMemory;
  readonly isShared: boolean;
  /** No more than so many bytes. */
  limit: number;
  #waiting = new Map<number, Block[]>();
  /** Free regions by address, none touching another. */
  #free: { start: number; end: number }[];
  #buffers: WeakSet<ArrayBufferLike>;
  #buffer: ArrayBufferLike;
  #generation = 0;
  readonly #canStartAgain: () => boolean;
  readonly work: Account = { kind: 'work in progress', bytes: 0 };
  readonly lasting: Account = { kind: 'parameters and optimisers', bytes: 0 };
  readonly tapes: Account = { kind: 'running tapes', bytes: 0 };

  /** `canStartAgain` tells whether the work that asks for memory starts again when its views are lost: see restart.ts. */
  constructor(memory: GrowingMemory, start: number, limit: number, canStartAgain: () => boolean = () => false) {
    this.memory = memory;
    this.#canStartAgain = canStartAgain;
    this.#buffer = memory.buffer;
    this.isShared = typeof SharedArrayBuffer === 'function' && memory.buffer instanceof SharedArrayBuffer;
    this.#buffers = new WeakSet([this.#buffer]);
    this.#free = [{ start, end: this.size - margin }];
    this.limit = limit;
  }

  /** How large the memory is, used and free. */
  get size(): number {
    return this.#buffer.byteLength;
  }

  /** How many bytes are held, by account. */
  get accounts(): readonly Account[] {
    return [this.lasting, this.tapes, this.work];
  }

  /** Counts how often views became invalid. */
  get generation(): number {
    return this.#generation;
  }

  /** Whether an array lies in this memory, so that kernels can have it where it is. */
  owns(array: ArrayBufferView): boolean {
    return array.buffer === this.#buffer || this.#buffers.has(array.buffer);
  }

  /**
   * @throws OutOfMemoryError when there is no room for so many bytes, and no more to be had
   * @throws MemoryHasGrown as {@link grow} does
   */
  take(bytes: number, account: Account): Block {
    const rounded = Math.max(alignment, Math.ceil(bytes / alignment) * alignment);
    const block = this.#waiting.get(rounded)?.pop() ?? this.#carve(rounded) ?? this.#makeRoom(rounded, bytes);
    account.bytes += rounded;
    return block;
  }

  give(block: Block, account: Account): void {
    account.bytes -= block.bytes;
    const waiting = this.#waiting.get(block.bytes);
    if (waiting) waiting.push(block);
    else this.#waiting.set(block.bytes, [block]);
  }

  /** The numbers of a block, or the first of them. */
  floats(block: Block, length: number): Float32Array {
    const { view } = block;
    if (view instanceof Float32Array && view.length === length && view.buffer === this.#buffer) return view;
    const made = new Float32Array(this.#buffer, block.pointer, length);
    block.view = made;
    return made;
  }

  integers(block: Block, length: number): Int32Array {
    const { view } = block;
    if (view instanceof Int32Array && view.length === length && view.buffer === this.#buffer) return view;
    const made = new Int32Array(this.#buffer, block.pointer, length);
    block.view = made;
    return made;
  }

  #carve(bytes: number): Block | undefined {
    for (let at = 0; at < this.#free.length; at++) {
      const region = this.#free[at];
      // Also true of NaN bytes, which would make a region of them.
      if (!(region.end - region.start >= bytes)) continue;
      const block = { pointer: region.start, bytes };
      region.start += bytes;
      if (region.start === region.end) this.#free.splice(at, 1);
      return block;
    }
    return undefined;
  }

  #makeRoom(bytes: number, asked: number): Block {
    this.#join();
    const joined = this.#carve(bytes);
    if (joined) return joined;
    this.#growFor(bytes, asked);
    const grown = this.#carve(bytes);
    if (!grown) throw new Error(`no room for ${bytes} bytes in a memory that has grown by as many`);
    return grown;
  }

  /** Joins all blocks that wait to the free regions beside them. */
  #join(): void {
    for (const blocks of this.#waiting.values()) {
      for (const { pointer, bytes } of blocks) this.#free.push({ start: pointer, end: pointer + bytes });
    }
    this.#waiting.clear();
    this.#tidy();
  }

  #tidy(): void {
    this.#free.sort((a, b) => a.start - b.start);
    const joined: { start: number; end: number }[] = [];
    for (const region of this.#free) {
      const last = joined.at(-1);
      if (last && last.end === region.start) last.end = region.end;
      else joined.push(region);
    }
    this.#free = joined;
  }

  #growFor(bytes: number, asked: number): void {
    const last = this.#free.at(-1);
    const end = this.size - margin;
    const missing = bytes - (last?.end === end ? end - last.start : 0);
    const room = Math.max(0, this.limit - this.size);
    // A quarter more each time, so that a thousand small requests do not each make new views.
    const generous = Math.min(Math.max(missing, this.size / 4), room);
    const isGrown = [generous, missing].some((more) => more >= missing && more <= room && this.grow(more));
    if (!isGrown) throw this.#outOfMemory(asked);
  }

  /**
   * Makes the memory larger by so many bytes, rounded up to pages, whatever the limit; false where the machine has no
   * more. A memory that is not shared loses all its views with that.
   *
   * @throws MemoryHasGrown when views are lost in work that can start again; the memory is larger then, and finds room
   */
  grow(bytes: number): boolean {
    const end = this.size - margin;
    try {
      this.memory.grow(Math.ceil(bytes / page));
    } catch {
      return false;
    }
    this.#buffer = this.memory.buffer;
    this.#free.push({ start: end, end: this.size - margin });
    this.#tidy();
    if (this.isShared) {
      this.#buffers.add(this.#buffer);
      return true;
    }
    this.#buffers = new WeakSet([this.#buffer]);
    this.#generation++;
    if (this.#canStartAgain()) throw new MemoryHasGrown();
    return true;
  }

  #outOfMemory(asked: number): OutOfMemoryError {
    const held = new Map<string, number>();
    for (const { kind, bytes } of this.accounts) held.set(kind, (held.get(kind) ?? 0) + bytes);
    const parts = [...held].filter(([, bytes]) => bytes > 0).map(([kind, bytes]) => `${megabytes(bytes)} by ${kind}`);
    return new OutOfMemoryError({
      operation: 'engine',
      got: `a request for ${megabytes(asked)}, with ${parts.length > 0 ? parts.join(' and ') : 'nothing'} held, of ${megabytes(this.limit)} at most`,
      wanted: 'steps that fit into memory',
      remedy: 'Use smaller batches, end tapes with `using`, or raise the limit with `configureEngine({ memoryLimit })`',
    });
  }
}

function megabytes(bytes: number): string {
  return bytes < 2 ** 20 ? `${(bytes / 2 ** 10).toFixed(1)} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
