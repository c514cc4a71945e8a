/** Four IDX files with a few images of 28 × 28 pixels; the first label is 3. `instead` replaces some of the bytes. */
export function idxFiles(instead: Readonly<Record<string, Buffer>> = {}) {
  const lengths = (...shape: number[]): number[] => shape.flatMap((length) => [0, 0, 0, length]);
  const images = (count: number): Buffer =>
    Buffer.from([0, 0, 8, 3, ...lengths(count, 28, 28), ...Array.from({ length: count * 784 }, (_, i) => i % 251)]);
  const labels = (count: number): Buffer =>
    Buffer.from([0, 0, 8, 1, ...lengths(count), ...Array.from({ length: count }, (_, i) => (i + 3) % 10)]);
  const files = {
    'train-images-idx3-ubyte': images(30),
    'train-labels-idx1-ubyte': labels(30),
    't10k-images-idx3-ubyte': images(20),
    't10k-labels-idx1-ubyte': labels(20),
    ...instead,
  };
  return Object.entries(files).map(([name, buffer]) => ({ name, mimeType: 'application/octet-stream', buffer }));
}
