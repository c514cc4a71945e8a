import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { changed, model } from '../../test/edits.ts';
import { waves } from '../../test/run.ts';
import type { TensorProto } from '../format/tensorProto.ts';
import { type ImportOptions, importOnnx } from './importOnnx.ts';

const entries = (given: Readonly<Record<string, string>>) =>
  Object.entries(given).map(([key, value]) => ({ key, value }));

/** The file of the model, its weights in other files, as `placed` says; and the bytes of these files, one behind the other. */
function apart(placed: (tensor: TensorProto, offset: number) => Readonly<Record<string, string>>) {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  const bytes = changed((graph) => {
    for (const tensor of graph.initializer) {
      const numbers = tensor.rawData ?? new Uint8Array();
      tensor.externalData = entries(placed(tensor, offset));
      tensor.dataLocation = 1;
      tensor.rawData = undefined;
      pieces.push(numbers);
      offset += numbers.length;
    }
  });
  return { bytes, data: Buffer.concat(pieces) };
}

const whole = apart((tensor, offset) => ({
  location: 'model.onnx.data',
  offset: `${offset}`,
  length: `${tensor.rawData?.length}`,
}));
const x = waves([2, 1, 4, 4]);
const wanted = model.call(x).toList();
const outputOf = (bytes: Uint8Array, externalData: ImportOptions['externalData']) =>
  importOnnx(bytes, { externalData }).model.call(x).toList();

describe('weights in a file beside the model', () => {
  test('as the bytes of that file, by its name, and by a function that is asked once', () => {
    expect(outputOf(whole.bytes, whole.data)).toEqual(wanted);
    expect(outputOf(whole.bytes, { 'model.onnx.data': whole.data })).toEqual(wanted);
    const asked: string[] = [];
    const ask = (location: string): Uint8Array => {
      asked.push(location);
      return whole.data;
    };
    expect(outputOf(whole.bytes, ask)).toEqual(wanted);
    expect(asked).toEqual(['model.onnx.data']);
  });

  test('in a file for each, without offset and length, in a folder within', () => {
    const { bytes } = apart((tensor) => ({ location: `weights/${tensor.name}` }));
    const files = new Map<string, Uint8Array>();
    changed((graph) => {
      for (const { name, rawData } of graph.initializer) files.set(`weights/${name}`, rawData ?? new Uint8Array());
    });
    expect(outputOf(bytes, Object.fromEntries(files))).toEqual(wanted);
    expect(outputOf(bytes, (location) => files.get(location) as Uint8Array)).toEqual(wanted);
  });

  test('is asked for by no name that leads out of the folder', () => {
    const asked: string[] = [];
    for (const location of [
      '/etc/passwd',
      '../other',
      'a/../../b',
      '..',
      'C:\\secret',
      '\\\\host\\share',
      'a\\..\\b',
      'x\0',
      '',
    ]) {
      const { bytes } = apart(() => ({ location }));
      const ask = (name: string): Uint8Array => {
        asked.push(name);
        return whole.data;
      };
      expect(() => importOnnx(bytes, { externalData: ask })).toThrow('wanted a file in the folder of the model');
    }
    expect(asked).toEqual([]);
  });

  test('what is wrong is said', () => {
    const at = (offset: string, length: string) => apart(() => ({ location: 'model.onnx.data', offset, length })).bytes;
    const given = { externalData: whole.data };
    expect(
      messagesOf({
        'not given': () => importOnnx(whole.bytes),
        'another file': () => importOnnx(whole.bytes, { externalData: { 'weights.bin': whole.data } }),
        'a name of an object': () => importOnnx(apart(() => ({ location: 'constructor' })).bytes, { externalData: {} }),
        'no bytes': () => importOnnx(whole.bytes, { externalData: (() => 'text') as never }),
        'too short': () => importOnnx(whole.bytes, { externalData: whole.data.subarray(0, 20) }),
        'other numbers': () => importOnnx(at('0', '8'), given),
        'behind the end': () => importOnnx(at('999999', '4'), given),
        'a negative offset': () => importOnnx(at('-4', '4'), given),
        'no number': () => importOnnx(at('0', '1e3'), given),
        'too large a number': () => importOnnx(at('9999999999999999', '4'), given),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a name of an object": "OnnxError: importOnnx: the tensor conv1.weight, whose numbers are in another file, "constructor"; wanted the bytes of that file. Give them, \`importOnnx(bytes, { externalData })\`, or read both with \`readOnnx\` of \`@tapegrad/onnx/node\`; in Python \`onnx.save(onnx.load(path), path)\` makes one file of them.",
        "a negative offset": "OnnxError: importOnnx: the tensor conv1.weight at "-4" of another file; wanted a whole number of bytes. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "another file": "OnnxError: importOnnx: the tensor conv1.weight, whose numbers are in another file, "model.onnx.data"; wanted the bytes of that file. Give them, \`importOnnx(bytes, { externalData })\`, or read both with \`readOnnx\` of \`@tapegrad/onnx/node\`; in Python \`onnx.save(onnx.load(path), path)\` makes one file of them.",
        "behind the end": "OnnxError: importOnnx: the tensor conv1.weight in bytes 999999 to 1000003 of "model.onnx.data", which has 188; wanted a file that holds them, the one that was written with the model. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "no bytes": "DataTypeError: importOnnx: externalData for "model.onnx.data" is the text 'text'; wanted a Uint8Array, some of them by name, or a function that gives one. Await it and wrap it: \`new Uint8Array(await response.arrayBuffer())\`.",
        "no number": "OnnxError: importOnnx: the tensor conv1.weight at "1e3" of another file; wanted a whole number of bytes. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "not given": "OnnxError: importOnnx: the tensor conv1.weight, whose numbers are in another file, "model.onnx.data"; wanted the bytes of that file. Give them, \`importOnnx(bytes, { externalData })\`, or read both with \`readOnnx\` of \`@tapegrad/onnx/node\`; in Python \`onnx.save(onnx.load(path), path)\` makes one file of them.",
        "other numbers": "OnnxError: importOnnx: the tensor conv1.weight of shape [2, 1, 3, 3] with 2 numbers; wanted 18. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "too large a number": "OnnxError: importOnnx: the tensor conv1.weight at "9999999999999999" of another file; wanted a whole number of bytes. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "too short": "OnnxError: importOnnx: the tensor conv1.weight in bytes 0 to 72 of "model.onnx.data", which has 20; wanted a file that holds them, the one that was written with the model. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
      }
    `);
  });
});
