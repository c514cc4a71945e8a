import type { Heap } from './heap.ts';
import type { Compiled, Merged } from './merged.ts';

/** What a page has instead of `merged.ts`: nobody can tell its V8 to merge vectors, and `lanes.ts` never asks for it. */
export function merged(
  binary: Uint8Array<ArrayBuffer>,
  _heap: Heap,
  compile: (binary: Uint8Array<ArrayBuffer>) => Compiled,
): Merged {
  return { ...compile(binary), fault: 'not compiled' };
}
