import { exportAll, named } from './exportAll.ts';
import type { Heap } from './heap.ts';
import { type Fault, faultOf } from './laneCheck.ts';
import { mergeVectors } from './mergedVectors.ts';
import type { Routine } from './pool.ts';

/** A module and what it exports. */
export interface Compiled {
  readonly module: WebAssembly.Module;
  readonly routines: Readonly<Record<string, Routine>>;
}

/** A module whose neighbouring vectors are merged, and what is wrong with it. */
export interface Merged extends Compiled {
  readonly fault: Fault | 'not compiled' | null;
}

/**
 * Compiles a binary with its vectors merged, and computes with it what is known. Only Node can be told to merge: for a page
 * the field `browser` of package.json has `unmerged.ts` instead of this file, which loads nothing of it.
 */
export function merged(binary: Uint8Array, heap: Heap, compile: (binary: Uint8Array<ArrayBuffer>) => Compiled): Merged {
  const { module, routines: all } = compile(exportAll(binary));
  const routines = named(all);
  return { module, routines, fault: mergeVectors(Object.values(all)) ? faultOf(routines, heap) : 'not compiled' };
}
