import { Tensor, tensor, ValueError } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SafetensorsError } from './errors.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

/** A file from a header and the numbers behind it, whatever they are. */
function fileOf(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  return fileWith(new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header)), data);
}

function fileWith(head: Uint8Array, data: Uint8Array): Uint8Array {
  const file = new Uint8Array(8 + head.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(head.length), true);
  file.set(head, 8);
  file.set(data, 8 + head.length);
  return file;
}

const bitsOf = (x: Tensor): Uint8Array => new Uint8Array(x.toFlatArray().buffer);

const four = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };

describe('writing and reading', () => {
  test('what is written is read again, bit for bit', () => {
    const numbers = fc.oneof(fc.float32Array(), fc.float64Array());
    const named = fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((name) => name !== '__metadata__'),
      numbers,
      { noNullPrototype: false },
    );
    fc.assert(
      fc.property(named, (arrays) => {
        const tensors = Object.entries(arrays).map(([name, array]) => [name, tensor(array)] as const);
        const { tensors: read, metadata } = readSafetensors(writeSafetensors(tensors));
        expect(metadata.size).toBe(0);
        expect(read.size).toBe(tensors.length);
        for (const [name, x] of tensors) {
          const y = read.get(name);
          expect(y?.dtype).toBe(x.dtype);
          expect(y && bitsOf(y)).toEqual(bitsOf(x));
        }
      }),
    );
  });

  test('shapes, scalars, empty tensors, metadata, in the order of the names', () => {
    const file = writeSafetensors(
      [
        ['b', tensor([[1, 2, 3]])],
        ['a', tensor(4)],
        ['c', new Tensor(tensor([]).view)],
        ['wide', tensor([1], { dtype: 'float64' })],
      ],
      { metadata: [['note', 'für alle']] },
    );
    const { tensors, metadata } = readSafetensors(file);
    expect([...tensors.keys()]).toEqual(['wide', 'a', 'b', 'c']);
    expect(tensors.get('b')?.shape).toEqual([1, 3]);
    expect(tensors.get('a')?.shape).toEqual([]);
    expect(tensors.get('c')?.shape).toEqual([0]);
    expect(metadata).toEqual(new Map([['note', 'für alle']]));
    // The numbers begin at a multiple of 8.
    expect(new DataView(file.buffer).getBigUint64(0, true) % 8n).toBe(0n);
  });

  test('the same tensors give the same bytes, in whatever order they come', () => {
    const x = ['x', tensor([1, 2])] as const;
    const y = ['y', tensor([3])] as const;
    expect(writeSafetensors([x, y])).toEqual(writeSafetensors([y, x]));
  });

  test('names that could do harm are names', () => {
    const names = ['__proto__', 'constructor', '7', '"', '\\', '\n'];
    const { tensors } = readSafetensors(writeSafetensors(names.map((name, position) => [name, tensor([position])])));
    for (const [position, name] of names.entries()) expect(tensors.get(name)?.toList()).toEqual([position]);
    expect(Object.keys({})).toEqual([]);
  });

  test('other types of numbers, as what they are', () => {
    const data = new Uint8Array(48);
    const view = new DataView(data.buffer);
    view.setBigInt64(0, -5n, true);
    view.setUint16(8, 0x3c00, true);
    view.setUint16(10, 0xfc00, true);
    view.setUint16(12, 0x0001, true);
    view.setUint16(14, 0x7e00, true);
    view.setUint16(16, 0x3fc0, true);
    view.setInt32(20, -7, true);
    data[24] = 255;
    data[25] = 2;
    const entry = (dtype: string, shape: number[], from: number, to: number) => ({
      dtype,
      shape,
      data_offsets: [from, to],
    });
    const file = fileOf(
      {
        int: entry('I64', [], 0, 8),
        half: entry('F16', [4], 8, 16),
        brain: entry('BF16', [2], 16, 20),
        word: entry('I32', [1], 20, 24),
        byte: entry('U8', [1], 24, 25),
        bool: entry('BOOL', [1], 25, 26),
      },
      data.subarray(0, 26),
    );
    const lists = [...readSafetensors(file).tensors].map(([name, x]) => [name, x.toList()]);
    expect(Object.fromEntries(lists)).toEqual({
      int: -5,
      half: [1, -Infinity, 2 ** -24, Number.NaN],
      brain: [1.5, 0],
      word: [-7],
      byte: [255],
      bool: [1],
    });
  });

  test.each([
    [[['__metadata__', tensor([1])]], 'a tensor named __metadata__'],
    [
      [
        ['x', tensor([1])],
        ['x', tensor([2])],
      ],
      'two tensors named x',
    ],
  ] as const)('names that cannot be written', (tensors, message) => {
    expect(() => writeSafetensors(tensors as readonly (readonly [string, Tensor])[])).toThrow(ValueError);
    expect(() => writeSafetensors(tensors as readonly (readonly [string, Tensor])[])).toThrow(message);
  });
});

describe('files that are not what they say', () => {
  const bytes = new Uint8Array(4);
  const cases: [what: string, file: Uint8Array, message: string][] = [
    ['nothing', new Uint8Array(), '0 bytes; wanted at least the 8'],
    ['a header longer than the file', fileOf({ x: four }, bytes).subarray(0, 20), 'a header that fits'],
    ['a header of 2^63 bytes', new Uint8Array([0, 0, 0, 0, 0, 0, 0, 128]), 'a header of 9223372036854775808 bytes'],
    ['no UTF-8', fileWith(new Uint8Array([0x7b, 0xff, 0x7d]), bytes), 'not UTF-8'],
    ['a mark of byte order', fileOf(`\uFEFF${JSON.stringify({ x: four })}`, bytes), 'not JSON'],
    ['no JSON', fileOf('{"x": }', bytes), 'a header that is not JSON: "{\\"x\\": }"'],
    ['a list', fileOf('[]'), 'no JSON object'],
    ['a blank before the brace', fileOf(' {}'), 'no JSON object'],
    [
      'a name twice',
      fileOf(`{"x":${JSON.stringify(four)},"x":${JSON.stringify(four)}}`, bytes),
      'names a tensor twice',
    ],
    ['a name twice, written otherwise', fileOf(`{"x":${JSON.stringify(four)},"\\u0078":0}`, bytes), 'twice'],
    ['an entry that is none', fileOf({ x: 7 }), 'without type, shape and range'],
    ['a type unknown', fileOf({ x: { ...four, dtype: 'F8_E4M3' } }, bytes), 'of type "F8_E4M3"'],
    ['a type from the prototype', fileOf({ x: { ...four, dtype: 'constructor' } }, bytes), 'of type "constructor"'],
    ['a negative length', fileOf({ x: { ...four, shape: [-1] } }, bytes), 'of shape [-1]'],
    ['a fractional length', fileOf({ x: { ...four, shape: [0.5] } }, bytes), 'of shape [0.5]'],
    ['a shape beyond all memory', fileOf({ x: { ...four, shape: [2 ** 40, 2 ** 40] } }, bytes), 'in 4 bytes'],
    ['a range too short', fileOf({ x: { ...four, data_offsets: [0, 3] } }, bytes), 'F32 [1] in 3 bytes; wanted 4'],
    ['a range backwards', fileOf({ x: { ...four, data_offsets: [4, 0] } }, bytes), 'in -4 bytes'],
    ['a range past the end', fileOf({ x: { ...four, data_offsets: [4, 8] } }, bytes), 'from byte 4 on; wanted byte 0'],
    ['ranges that overlap', fileOf({ x: four, y: { ...four, data_offsets: [2, 6] } }, new Uint8Array(6)), 'byte 4'],
    ['a hole', fileOf({ x: four, y: { ...four, data_offsets: [5, 9] } }, new Uint8Array(9)), 'from byte 5 on'],
    ['bytes left over', fileOf({ x: four }, new Uint8Array(5)), '5 bytes of numbers; wanted the 4'],
    ['bytes missing', fileOf({ x: four }, new Uint8Array(3)), '3 bytes of numbers; wanted the 4'],
    ['metadata of numbers', fileOf({ __metadata__: { step: 3 } }), 'the metadata "step" of type number'],
    ['metadata that is a list', fileOf({ __metadata__: [] }), 'no JSON object; wanted texts'],
  ];
  test.each(cases)('%s', (_what, file, message) => {
    expect(() => readSafetensors(file)).toThrow(SafetensorsError);
    expect(() => readSafetensors(file)).toThrow(message);
  });

  test('a whole number that float64 cannot hold', () => {
    const data = new Uint8Array(8).fill(127);
    const file = fileOf({ x: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } }, data);
    expect(() => readSafetensors(file, { name: 'model.safetensors' })).toThrow(
      'model.safetensors: the tensor "x" of I64 with a number beyond 2^53',
    );
  });

  test('whatever the bytes: tensors or a SafetensorsError', () => {
    const whole = writeSafetensors([
      [
        'weight',
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ],
      ['bias', tensor([1], { dtype: 'float64' })],
    ]);
    const edit = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }));
    const mutated = fc.tuple(fc.array(edit, { maxLength: 6 }), fc.nat({ max: whole.length })).map(([edits, length]) => {
      const bytes = whole.slice();
      for (const [position, value] of edits) bytes[position] = value;
      return length % 3 === 0 ? bytes.subarray(0, length) : bytes;
    });
    const files = fc.oneof(
      mutated,
      fc.json().map((json) => fileOf(json)),
      fc.uint8Array({ maxLength: 64 }),
    );
    fc.assert(
      fc.property(files, (bytes) => {
        try {
          for (const x of readSafetensors(bytes).tensors.values()) x.toFlatArray();
        } catch (error) {
          expect(error).toBeInstanceOf(SafetensorsError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
