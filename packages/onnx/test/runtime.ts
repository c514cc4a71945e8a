import { pathToFileURL } from 'node:url';
import type { Tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import * as ort from 'onnxruntime-web/wasm';

const folder = new URL('../node_modules/onnxruntime-web/dist/', pathToFileURL(`${import.meta.dirname}/`));
ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmPaths = folder.href;
ort.env.logLevel = 'error';

type Type = 'float32' | 'int64';

/** An output of onnxruntime. */
export interface RuntimeOutput {
  readonly numbers: Float32Array;
  readonly shape: readonly number[];
}

/** What onnxruntime makes of a batch of inputs, as flat numbers. */
export async function runOnnx(model: Uint8Array, x: Tensor, type: Type = 'float32'): Promise<RuntimeOutput> {
  const { output } = await runNamed(model, { input: x }, { input: type });
  return output;
}

/** The same for inputs and outputs by name. */
export async function runNamed(
  model: Uint8Array,
  inputs: Readonly<Record<string, Tensor>>,
  types: Readonly<Record<string, Type>> = {},
): Promise<Record<string, RuntimeOutput>> {
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const feeds = Object.entries(inputs).map(([name, x]) => {
    const numbers = x.toFlatArray();
    const isWhole = types[name] === 'int64';
    const data = isWhole ? BigInt64Array.from(numbers, BigInt) : Float32Array.from(numbers);
    return [name, new ort.Tensor(isWhole ? 'int64' : 'float32', data, [...x.shape])] as const;
  });
  const outputs = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data, dims, type }]) => {
      if (!(data instanceof Float32Array) || data.length !== sizeOf(dims)) {
        throw new TypeError(`onnxruntime gave ${type} ${dims} as ${name}`);
      }
      return [name, { numbers: data, shape: dims }];
    }),
  );
}
