import { afterEach, expect, test, vi } from 'vitest';
import { bytesOf, jpegs } from '../../../test/jpegs.ts';
import { readJpeg } from '../jpeg/readJpeg.ts';
import { imageFiles } from './imageFiles.ts';

const [picture] = jpegs.filter(({ channels, width }) => channels === 3 && width === 17);
const bytes = bytesOf(picture);

afterEach(() => vi.unstubAllGlobals());

test('imageFiles makes a dataset of files with paths, of bytes or of what gives them', async () => {
  const blob = { arrayBuffer: async () => new Uint8Array(bytes).buffer };
  const { images, labels, classes, name } = await imageFiles([
    { path: 'rose/1.jpg', content: bytes },
    { path: 'daisy/2.jpg', content: blob },
    { path: 'rose/notes.txt', content: new Uint8Array(1) },
  ]);
  expect([name, classes, [...labels.data], images.shape]).toEqual([
    'pictures',
    ['daisy', 'rose'],
    [0, 1],
    [2, 3, 19, 17],
  ]);
  const { data } = await readJpeg(bytes, { name: 'x' });
  expect([images.get(1, 2, 3, 4), images.get(0, 2, 3, 4)]).toEqual([
    data[3 * (3 * 17 + 4) + 2],
    data[3 * (3 * 17 + 4) + 2],
  ]);
});

test('in a page other formats are decoded by the browser, without a turn or a background of its own', async () => {
  const asked: unknown[] = [];
  const pixels = Uint8ClampedArray.of(10, 20, 30, 255, 40, 50, 60, 0);
  vi.stubGlobal('createImageBitmap', async (blob: Blob, options: unknown) => {
    asked.push([blob.size, options]);
    if (blob.size === 3) throw new Error('no picture');
    return { width: 2, height: 1, close: () => undefined };
  });
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => ({ drawImage: () => undefined, getImageData: () => ({ data: pixels }) });
    },
  );
  const { images } = await imageFiles([{ path: 'a/1.webp', content: new Uint8Array(5) }], { background: 7 });
  expect([...images.data]).toEqual([10, 7, 20, 7, 30, 7]);
  expect(asked).toEqual([[5, { imageOrientation: 'none', premultiplyAlpha: 'none', colorSpaceConversion: 'none' }]]);
  const broken = imageFiles([{ path: 'a/1.webp', content: new Uint8Array(3) }]);
  await expect(broken).rejects.toThrow('a/1.webp: the browser cannot read it (no picture)');
  const large = imageFiles([{ path: 'a/1.webp', content: new Uint8Array(5) }], { mostPixels: 1 });
  await expect(large).rejects.toThrow('2×1 pixels, of at most 1');
});
