/** The bytes of an IDX file: the mirror image of `readIdx`, for tests. */
export function writeIdx(type: number, shape: readonly number[], elements: readonly number[]): Uint8Array {
  const [size, setter] = writers[type];
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + size * elements.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, type, shape.length]);
  shape.forEach((length, axis) => {
    view.setUint32(4 + 4 * axis, length);
  });
  elements.forEach((element, index) => {
    view[setter](start + index * size, element);
  });
  return bytes;
}

type Setter = 'setUint8' | 'setInt8' | 'setInt16' | 'setInt32' | 'setFloat32' | 'setFloat64';

const writers: Readonly<Record<number, readonly [number, Setter]>> = {
  8: [1, 'setUint8'],
  9: [1, 'setInt8'],
  11: [2, 'setInt16'],
  12: [4, 'setInt32'],
  13: [4, 'setFloat32'],
  14: [8, 'setFloat64'],
};
