import { ones, Random, slice, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { Sequential, summary } from '@tapegrad/nn';
import { apply, type LayerForm, layerOf, padded } from './layer.ts';

/** What one output of a stack of layers sees of its input. */
export interface Field {
  /** Along one axis, for each depth from one layer on: by formula. */
  readonly formula: readonly number[];
  /** Along one axis, from the first number with a gradient to the last; shorter where a stack is too large to follow. */
  readonly seen: readonly number[];
  /** Of the largest stack that was followed: how many numbers have a gradient. */
  readonly count: number;
  /** Of the same stack: the sizes of these gradients, cut out of the input, all weights being 1. */
  readonly height: number;
  readonly width: number;
  readonly gradient: readonly number[];
  /** The steps of the formula for the whole stack, last layer first. */
  readonly steps: readonly string[];
  readonly rule: string;
}

/** The receptive field of `layers` such layers of one channel, by nn's formula and by looking where the gradient is not 0. */
export function fieldOf(form: LayerForm & { readonly layers: number }): Field {
  const single = { ...form, in: 1, out: 1, groups: 1 };
  const depths = Array.from({ length: form.layers }, (_, at) => at + 1);
  const rows = summary(modelOf(single, form.layers, lengthFor(single, form.layers))).rows;
  const seen = depths.filter((depth) => !isTooLarge(single, depth)).map((depth) => boundsOf(single, depth));
  const { gradient, top, left, height, width } = seen[seen.length - 1];
  const cut = Array.from({ length: height * width }, (_, at) => {
    const [row, column] = [Math.floor(at / width) + top, (at % width) + left];
    return gradient.numbers[row * gradient.length + column];
  });
  const explained = rows[rows.length - 1].explanations.find(({ quantity }) => quantity.startsWith('receptive field'));
  return {
    formula: rows.map(({ receptiveField }) => receptiveField[0]),
    seen: seen.map(({ height, width }) => Math.max(height, width)),
    count: cut.filter((slope) => slope !== 0).length,
    height,
    width,
    gradient: cut,
    steps: explained?.steps ?? [],
    rule: explained?.formula ?? '',
  };
}

function modelOf(form: LayerForm, layers: number, length: number): Sequential {
  return new Sequential(
    Array.from({ length: layers }, () => layerOf(form, { outChannels: 1, groups: 1, bias: false })),
    { inputShape: [1, length, length], random: new Random(1), dtype: 'float64' },
  );
}

/** How long an input must be, so that the field of an output in the middle lies well inside. */
function lengthFor(form: LayerForm, layers: number): number {
  const { kernel, stride, dilation, padding, strength } = form;
  const reach = dilation * (kernel - 1);
  // What a transposed convolution sees is not longer than this, nor what it cuts off.
  if (form.operation === 'transposed') {
    return stride === 1 ? layers * (reach + 2 * padding) + 3 : 2 * (Math.ceil(reach / (stride - 1)) + padding) + 3;
  }
  const moved = form.operation === 'deformable' ? 2 * Math.ceil(strength) : 0;
  let length = 1;
  for (let layer = 0; layer < layers; layer++) length = (length - 1) * stride + reach + 1 + moved;
  // The middle of an output lies off the middle of its input by as much as a stride, in each layer.
  return length + 2 * stride ** layers + 2;
}

/** Whether following the gradient would take longer than a reader waits. */
function isTooLarge(form: LayerForm, layers: number): boolean {
  const length = lengthFor(form, layers);
  if (form.operation === 'transposed') return length * form.stride ** layers > 600;
  return form.operation === 'deformable' && length > 150;
}

interface Bounds {
  readonly gradient: { readonly numbers: ArrayLike<number>; readonly length: number };
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Where the gradient of an output in the middle is not 0, all weights being 1, so that nothing cancels. Transposed,
 * neighbours see more or less; the one that sees most counts, of as many as the stride.
 */
function boundsOf(form: LayerForm, layers: number): Bounds {
  const length = lengthFor(form, layers);
  using tape = new Tape();
  const x = tape.watch(ones([1, 1, length, length], { dtype: 'float64' }));
  const y = stacked(form, layers, x);
  const middle = Math.floor(y.shape[2] / 2);
  const neighbours = form.operation === 'transposed' ? Math.min(form.stride ** layers, 9) : 1;
  const found = Array.from({ length: neighbours }, (_, more) => {
    const at = Math.min(middle + more, y.shape[2] - 1);
    const one = sum(slice(y, [null, null, [at, at + 1], [at, at + 1]]));
    return bounded(Array.from(tape.gradients(one).get(x).read()), length);
  });
  return found.reduce((widest, next) => (next.height > widest.height ? next : widest));
}

function stacked(form: LayerForm, layers: number, x: Tensor): Tensor {
  const weight = ones([1, 1, form.kernel, form.kernel], { dtype: 'float64' });
  const bias = tensor([0], { dtype: 'float64' });
  let y = x;
  for (let layer = 0; layer < layers; layer++) {
    const input = padded(form, y);
    y = apply(form, input, {
      weight,
      bias,
      offset: form.operation === 'deformable' ? drawn(form, layer, input) : undefined,
    });
  }
  return y;
}

/** Offsets as strong as those of the picture, for a layer of the stack. */
function drawn({ kernel, stride, dilation, strength, seed }: LayerForm, layer: number, x: Tensor): Tensor {
  const length = Math.floor((x.shape[2] - dilation * (kernel - 1) - 1) / stride) + 1;
  const random = new Random(seed + 5000 + layer);
  const shape = [1, 2 * kernel * kernel, length, length];
  const numbers = Float64Array.from(
    { length: 2 * kernel * kernel * length * length },
    () => strength * random.uniform(-1, 1),
  );
  return tensor(numbers, { shape });
}

function bounded(numbers: readonly number[], length: number): Bounds {
  let [top, bottom, left, right] = [length, -1, length, -1];
  numbers.forEach((slope, at) => {
    if (slope === 0) return;
    const [row, column] = [Math.floor(at / length), at % length];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
  });
  return { gradient: { numbers, length }, top, left, height: bottom - top + 1, width: right - left + 1 };
}
