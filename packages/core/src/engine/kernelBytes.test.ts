import { afterEach, expect, test, vi } from 'vitest';
import { kernelBytes } from './kernelBytes.ts';
import { kernelBytes as kernelBytesOfPage } from './kernelBytesOfPage.ts';
import { adapt } from './rewrite.ts';

afterEach(() => void vi.unstubAllGlobals());

test('pages have the kernels that Node has, without those for lanes of 256 bits', () => {
  const [ofNode, ofPage] = [kernelBytes(), kernelBytesOfPage()];
  const namesOf = (bytes: Uint8Array<ArrayBuffer>): string[] =>
    WebAssembly.Module.exports(new WebAssembly.Module(adapt(bytes, { shared: true, relaxed: false }))).map(
      ({ name }) => name,
    );
  expect(namesOf(ofPage)).toEqual(namesOf(ofNode));
  expect(ofPage.length).toBeLessThan(0.9 * ofNode.length);
});

test('where there is no Node those of pages are unpacked', async () => {
  const wanted = kernelBytesOfPage();
  vi.stubGlobal('process', undefined);
  vi.resetModules();
  const elsewhere = await import('./kernelBytes.ts');
  expect(elsewhere.kernelBytes()).toEqual(wanted);
});

test('Node inflates them, and unpacks nothing', async () => {
  vi.resetModules();
  vi.doMock('./packing/unpack.ts', () => ({
    unpack() {
      throw new Error('unpacked');
    },
  }));
  const { kernelBytes } = await import('./kernelBytes.ts');
  expect(kernelBytes().length).toBeGreaterThan(100_000);
  vi.doUnmock('./packing/unpack.ts');
});
