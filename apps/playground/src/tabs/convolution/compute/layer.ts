import { conv2d, convTranspose2d, deformConv2d, pad, Random, type Tensor, tensor } from '@tapegrad/core';
import { Conv2d, ConvTranspose2d, DeformConv2d, type Layer, Sequential, type Summary, summary } from '@tapegrad/nn';
import type { Form } from '../fields.ts';

/** What decides the numbers of a layer: the form without what is looked at. */
export type LayerForm = Omit<Form, 'look' | 'at' | 'layers'>;

/** The numbers of a layer: `[1, in, height, width]`, the weight, `[out]`, and the offsets of a deformable one. */
export interface Numbers {
  readonly x: Tensor;
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly offset: Tensor | undefined;
}

/** One layer of nn as the form says; it is built, and checked, by its model. */
export function layerOf(form: LayerForm, { bias = true, outChannels = form.out, groups = form.groups } = {}): Layer {
  const { kernel: kernelSize, stride, padding, dilation, outputPadding } = form;
  const options = { outChannels, kernelSize, stride, padding, dilation, groups, bias };
  if (form.operation === 'transposed') return new ConvTranspose2d({ ...options, outputPadding });
  return form.operation === 'deformable' ? new DeformConv2d(options) : new Conv2d(options);
}

/**
 * What nn says of the layer: sizes, counts, formulas.
 *
 * @throws ValueError or ShapeError of the library, where the form does not fit together
 */
export function summaryOf(form: LayerForm): Summary {
  const { size } = form;
  const inputShape = [form.in, size, size];
  return summary(new Sequential([layerOf(form)], { inputShape, random: new Random(1), dtype: 'float64' }));
}

/** Small whole numbers to reckon with, and offsets that are not whole. The weights are never 0, so that all that is read counts. */
export function numbersOf(form: LayerForm, [, outHeight, outWidth]: readonly number[]): Numbers {
  const { size, kernel, seed, operation } = form;
  const weightShape =
    operation === 'transposed'
      ? [form.in, form.out / form.groups, kernel, kernel]
      : [form.out, form.in / form.groups, kernel, kernel];
  return {
    x: drawn(seed, [1, form.in, size, size], (random) => random.integer(6)),
    weight: drawn(seed + 1000, weightShape, (random) => [-2, -1, 1, 2][random.integer(4)]),
    bias: drawn(seed + 2000, [form.out], (random) => random.integer(3) - 1),
    offset: operation === 'deformable' ? offsetsOf(form, outHeight, outWidth) : undefined,
  };
}

/** Offsets drawn at random, and those that were moved by hand: `[1, 2·kernel², outHeight, outWidth]`. */
function offsetsOf({ kernel, seed, strength, moved }: LayerForm, outHeight: number, outWidth: number): Tensor {
  const shape = [1, 2 * kernel * kernel, outHeight, outWidth];
  const positions = outHeight * outWidth;
  const random = new Random(seed + 3000);
  const numbers = Float64Array.from({ length: shape[1] * positions }, () => random.uniform(-1, 1) * strength);
  for (let at = 0; at + 3 < moved.length; at += 4) {
    const [tap, output, down, across] = moved.slice(at, at + 4);
    if (!(tap < kernel * kernel && output < positions)) continue;
    numbers[2 * tap * positions + output] = down;
    numbers[(2 * tap + 1) * positions + output] = across;
  }
  return tensor(numbers, { shape });
}

/**
 * The layer itself, for any x. A convolution gets its padding as numbers of its own, in front of it, so that a look at what
 * is read finds the zeros too: x is then `[1, in, size + 2·padding, …]`, and the result the same.
 */
export function apply(form: LayerForm, x: Tensor, { weight, bias, offset }: Omit<Numbers, 'x'>): Tensor {
  const { stride, padding, dilation, groups, outputPadding } = form;
  const options = { stride, dilation, groups, bias };
  if (form.operation === 'transposed') return convTranspose2d(x, weight, { ...options, padding, outputPadding });
  return offset ? deformConv2d(x, offset, weight, options) : conv2d(x, weight, options);
}

/** x as {@link apply} wants it: with its padding, but for a transposed convolution, whose padding is cut off behind it. */
export function padded({ operation, padding }: LayerForm, x: Tensor): Tensor {
  const ring = [padding, padding] as const;
  return operation === 'transposed' || padding === 0 ? x : pad(x, [[0, 0], [0, 0], ring, ring]);
}

function drawn(seed: number, shape: readonly number[], draw: (random: Random) => number): Tensor {
  const random = new Random(seed);
  const length = shape.reduce((product, size) => product * size, 1);
  return tensor(
    Float64Array.from({ length }, () => draw(random)),
    { shape },
  );
}
