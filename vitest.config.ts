import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Tests that set up the engine, or run a browser, a server or other programs. */
const alone = [
  'packages/core/src/engine/**/*.test.ts',
  'packages/core/src/tape/lifetimes.test.ts',
  'packages/onnx/src/import/hostile.test.ts',
  'packages/core/src/warnings.test.ts',
  'packages/datasets/src/{node,prefetch}/**/*.test.ts',
  'apps/*/src/main.test.ts',
  'apps/*/test/**/*.test.ts',
  'examples/*.test.ts',
  'test/{browser,fuzz}/**/*.test.ts',
  'test/{bundle,documents}.test.ts',
];

/** What takes long: hundreds of kills, every theme and width of the page, long searches. `npx pnpm test:all` runs it too. */
const long = '**/*.long.test.ts';

/** Of these the kernels against their references: they set the engine up themselves, and share what V8 has compiled. */
const kernels = 'packages/core/src/engine/twins/*.long.test.ts';

/** What installs from the registry: `npx pnpm test:install` alone runs it. */
const registry = '**/*.registry.test.ts';

/** Those in a browser that share one build of the page. */
const page = 'apps/playground/test/*.long.test.ts';

export default defineConfig(({ mode }) => ({
  resolve: {
    // The tests run on the sources, so that a stack trace points at the line a reader knows.
    alias: [
      {
        find: /^@tapegrad\/(core|nn|datasets|explain|onnx|expression)$/,
        replacement: source('./packages/$1/src/index.ts'),
      },
      { find: /^tapegrad$/, replacement: source('./packages/tapegrad/src/index.ts') },
      { find: /^tapegrad\/(node|ndarray)$/, replacement: source('./packages/tapegrad/src/$1/index.ts') },
      { find: /^@tapegrad\/core\/(formulas|ndarray)$/, replacement: source('./packages/core/src/$1/index.ts') },
      {
        find: /^@tapegrad\/(core|datasets|nn|onnx)\/(node|authors)$/,
        replacement: source('./packages/$1/src/$2/index.ts'),
      },
    ],
  },
  test: {
    // Files run side by side already, one on each core; tests of threads ask for as many as they need.
    // `--mode unfused` computes every op by itself.
    // A machine of two cores would compute with two threads where a test asks for three or eight: it is told that it has more.
    env: { TAPEGRAD_THREADS: '1', TAPEGRAD_CORES: '8', ...(mode === 'unfused' && { TAPEGRAD_FUSION: 'off' }) },
    // All cores: by itself vitest would leave one idle, which on two cores is half of the machine.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a page or a worker answers may take a while where other tests keep all cores busy.
    expect: { poll: { timeout: 10_000 } },
    reporters: ['default', './test/closingLine.ts'],
    globalSetup: './test/freshBundles.ts',
    // What was compiled for one run is there for the next, of which CI has several.
    experimental: { fsModuleCache: true },
    projects: [
      // Each file in a process of its own.
      { extends: true, test: { name: 'alone', include: alone, exclude: [long, '**/node_modules/**'] } },
      // All others share processes, which saves half of the time: a file costs more to start than to run.
      {
        extends: true,
        test: {
          name: 'together',
          include: ['{apps,bench,conformance,packages,site,test}/**/*.test.ts'],
          exclude: [...alone, long, registry, '**/node_modules/**'],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'long', include: [long], exclude: [page, kernels, '**/node_modules/**'] } },
      { extends: true, test: { name: 'kernels', include: [kernels], isolate: false } },
      { extends: true, test: { name: 'install', include: [registry], fileParallelism: false } },
      { extends: true, test: { name: 'page', include: [page], globalSetup: 'apps/playground/test/buildOnce.ts' } },
    ],
  },
}));
