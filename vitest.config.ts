import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // The tests run on the sources, so that a stack trace points at the line a reader knows.
    alias: [
      { find: /^@tapegrad\/(core|nn|datasets|explain|files|onnx)$/, replacement: source('./packages/$1/src/index.ts') },
      { find: /^@tapegrad\/(datasets|nn)\/node$/, replacement: source('./packages/$1/src/node/index.ts') },
    ],
  },
  test: {
    include: [
      'packages/**/*.test.ts',
      'examples/**/*.test.ts',
      'conformance/**/*.test.ts',
      'bench/src/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    // Files run side by side already, one on each core; tests of threads ask for as many as they need.
    env: { TAPEGRAD_THREADS: '1' },
    testTimeout: 60_000,
    reporters: ['default', './test/closing-line.ts'],
  },
});
