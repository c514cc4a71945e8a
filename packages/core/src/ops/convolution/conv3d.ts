import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from '../elementwise/add.ts';
import { pad } from '../shape/pad.ts';
import { reshape } from '../shape/reshape.ts';
import { slice } from '../shape/slice.ts';
import { transpose } from '../shape/transpose.ts';
import { type SpatialOptions, spatialAxes } from '../windows/spatialAxes.ts';
import { outputLength } from '../windows/windows.ts';
import { conv2d } from './conv2d.ts';
import { checkBias, checkChannels, checkInput, checkWeight } from './convolutionChecks.ts';

/** Options by axis are `[depth, height, width]`, or one number for all three. */
export interface Conv3dOptions extends SpatialOptions {
  /** One number for each output channel, `[out]`. Default: none. */
  readonly bias?: TensorLike;
  /** How many parts the channels are cut into, each convolved by itself. Default: 1; as many as channels is depthwise. */
  readonly groups?: number;
}

const axes = ['depth', 'height', 'width'] as const;
const none = [0, 0] as const;

/**
 * Three-dimensional convolution; no filter is flipped. Along each axis, with stride s, dilation d and p zeros in front,
 *
 * y[n, o, z, r, c] = bias[o] + Σ over k, h, i, j of weight[o, k, h, i, j]·x[n, k, z·s + h·d - p, r·s + i·d - p, c·s + j·d - p]
 *
 * The sum over h is taken outside: layer h of every filter meets every slice of the volumes that it moves over, as
 * `conv2d` of a batch of slices. The derivatives of all orders are those of `conv2d`, `slice` and `add`.
 *
 * @param x `[batch, in, depth, height, width]`
 * @param weight `[out, in / groups, kernelDepth, kernelHeight, kernelWidth]`
 * @returns `[batch, out, ⌊(depth + 2p - d·(kernelDepth - 1) - 1) / s⌋ + 1, and likewise height and width]`
 * @throws ShapeError when channels, bias or sizes do not fit
 * @throws ValueError when an option is out of range
 */
export function conv3d(x: TensorLike, weight: TensorLike, options: Conv3dOptions = {}): Tensor {
  const { groups = 1 } = options;
  const inputs = operands('conv3d', { x, weight, bias: options.bias });
  const [shape, filters] = [inputs.x.shape, inputs.weight.shape];
  checkInput('conv3d', shape, axes);
  checkWeight('conv3d', filters, axes);
  checkChannels('conv3d', shape, filters, groups, axes);
  if (inputs.bias) checkBias('conv3d', inputs.bias.shape, filters, filters[0]);
  const [deep, vertical, horizontal] = spatialAxes('conv3d', filters.slice(2), axes, options);
  const [outDepth, outHeight, outWidth] = [deep, vertical, horizontal].map((axis, at) =>
    outputLength('conv3d', shape[2 + at], axis, axes[at]),
  );

  const [batch, channels, , height, width] = shape;
  const [outChannels, perGroup, , kernelHeight, kernelWidth] = filters;
  const around = {
    stride: [vertical.stride, horizontal.stride],
    padding: [
      [vertical.before, vertical.after],
      [horizontal.before, horizontal.after],
    ],
    dilation: [vertical.dilation, horizontal.dilation],
    groups,
  } as const;
  // Depth first, so that the slices that one layer of the filters meets lie together.
  const volumes = pad(transpose(inputs.x, [2, 0, 1, 3, 4]), [[deep.before, deep.after], none, none, none, none]);
  const layers = Array.from({ length: deep.kernel }, (_, layer) => {
    const first = layer * deep.dilation;
    const slices = slice(volumes, [[first, first + (outDepth - 1) * deep.stride + 1, deep.stride]]);
    const filter = slice(inputs.weight, [null, null, [layer, layer + 1]]);
    return conv2d(
      reshape(slices, [outDepth * batch, channels, height, width]),
      reshape(filter, [outChannels, perGroup, kernelHeight, kernelWidth]),
      { ...around, bias: layer === 0 ? inputs.bias : undefined },
    );
  });
  const y = layers.reduce((total, layer) => add(total, layer));
  return transpose(reshape(y, [outDepth, batch, outChannels, outHeight, outWidth]), [1, 2, 0, 3, 4]);
}
