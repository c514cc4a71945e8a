import { Writer } from 'protobufjs/minimal.js';
import { describe, expect, test } from 'vitest';
import { readFile, writeFile } from './file.ts';

/** A model that holds one tensor with one field. */
function tensorWith(field: number, wireType: number, write: (writer: Writer) => void) {
  const writer = new Writer()
    .uint32(7 * 8 + 2)
    .fork()
    .uint32(5 * 8 + 2)
    .fork();
  write(writer.uint32(field * 8 + wireType));
  const bytes = new Uint8Array(writer.ldelim().ldelim().finish());
  return readFile(bytes).graph?.initializer[0];
}

describe('the wire format', () => {
  test('whole numbers, packed and one by one, and negative ones', () => {
    const packed = tensorWith(1, 2, (writer) => writer.fork().int64(300).int64(-1).int64(0).ldelim());
    expect(packed?.dims).toEqual([300, -1, 0]);
    const single = tensorWith(1, 0, (writer) =>
      writer
        .int64(300)
        .uint32(8)
        .int64(-(2 ** 40)),
    );
    expect(single?.dims).toEqual([300, -(2 ** 40)]);
    const mixed = tensorWith(7, 0, (writer) =>
      writer
        .int64(5)
        .uint32(7 * 8 + 2)
        .fork()
        .int64(6)
        .ldelim(),
    );
    expect(mixed?.int64Data).toEqual([5, 6]);
  });

  test('the largest whole number of ONNX, which stands for no end, comes as a number near it', () => {
    const bytes = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    const tensor = tensorWith(7, 2, (writer) => writer.bytes(Uint8Array.from(bytes)));
    expect(tensor?.int64Data).toEqual([2 ** 63]);
  });

  test('floats, packed and one by one, are the bytes they were', () => {
    const packed = tensorWith(4, 2, (writer) => writer.fork().float(1.5).float(-2).ldelim());
    expect(packed?.floatData.map((piece) => new Float32Array(piece.slice().buffer))).toEqual([
      Float32Array.of(1.5, -2),
    ]);
    const single = tensorWith(4, 5, (writer) =>
      writer
        .float(1.5)
        .uint32(4 * 8 + 5)
        .float(-2),
    );
    expect(single?.floatData.map(({ length }) => length)).toEqual([4, 4]);
  });

  test('fields that are not known, or of another wire type, are skipped', () => {
    const unknown = tensorWith(99, 2, (writer) =>
      writer
        .string('new')
        .uint32(8 * 8 + 2)
        .string('weight'),
    );
    expect(unknown?.name).toBe('weight');
    const other = tensorWith(8, 0, (writer) => writer.uint32(7));
    expect(other?.name).toBe('');
  });

  test('a message that is longer than the one around it is refused', () => {
    const inner = new Writer()
      .uint32(5 * 8 + 2)
      .uint32(50)
      .finish();
    expect(() =>
      readFile(
        new Writer()
          .uint32(7 * 8 + 2)
          .bytes(inner)
          .uint32(1)
          .finish(),
      ),
    ).toThrow('end or break off');
    const name = new Writer()
      .uint32(2 * 8 + 2)
      .uint32(9)
      .finish();
    expect(() =>
      readFile(
        new Writer()
          .uint32(7 * 8 + 2)
          .bytes(name)
          .string('behind it')
          .finish(),
      ),
    ).toThrow('end or break off');
  });

  test('what is written is read again', () => {
    const file = readFile(new Uint8Array());
    file.irVersion = 8;
    file.docString = 'Ω ≈ ç';
    file.metadataProps.push({ key: '__proto__', value: 'x' });
    expect(readFile(writeFile(file))).toEqual(file);
    expect(readFile(Buffer.from(writeFile(file)))).toEqual(file);
  });
});
