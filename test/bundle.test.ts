import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What others wrote, and an application may have anyway. */
const libraries = ['ndarray'];

/** How many bytes a page loads, minified and compressed, to train the CNN of the README. */
async function sizeOf(external: readonly string[]): Promise<number> {
  const result = (await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: source('./bundle/program.ts'), formats: ['es'] },
      rolldownOptions: { external: [...external], output: { minify: true } },
    },
    resolve: {
      alias: [
        { find: /^@tapegrad\/core$/, replacement: source('../packages/core/src/index.ts') },
        { find: '@tapegrad/core/authors', replacement: source('../packages/core/src/authors/index.ts') },
      ],
    },
  })) as Rolldown.RolldownOutput[];
  const code = result[0].output.map((file) => (file.type === 'chunk' ? file.code : '')).join('\n');
  expect(code.length).toBeGreaterThan(50_000);
  // What only Node can do is left out, by the field `browser` of core.
  expect(code).not.toContain('experimental-wasm-revectorize');
  return gzipSync(code, { level: 9 }).length;
}

test('a page that trains a CNN loads little', async () => {
  const [whole, own] = [await sizeOf([]), await sizeOf(libraries)];
  console.log(`a page that trains a CNN: ${whole} bytes, min + gzip; without ${libraries.join(', ')}: ${own}`);
  expect(own).toBeLessThan(85_000);
  expect(whole).toBeLessThan(90_000);
});
