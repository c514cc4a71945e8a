import { OnnxError } from '../errors.ts';
import type { Translation } from './translate.ts';

export interface ReadWindow {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  /** `[before, after]` for each axis. */
  readonly padding: readonly (readonly [before: number, after: number])[];
}

/** The window of a convolution or a pooling over `axes` axes. ONNX has all paddings before, then all behind. */
export function readWindow(
  { node, attributes, inputShape }: Pick<Translation, 'node' | 'attributes' | 'inputShape'>,
  axes: number,
  weightKernel?: readonly number[],
): ReadWindow {
  const ones = new Array<number>(axes).fill(1);
  const kernel = attributes.wholes('kernel_shape', weightKernel ?? [], axes);
  const stride = attributes.wholes('strides', ones, axes);
  const dilation = attributes.wholes('dilations', ones, axes);
  const pads = attributes.wholes('pads', [...ones, ...ones].fill(0), 2 * axes);
  const kind = attributes.word('auto_pad', ['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER']);
  if (weightKernel && kernel.some((length, axis) => length !== weightKernel[axis])) {
    throw attributes.refuse(
      'kernel_shape',
      `[${kernel.join(', ')}]`,
      `[${weightKernel.join(', ')}], that of the weight`,
    );
  }
  if ([...kernel, ...stride, ...dilation].some((number) => number < 1) || pads.some((number) => number < 0)) {
    throw new OnnxError({
      operation: node.label,
      got: `kernel [${kernel}], strides [${stride}], dilations [${dilation}], pads [${pads}]`,
      wanted: 'sizes of at least 1, and padding of at least 0',
      remedy: 'Crop what is cut off before the layer',
    });
  }
  const padding = kernel.map((length, axis): readonly [number, number] => {
    if (kind === 'NOTSET') return [pads[axis], pads[axes + axis]];
    if (kind === 'VALID') return [0, 0];
    const size = inputShape[1 + axis];
    const reach = dilation[axis] * (length - 1) + 1;
    const total = Math.max(0, (Math.ceil(size / stride[axis]) - 1) * stride[axis] + reach - size);
    const less = Math.floor(total / 2);
    return kind === 'SAME_UPPER' ? [less, total - less] : [total - less, less];
  });
  return { kernel, stride, dilation, padding };
}

/** The window with the padding of a node that stands before it and is one layer with it. */
export function padded({ node, shelf }: Translation, window: ReadWindow): ReadWindow {
  const pad = node.roles?.nodes.get('Pad');
  if (!pad) return window;
  const listed = shelf.optional(node.label, node.roles?.constants.get('pads'), 'list of pads');
  const pads = listed ? shelf.wholes(node.label, listed) : pad.attributes.wholes('pads', []);
  for (const name of ['mode', 'value']) pad.attributes.ignore(name);
  const rank = window.kernel.length + 2;
  const padding = window.padding.map(([before, after], axis): readonly [number, number] => {
    return [before + pads[axis + 2], after + pads[axis + 2 + rank]];
  });
  return { ...window, padding };
}

/** Two numbers of a list, for options of images. */
export function two<Value>([vertical, horizontal]: readonly Value[]): readonly [Value, Value] {
  return [vertical, horizontal];
}
