import type { FloatArray } from '../kernels/dtype.ts';
import { FreeArrays } from './freeArrays.ts';
import type { Block, Heap } from './heap.ts';
import type { LaneBits } from './lanes.ts';
import type { Pool, Routine } from './pool.ts';
import type { Settings } from './settings.ts';

/** The kernels in WebAssembly at work on one memory. */
export interface Machine {
  readonly kind: 'simd' | 'relaxed';
  readonly lanes: LaneBits;
  /** Why the lanes have that width. */
  readonly lanesReason: string;
  readonly heap: Heap;
  readonly routines: Readonly<Record<string, Routine>>;
  /** `null` while one thread does all. */
  pool: Pool | null;
  /** Starts so many threads. */
  readonly openPool: (threads: number) => Pool;
}

/** What kernels take: numbers, or indices. */
export type KernelArray = Float32Array | Int32Array;

/** An array from outside of the engine, for as long as a kernel works on a copy of it. */
export interface CopiedArray {
  readonly array: KernelArray;
  readonly block: Block;
  readonly isWritten: boolean;
}

/** All that changes in the engine while a program runs: there is one of it, and no other variable in this folder. */
class EngineState {
  /** `undefined` until somebody asks: then they are those of the environment. */
  settings: Settings | undefined;
  /** Opened with the first engine, and kept when the engine is changed, for tensors lie in it. */
  memory: { readonly heap: Heap; readonly shared: boolean } | undefined;
  /** `undefined` until the first use; `null` where the reference kernels do all. */
  machine: Machine | null | undefined;
  /** The kernels as they are shipped, unpacked: an engine that is set up anew takes them again. */
  kernels: Uint8Array<ArrayBuffer> | undefined;
  /** What is not as fast as it could be, and why. */
  notes: string[] = [];

  /** How deep we are in work that starts again when views are lost; see restart.ts. */
  restartableWork = 0;

  /** What the kernel that runs now has copied in, and the memory that it has until it is done; see launch.ts. */
  readonly copied: CopiedArray[] = [];
  readonly scratch: Block[] = [];
  /** Where the arrays of that kernel lie, as they may lose their views; on memory that is not shared alone. */
  readonly addresses = new Map<KernelArray, number>();
  /** How long kernels in WebAssembly have taken, while somebody measures. */
  readonly kernelTime = { isMeasured: false, milliseconds: 0 };

  /** The corrections of Adam's means that were computed last: all parameters of a step take the same. */
  readonly corrections = { beta1: 0, beta2: 0, step: 0, ofMean: 0, ofSquare: 0 };

  /** How many steps have memory of the engine at this time; see memory.ts. */
  stepMemories = 0;
  /** The step memory that was opened last, while nobody has opened another: it needs no collector to watch it yet. */
  latest: { watch(): void } | undefined;
  /** Whether what a step gives back early is filled with NaN, so that a test notices who reads it still. */
  fillsFreed = false;
  /** Ordinary arrays of ended steps. */
  readonly freeArrays = new FreeArrays();
  /** Gives back what nobody can reach any more. */
  readonly unreachable = new FinalizationRegistry<() => void>((giveBack) => giveBack());
  /** Whoever holds an array of lasting numbers holds them all. */
  readonly keepers = new WeakMap<FloatArray, object>();
}

export const state: EngineState = /* @__PURE__ */ new EngineState();
