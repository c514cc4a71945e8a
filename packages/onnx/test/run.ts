import { type Tensor, tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import type { Layer, Sequential } from '@tapegrad/nn';
import { importOnnx } from '../src/import/importOnnx.ts';
import { type FileParts, fileOf } from './edits.ts';

/** x[i] = sin(i) */
export function waves(shape: readonly number[]): Tensor {
  return tensor(
    Float32Array.from({ length: sizeOf(shape) }, (_, at) => Math.sin(at)),
    { shape },
  );
}

/** What a file computes for two waves, and the layers that it became, those of a model within as well. */
export function run(parts: FileParts) {
  const { model } = importOnnx(fileOf(parts));
  const x = waves([2, ...model.inputShape]);
  return { x, y: model.call(x, { training: false }), types: typesOf(model), model };
}

export function typesOf(model: Sequential): string {
  const [first] = model.layers;
  const inner = first?.layer.type === 'Model' ? (first.layer as unknown as Sequential).layers : model.layers;
  return inner.map(({ layer }: { readonly layer: Layer }) => layer.type).join(' ');
}
