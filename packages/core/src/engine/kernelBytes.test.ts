import { afterEach, expect, test, vi } from 'vitest';
import { kernelBytes } from './kernelBytes.ts';
import { kernelBytes as kernelBytesOfPage } from './kernelBytesOfPage.ts';

afterEach(() => void vi.unstubAllGlobals());

test('Node has the kernels that pages have', () => {
  const bytes = kernelBytes();
  expect([...bytes.subarray(0, 8)]).toEqual([0, 97, 115, 109, 1, 0, 0, 0]);
  expect(bytes).toEqual(kernelBytesOfPage());
});

test('where there is no Node they are unpacked', async () => {
  const wanted = kernelBytes();
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
