import { pathToFileURL } from 'node:url';
import type { Tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import * as ort from 'onnxruntime-web/wasm';

const folder = new URL('../node_modules/onnxruntime-web/dist/', pathToFileURL(`${import.meta.dirname}/`));
ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmPaths = folder.href;
ort.env.logLevel = 'error';

/** What onnxruntime makes of a batch of inputs, as flat numbers. */
export async function runOnnx(
  model: Uint8Array,
  x: Tensor,
  type: 'float32' | 'int64' = 'float32',
): Promise<{ numbers: Float32Array; shape: readonly number[] }> {
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const numbers = x.toFlatArray();
  const data = type === 'int64' ? BigInt64Array.from(numbers, BigInt) : Float32Array.from(numbers);
  const input = new ort.Tensor(type, data, [...x.shape]);
  const { output } = await session.run({ input });
  await session.release();
  if (!(output.data instanceof Float32Array) || output.data.length !== sizeOf(output.dims)) {
    throw new TypeError(`onnxruntime gave ${output.type} ${output.dims}`);
  }
  return { numbers: output.data, shape: output.dims };
}
