import { Reader, Writer } from 'protobufjs/minimal.js';
import { damagedFile, OnnxError } from '../errors.ts';
import { Budget } from './budget.ts';
import { type ModelProto, modelProto } from './modelProto.ts';

/**
 * The message in the bytes of an ONNX file. Tensors are views of the bytes.
 *
 * @throws OnnxError when the bytes are no protocol buffer, or one with too much in it
 */
export function readFile(bytes: Uint8Array): ModelProto {
  try {
    // Of a Buffer of Node, parts would be Buffers too, whose `slice` is no copy.
    const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    return modelProto.read(new Reader(plain), plain.length, new Budget());
  } catch (error) {
    if (error instanceof OnnxError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw damagedFile(
      `${bytes.length} bytes that end or break off where they must not (${message})`,
      'a file of ONNX',
      error,
    );
  }
}

/** The bytes of a message. */
export function writeFile(model: ModelProto): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  modelProto.write(writer, model);
  return new Uint8Array(writer.finish());
}
