import { binary, unpacker } from './binary.ts';
import { unpack } from './packing/unpack.ts';

/** What a page has instead of `kernelBytes.ts`: the kernels packed as small as can be, and nothing of Node. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return unpack(binary, unpacker);
}
