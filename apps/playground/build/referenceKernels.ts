import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const core = (path: string): string => fileURLToPath(new URL(`../../../packages/core/src/${path}`, import.meta.url));

/**
 * Builds a worker on the reference kernels alone, without fusion: those who study a loss in float64 need no engine and fuse
 * nothing, and load a quarter of the bytes. Workers whose file matches `except` keep both.
 */
export function referenceKernels({ except }: { readonly except: RegExp }): Plugin {
  let isWithEngine = false;
  return {
    name: 'reference-kernels',
    enforce: 'pre',
    apply: 'build',
    buildStart({ input }) {
      const entries = typeof input === 'string' ? [input] : Object.values(input);
      isWithEngine = entries.some((entry) => except.test(entry));
    },
    resolveId(imported) {
      return !isWithEngine && imported.endsWith('engine/kernels.ts') ? core('kernels/index.ts') : undefined;
    },
    load(id) {
      return isWithEngine ? undefined : without.get(id);
    },
  };
}

/** What core asks of the engine's machine, and of fusion, where there is none: by file. */
const without = new Map([
  [
    core('engine/machine.ts'),
    `
export const machine = () => null;
export const heapInUse = () => undefined;
export const threadCount = () => 1;
export const giveUpThreads = () => {};
export const fusionIsOn = () => false;
export const configureEngine = () => {};
export const engineInfo = () => ({
  engine: 'reference', threads: 1, sharedMemory: false, memoryBytes: 0, heldBytes: {}, fusion: false, notes: [],
});
`,
  ],
  [core('fusion/index.ts'), 'export const patterns = new Map();'],
]);
