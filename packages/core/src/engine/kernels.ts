import * as reference from '../kernels/index.ts';
import { settle } from './launch.ts';
import { machine } from './machine.ts';
import * as twins from './twins/index.ts';

/** The kernels by name: flat arrays first, then whole numbers. */
export type Kernels = typeof reference;

// biome-ignore lint/suspicious/noExplicitAny: what kernels have in common is that they are called
type Kernel = (first: any, ...rest: any[]) => void;

/**
 * The kernels that ops call. float32 goes to the twin of that name in WebAssembly, where there is one; everything else
 * goes to the reference.
 */
export const kernels: Kernels = { ...reference, ...bound(twins, reference) };

function bound(
  twins: Readonly<Record<string, Kernel>>,
  references: Readonly<Record<string, Kernel>>,
): Partial<Kernels> {
  const entries = Object.entries(twins).map(([name, twin]) => {
    const plain = references[name];
    const kernel: Kernel = (first, ...rest) => {
      if (!(first instanceof Float32Array) || machine() === null) return plain(first, ...rest);
      let isWhole = false;
      try {
        twin(first, ...rest);
        isWhole = true;
      } finally {
        settle(isWhole);
      }
    };
    return [name, kernel];
  });
  return Object.fromEntries(entries);
}
