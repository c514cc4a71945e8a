import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const alone = [
  'packages/core/src/engine/**/*.test.ts',
  'packages/core/src/warnings.test.ts',
  'packages/*/src/{node,prefetch}/**/*.test.ts',
  'apps/**/*.test.ts',
  'bench/src/**/*.test.ts',
  'test/**/*.test.ts',
];

export default defineConfig({
  resolve: {
    // The tests run on the sources, so that a stack trace points at the line a reader knows.
    alias: [
      { find: /^@tapegrad\/(core|nn|datasets|explain|onnx)$/, replacement: source('./packages/$1/src/index.ts') },
      { find: /^@tapegrad\/core\/formulas$/, replacement: source('./packages/core/src/formulas/index.ts') },
      { find: /^@tapegrad\/(core|datasets|nn)\/node$/, replacement: source('./packages/$1/src/node/index.ts') },
    ],
  },
  test: {
    // Files run side by side already, one on each core; tests of threads ask for as many as they need.
    env: { TAPEGRAD_THREADS: '1' },
    testTimeout: 60_000,
    reporters: ['default', './test/closingLine.ts'],
    projects: [
      // Each file in a process of its own: those that set up the engine, or run a browser, a server or other programs.
      { extends: true, test: { name: 'alone', include: alone } },
      // All others share processes, which saves half of the time: a file costs more to start than to run.
      {
        extends: true,
        test: {
          name: 'together',
          include: ['packages/**/*.test.ts', 'conformance/**/*.test.ts'],
          exclude: [...alone, '**/node_modules/**'],
          isolate: false,
        },
      },
    ],
  },
});
