/** The typed arrays that {@link readIdx} gives, one for each element type of the format. */
export type IdxData = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** One element type of the IDX format. */
export interface IdxElementType {
  readonly name: string;
  /** Bytes of one element. */
  readonly size: number;
  /** The `count` elements that begin at byte `start`. */
  read(bytes: Uint8Array, start: number, count: number): IdxData;
}

/** The element types by their code, the third byte of a file. */
export const elementTypes: ReadonlyMap<number, IdxElementType> = new Map<number, IdxElementType>([
  [
    0x08,
    {
      name: 'unsigned byte',
      size: 1,
      read: (bytes, start, count) => new Uint8Array(bytes.buffer, bytes.byteOffset + start, count),
    },
  ],
  [
    0x09,
    {
      name: 'signed byte',
      size: 1,
      read: (bytes, start, count) => new Int8Array(bytes.buffer, bytes.byteOffset + start, count),
    },
  ],
  [0x0b, wide('short', (count) => new Int16Array(count), 'getInt16')],
  [0x0c, wide('int', (count) => new Int32Array(count), 'getInt32')],
  [0x0d, wide('float', (count) => new Float32Array(count), 'getFloat32')],
  [0x0e, wide('double', (count) => new Float64Array(count), 'getFloat64')],
]);

/** The codes and names of all element types, for messages. */
export const elementTypeList = Array.from(
  elementTypes,
  ([code, { name }]) => `0x${code.toString(16).padStart(2, '0')} (${name})`,
).join(', ');

/** Elements of several bytes are big-endian in the file, whatever the machine is: they are read one by one. */
function wide(
  name: string,
  create: (count: number) => Int16Array | Int32Array | Float32Array | Float64Array,
  getter: 'getInt16' | 'getInt32' | 'getFloat32' | 'getFloat64',
): IdxElementType {
  const size = create(0).BYTES_PER_ELEMENT;
  return {
    name,
    size,
    read(bytes, start, count) {
      const view = new DataView(bytes.buffer, bytes.byteOffset + start, count * size);
      const data = create(count);
      for (let index = 0; index < count; index++) data[index] = view[getter](index * size);
      return data;
    },
  };
}
