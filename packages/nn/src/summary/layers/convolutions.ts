import { readWindow } from '@tapegrad/core/authors';
import type { ConvolutionLayerOptions } from '../../layers/convolutionLayer.ts';
import type { DeformConv2dLayerOptions } from '../../layers/deformConv2d.ts';
import { convolutionCost, transposedCost } from '../costs/convolutionCost.ts';
import { deformableCost } from '../costs/deformableCost.ts';
import { slidingMove } from '../windows/slidingMove.ts';
import { transposedMove } from '../windows/transposedMove.ts';
import { byOptions, type Describe } from './description.ts';

/** The window of a layer along each axis, and all that its cost depends on. */
function filterOf<Options extends ConvolutionLayerOptions>(
  type: string,
  axes: readonly string[],
  options: Options,
  [inChannels, outChannels]: readonly [inChannels: number, outChannels: number],
) {
  const filter = readWindow(type, options.kernelSize, axes, options);
  return { filter, form: { ...options, inChannels, outChannels, kernel: filter.map(({ kernel }) => kernel) } };
}

function convolution(type: string, axes: readonly string[]): Describe {
  return byOptions<ConvolutionLayerOptions>((options, [inChannels], [outChannels, ...outLengths]) => {
    const { filter, form } = filterOf(type, axes, options, [inChannels, outChannels]);
    return { window: filter.map((along) => slidingMove(along)), cost: convolutionCost(form, outLengths) };
  });
}

function transposed(type: string, axes: readonly string[]): Describe {
  return byOptions<ConvolutionLayerOptions>((options, [inChannels, ...lengths], [outChannels, ...outLengths]) => {
    const { filter, form } = filterOf(type, axes, options, [inChannels, outChannels]);
    return {
      window: filter.map((along, at) => transposedMove(along, outLengths[at])),
      cost: transposedCost(form, lengths, outLengths),
    };
  });
}

/** Sees what a plain convolution sees, for offsets of 0, as at first; what the layer learns moves it from there. */
function deformable(type: string, axes: readonly string[]): Describe {
  return byOptions<DeformConv2dLayerOptions>((options, [inChannels], [outChannels, ...outLengths]) => {
    const { filter, form } = filterOf(type, axes, options, [inChannels, outChannels]);
    return {
      window: filter.map((along) => slidingMove(along, { provided: 'where offsets are 0' })),
      cost: deformableCost(form, outLengths),
    };
  });
}

const [signal, image, volume] = [['length'], ['height', 'width'], ['depth', 'height', 'width']];

/** Layers that move filters over their inputs. */
export const convolutions: readonly (readonly [type: string, describe: Describe])[] = [
  ['Conv1d', convolution('Conv1d', signal)],
  ['Conv2d', convolution('Conv2d', image)],
  ['Conv3d', convolution('Conv3d', volume)],
  ['ConvTranspose1d', transposed('ConvTranspose1d', signal)],
  ['ConvTranspose2d', transposed('ConvTranspose2d', image)],
  ['ConvTranspose3d', transposed('ConvTranspose3d', volume)],
  ['DeformConv2d', deformable('DeformConv2d', image)],
];
