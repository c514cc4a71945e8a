import { formatShape, type Tensor } from '@tapegrad/core';
import {
  Conv1d,
  Conv2d,
  Conv3d,
  ConvTranspose1d,
  ConvTranspose2d,
  ConvTranspose3d,
  DeformConv2d,
  type Layer,
} from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { otherShape, recipe, type Translate, type Translation } from './translate.ts';
import { padded, type ReadWindow, readWindow, two } from './window.ts';

/** Convolutions, by operation. */
export const convolutions: Readonly<Record<string, Translate>> = {
  Conv: (within) => {
    const translation = atConvolution(within);
    const { weight, bias, groups, window } = readConvolution(translation, 0);
    const shared = { outChannels: weight.shape[0], groups, bias: bias !== undefined, initialiser: () => weight };
    return recipe(() => layerOf(window, shared), { weight, bias });
  },
  ConvTranspose: (within) => {
    const translation = atConvolution(within);
    const { attributes } = translation;
    const { weight, bias, groups, window: said } = readConvolution(translation, 1);
    const axes = said.kernel.length;
    const extra = attributes.wholes('output_padding', new Array<number>(axes).fill(0), axes);
    const { window, outputPadding } = bySize(translation, said, extra);
    const outChannels = weight.shape[1] * groups;
    const shared = { outChannels, groups, bias: bias !== undefined, initialiser: () => weight, outputPadding };
    return recipe(() => transposedLayerOf(window, shared), { weight, bias });
  },
  DeformConv: (translation) => {
    const { node, shelf, attributes } = translation;
    const conv = node.roles?.nodes.get('Conv');
    if (!conv) throw worksAlone(node.label);
    const { weight, bias, groups, window } = readConvolution(translation, 0);
    if (window.kernel.length !== 2) throw otherShape(translation, 'images, [channels, height, width]');
    const offsetGroups = attributes.whole('offset_group', 1);
    const modulated = node.roles?.nodes.has('factors') ?? false;
    const taps = offsetGroups * window.kernel[0] * window.kernel[1];
    checkSlices(translation, modulated ? { offsets: [0, 2 * taps], factors: [2 * taps, 3 * taps] } : {});
    const own = readWindow({ node: conv, attributes: conv.attributes, inputShape: translation.inputShape }, 2, [
      ...window.kernel,
    ]);
    conv.attributes.only('group', 1);
    if (JSON.stringify(own) !== JSON.stringify(window)) throw worksAlone(node.label);
    const offset = (role: string, shape: readonly number[]): Tensor | undefined => {
      const constant = shelf.optional(node.label, node.roles?.constants.get(role), role);
      return constant && shelf.weight(node.label, constant, shape);
    };
    const count = (modulated ? 3 : 2) * taps;
    const { outChannels, kernel } = { outChannels: weight.shape[0], kernel: two(window.kernel) };
    const options = {
      ...{ outChannels, groups, bias: bias !== undefined, initialiser: () => weight, offsetGroups, modulated },
      ...{
        kernelSize: kernel,
        stride: two(window.stride),
        dilation: two(window.dilation),
        padding: two(window.padding),
      },
    };
    return recipe(() => new DeformConv2d(options), {
      weight,
      bias,
      'offset.weight': offset('offset.weight', [count, translation.inputShape[0], ...window.kernel]),
      'offset.bias': offset('offset.bias', [count]),
    });
  },
};

/**
 * The padding of a transposed convolution whose output has a size of its own, by `output_shape` or by `auto_pad`, which then is
 * the input's times the stride.
 */
function bySize({ attributes, inputShape }: Translation, window: ReadWindow, extra: readonly number[]) {
  const axes = window.kernel.length;
  const kind = attributes.word('auto_pad', ['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER']);
  const sizes = attributes.wholes('output_shape', []).slice(-axes);
  if (sizes.length === 0 && !kind.startsWith('SAME')) return { window, outputPadding: extra };
  const outputPadding = [...extra];
  const padding = window.kernel.map((length, axis): readonly [number, number] => {
    const stride = window.stride[axis];
    const reach = stride * (inputShape[1 + axis] - 1) + window.dilation[axis] * (length - 1) + 1;
    const total = reach + extra[axis] - (sizes[axis] ?? inputShape[1 + axis] * stride);
    // What is larger than the windows reach is filled up behind.
    if (total < 0) outputPadding[axis] -= total;
    const less = Math.floor(Math.max(0, total) / 2);
    return kind === 'SAME_UPPER' ? [less, Math.max(0, total) - less] : [Math.max(0, total) - less, less];
  });
  return { window: { ...window, padding }, outputPadding };
}

/** With the options of the convolution itself, where a sum stands behind it. */
function atConvolution(translation: Translation): Translation {
  const { node, attributes } = translation;
  const convolution = node.roles?.nodes.get('Conv') ?? node.roles?.nodes.get('ConvTranspose');
  return { ...translation, attributes: convolution?.attributes ?? attributes };
}

interface Convolution {
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;
  readonly groups: number;
  readonly window: ReadWindow;
}

/** Weight, bias and window, checked against the channels; `outAxis` is the axis of the weight that the bias goes with. */
function readConvolution(translation: Translation, outAxis: 0 | 1): Convolution {
  const { node, attributes, inputShape, shelf } = translation;
  const names = node.roles
    ? { weight: node.roles.constants.get('weight'), bias: node.roles.constants.get('bias') }
    : undefined;
  const filters = shelf.constant(node.label, names ? names.weight : node.inputs[1], 'weight');
  const biasName = names ? names.bias : node.inputs[2];
  const axes = filters.shape.length - 2;
  if (axes < 1 || axes > 3 || inputShape.length !== axes + 1) {
    throw otherShape(
      translation,
      `[channels, …], for a weight of ${formatShape(filters.shape.slice(0, 8))} with 1 to 3 spatial axes`,
    );
  }
  const groups = attributes.whole('group', 1);
  const channels = filters.shape[1 - outAxis] * (outAxis === 0 ? groups : 1);
  const out = filters.shape[outAxis] * (outAxis === 0 ? 1 : groups);
  if (
    groups < 1 ||
    channels !== inputShape[0] ||
    filters.shape.includes(0) ||
    out % groups !== 0 ||
    channels % groups !== 0
  ) {
    throw new OnnxError({
      operation: node.label,
      got: `inputs of shape ${formatShape(inputShape)}, a weight of ${formatShape(filters.shape)} and ${groups} groups`,
      wanted: 'a weight and groups that fit the channels',
      remedy: 'Check that the file is whole',
    });
  }
  const window = padded(translation, readWindow(translation, axes, filters.shape.slice(2)));
  const weight = shelf.weight(node.label, filters, filters.shape);
  const bias = biasName ? biasOf(translation, biasName, out) : undefined;
  return { weight, bias, groups, window };
}

/** One number for each channel that comes out: by itself, or with ones for the spatial axes, as it stands in a sum. */
function biasOf({ node, shelf }: Translation, name: string, out: number): Tensor {
  const constant = shelf.constant(node.label, name, 'bias');
  return node.roles?.nodes.has('sum') ? shelf.reshaped(constant, [out]) : shelf.weight(node.label, constant, [out]);
}

interface Shared {
  readonly outChannels: number;
  readonly groups: number;
  readonly bias: boolean;
  readonly initialiser: () => Tensor;
}

function layerOf({ kernel, stride, dilation, padding }: ReadWindow, shared: Shared): Layer {
  if (kernel.length === 1) {
    return new Conv1d({
      ...shared,
      kernelSize: kernel[0],
      stride: stride[0],
      dilation: dilation[0],
      padding: padding[0],
    });
  }
  if (kernel.length === 3) return new Conv3d({ ...shared, kernelSize: kernel, stride, dilation, padding });
  const images = { kernelSize: two(kernel), stride: two(stride), dilation: two(dilation), padding: two(padding) };
  return new Conv2d({ ...shared, ...images });
}

function transposedLayerOf(
  { kernel, stride, dilation, padding }: ReadWindow,
  { outputPadding, ...shared }: Shared & { readonly outputPadding: readonly number[] },
): Layer {
  if (kernel.length === 1) {
    const along = { kernelSize: kernel[0], stride: stride[0], dilation: dilation[0], padding: padding[0] };
    return new ConvTranspose1d({ ...shared, ...along, outputPadding: outputPadding[0] });
  }
  if (kernel.length === 3) {
    return new ConvTranspose3d({ ...shared, kernelSize: kernel, stride, dilation, padding, outputPadding });
  }
  const images = { kernelSize: two(kernel), stride: two(stride), dilation: two(dilation), padding: two(padding) };
  return new ConvTranspose2d({ ...shared, ...images, outputPadding: two(outputPadding) });
}

/** Throws unless the offsets and the factors are cut out of what the second convolution gives where they lie here. */
function checkSlices({ node, shelf }: Translation, wanted: Readonly<Record<string, readonly [number, number]>>): void {
  for (const [role, [start, end]] of Object.entries(wanted)) {
    const found = ['start', 'end', 'axes'].map((part) => {
      const constant = shelf.constant(node.label, node.roles?.constants.get(`${role}.${part}`), `slice's ${part}`);
      return shelf.number(node.label, constant);
    });
    if (found[0] !== start || found[1] !== end || found[2] !== 1) throw worksAlone(node.label);
  }
}

function worksAlone(label: string): OnnxError {
  return new OnnxError({
    operation: label,
    got: 'offsets that do not come from a convolution of the same inputs and the same window',
    wanted: 'a deformable convolution as DeformConv2d of tapegrad is',
    remedy: 'Replace the layer before the export',
  });
}
