import { finish, noteAddresses } from './launch.ts';
import { machine } from './machine.ts';

// biome-ignore lint/suspicious/noExplicitAny: what kernels have in common is that they are called
type Kernel = (first: any, ...rest: any[]) => void;

/**
 * A kernel that sends float32 to its twin in WebAssembly where the engine runs, and everything else to `reference`, which
 * is the meaning of both. The twin takes the same arguments, flat arrays first.
 */
export function withTwin<Reference extends Kernel>(reference: Reference, twin: Kernel): Reference {
  const kernel: Kernel = (first, ...rest) => {
    const engine = first instanceof Float32Array ? machine() : null;
    if (engine === null) return reference(first, ...rest);
    if (!engine.heap.isShared) noteAddresses([first, ...rest]);
    let isWhole = false;
    try {
      twin(first, ...rest);
      isWhole = true;
    } finally {
      finish(isWhole);
    }
  };
  return kernel as Reference;
}
