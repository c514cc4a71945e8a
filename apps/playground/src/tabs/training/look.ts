import {
  cast,
  divide,
  type Gradients,
  softmax,
  sqrt,
  square,
  subtract,
  sum,
  Tape,
  type Tensor,
  tensor,
} from '@tapegrad/core';
import { mnistNormalisation } from '@tapegrad/datasets';
import type { Sequential } from '@tapegrad/nn';
import { imageSize } from './digit.ts';

/** Numbers in the shape of a tensor, as they travel to the page. */
export interface Numbers {
  readonly name: string;
  readonly shape: readonly number[];
  readonly numbers: Float32Array;
}

/** How large the gradient of a parameter is. */
export interface GradientSize {
  readonly name: string;
  /** ‖∂loss/∂w‖, the root of the sum of squares. */
  readonly gradient: number;
  /** ‖w‖. */
  readonly weight: number;
  /** ‖∂loss/∂w‖ / ‖w‖. */
  readonly ratio: number;
}

/** What one image becomes on its way through a net. */
export interface Sight {
  /** What each layer gives, from the first convolution to the last pooling. */
  readonly maps: readonly Numbers[];
  readonly logits: readonly number[];
  /** Softmax of the logits, in float64. */
  readonly probabilities: readonly number[];
}

/** The sizes of all gradients of a step, beside those of the weights that they are to change. */
export function gradientSizes(model: Sequential, gradients: Gradients): GradientSize[] {
  return model.parameters.map((parameter) => {
    const [gradient, weight] = [norm(gradients.get(parameter)), norm(parameter)];
    return { name: parameter.name, gradient, weight, ratio: gradient / weight };
  });
}

/** √Σx², in float64. */
export function norm(x: Tensor): number {
  return sqrt(sum(square(tensor(x.toFlatArray(), { dtype: 'float64' })))).item();
}

/** A copy of the numbers of a tensor. */
export function numbersOf(name: string, x: Tensor): Numbers {
  return { name, shape: x.shape, numbers: Float32Array.from(x.read()) };
}

/** The pixels of an image, from 0 to 255, as a batch of one, normalised as the nets are trained. */
export function inputOf(pixels: Uint8Array): Tensor {
  const { mean, standardDeviation } = mnistNormalisation;
  const shares = divide(tensor(Float64Array.from(pixels), { shape: [1, 1, imageSize, imageSize] }), 255);
  return cast(divide(subtract(shares, mean), standardDeviation), 'float32');
}

/** Looks at an image through a net: every feature map on the way, and what it is taken for. */
export function lookAt(model: Sequential, pixels: Uint8Array): Sight {
  using tape = new Tape();
  const maps: Numbers[] = [];
  let x = tape.constant(inputOf(pixels));
  for (const { name, layer, outputShape } of model.layers) {
    x = layer.call(x);
    if (outputShape.length === 3) maps.push({ ...numbersOf(name, x), shape: outputShape });
  }
  const logits = cast(x, 'float64');
  return { maps, logits: [...logits.read()], probabilities: [...softmax(logits).read()] };
}
