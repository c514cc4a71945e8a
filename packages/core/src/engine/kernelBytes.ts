import { binary, unpacker } from './binary.ts';
import { deflated } from './deflated.ts';
import { unpack } from './packing/unpack.ts';
import { inflatedByNode } from './support.ts';

/**
 * The kernels as they are shipped, in WebAssembly. Node inflates them in a few milliseconds, where `unpack` takes a tenth of a
 * second: for a page, where bytes cost more than that, the field `browser` of package.json has `kernelBytesOfPage.ts` instead
 * of this file.
 */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return inflatedByNode(deflated) ?? unpack(binary, unpacker);
}
