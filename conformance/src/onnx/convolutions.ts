import {
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  deformConv2d,
  type Tensor,
} from '@tapegrad/core';
import { MalformedCase, Unsupported } from '../outcome.ts';
import type { Node, OnnxOp } from './node.ts';

/** Convolutions of `[N, C, ...spatial]`. */
export const convolutions: Readonly<Record<string, OnnxOp>> = {
  Conv: (node) => {
    const [x, weight] = [node.tensor(0), node.tensor(1)];
    const { stride, dilation, sides } = readWindow(node, weight, (axis, { stride, reach }) => {
      return Math.max(0, (Math.ceil(x.shape[axis + 2] / stride) - 1) * stride + reach - x.shape[axis + 2]);
    });
    const shared = { bias: optional(node, 2), groups: readGroups(node) };
    if (stride.length === 1) {
      const alongside = { stride: stride[0], dilation: dilation[0], padding: sides[0] };
      return node.like(conv1d(x, weight, { ...shared, ...alongside }));
    }
    if (stride.length === 3) return node.like(conv3d(x, weight, { ...shared, stride, dilation, padding: sides }));
    return node.like(conv2d(x, weight, { ...shared, ...asImages(node, { stride, dilation, sides }) }));
  },
  ConvTranspose: (node) => {
    const [x, weight] = [node.tensor(0), node.tensor(1)];
    const outputPadding = perAxis(node, 'output_padding', 0);
    const outputShape = readOutputShape(node);
    const shared = { bias: optional(node, 2), groups: readGroups(node) };
    const window = readWindow(node, weight, (axis, { stride, reach }) => {
      const length = outputShape?.[axis] ?? x.shape[axis + 2] * stride;
      return Math.max(0, (x.shape[axis + 2] - 1) * stride + outputPadding[axis] + reach - length);
    });
    const { stride, dilation, sides, kernel } = window;
    // What is still missing to the shape that is asked for stands at the end.
    const shortest = sides.map(([before, after], axis) => {
      return (x.shape[axis + 2] - 1) * stride[axis] - before - after + dilation[axis] * (kernel[axis] - 1) + 1;
    });
    const isSame = node.attributes.text('auto_pad')?.startsWith('SAME') ?? false;
    const added = outputPadding.map((count, axis) => {
      const wanted = outputShape?.[axis] ?? (isSame ? x.shape[axis + 2] * stride[axis] : undefined);
      return wanted === undefined ? count : wanted - shortest[axis];
    });
    if (added.some((count, axis) => count < 0 || count >= Math.max(stride[axis], dilation[axis]))) {
      throw new Unsupported(`an output of [${shortest.map((length, axis) => length + added[axis]).join(', ')}]`);
    }
    if (stride.length === 1) {
      const alongside = { stride: stride[0], dilation: dilation[0], padding: sides[0], outputPadding: added[0] };
      return node.like(convTranspose1d(x, weight, { ...shared, ...alongside }));
    }
    if (stride.length === 3) {
      return node.like(
        convTranspose3d(x, weight, { ...shared, stride, dilation, padding: sides, outputPadding: added }),
      );
    }
    const images = asImages(node, window);
    return node.like(convTranspose2d(x, weight, { ...shared, ...images, outputPadding: [added[0], added[1]] }));
  },
  DeformConv: (node) => {
    const [x, weight, offset] = [node.tensor(0), node.tensor(1), node.tensor(2)];
    const window = readWindow(node, weight);
    const offsetGroups = node.attributes.number('offset_group') ?? 1;
    const shared = { bias: optional(node, 3), mask: optional(node, 4), groups: readGroups(node), offsetGroups };
    return node.like(deformConv2d(x, offset, weight, { ...shared, ...asImages(node, window) }));
  },
};

type Two = readonly [number, number];

interface Window {
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  /** `[before, after]` for each axis. */
  readonly sides: readonly Two[];
  readonly kernel: readonly number[];
}

/** How much padding there is in all along an axis, where `auto_pad` is SAME_… or an output shape is given. */
type TotalPadding = (axis: number, moves: { readonly stride: number; readonly reach: number }) => number;

/** The window attributes; `pads` is all beginnings, then all ends, unless something else decides on the padding. */
function readWindow(node: Node, weight: Tensor, total?: TotalPadding): Window {
  const { attributes } = node;
  const kernel = weight.shape.slice(2);
  const axes = node.tensor(0).rank - 2;
  if (axes < 1 || axes > 3 || kernel.length !== axes) throw new Unsupported(`${axes}-D ${node.op} not built yet`);
  const kernelShape = attributes.wholes('kernel_shape') ?? kernel;
  if (kernelShape.length !== axes || kernel.some((length, axis) => length !== kernelShape[axis])) {
    throw new MalformedCase(`kernel_shape [${kernelShape.join(', ')}] for a weight of [${weight.shape.join(', ')}]`);
  }
  const stride = perAxis(node, 'strides', 1);
  const dilation = perAxis(node, 'dilations', 1);
  const pads = attributes.wholes('pads') ?? new Array<number>(2 * axes).fill(0);
  if (pads.length !== 2 * axes) throw new MalformedCase(`pads has ${pads.length} numbers, wanted ${2 * axes}`);
  const kinds = total ? (['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'] as const) : (['NOTSET'] as const);
  const kind = attributes.choice('auto_pad', kinds, 'NOTSET');
  const isShaped = node.op === 'ConvTranspose' && attributes.has('output_shape');
  const sides = stride.map((step, axis): Two => {
    if (total && (isShaped || kind === 'SAME_UPPER' || kind === 'SAME_LOWER')) {
      const all = total(axis, { stride: step, reach: dilation[axis] * (kernel[axis] - 1) + 1 });
      const less = Math.floor(all / 2);
      return kind === 'SAME_UPPER' ? [less, all - less] : [all - less, less];
    }
    return kind === 'VALID' ? [0, 0] : [pads[axis], pads[axis + axes]];
  });
  return { stride, dilation, sides, kernel };
}

function asImages(node: Node, { stride, dilation, sides }: Omit<Window, 'kernel'>) {
  if (stride.length !== 2) throw new Unsupported(`${stride.length}-D ${node.op} not built yet`);
  return {
    stride: [stride[0], stride[1]],
    dilation: [dilation[0], dilation[1]],
    padding: [sides[0], sides[1]],
  } as const;
}

function perAxis(node: Node, name: string, fallback: number): readonly number[] {
  const axes = node.tensor(0).rank - 2;
  const list = node.attributes.wholes(name) ?? new Array<number>(axes).fill(fallback);
  if (list.length !== axes) throw new MalformedCase(`${name} has ${list.length} numbers, wanted ${axes}`);
  return list;
}

/** The spatial part of `output_shape`, which old models give with batch and channels in front. */
function readOutputShape(node: Node): readonly number[] | undefined {
  const axes = node.tensor(0).rank - 2;
  const shape = node.attributes.wholes('output_shape');
  if (shape === undefined || shape.length === axes) return shape;
  if (shape.length === axes + 2) return shape.slice(2);
  throw new MalformedCase(`output_shape has ${shape.length} numbers, wanted ${axes}`);
}

function readGroups(node: Node): number {
  return node.attributes.number('group') ?? 1;
}

function optional(node: Node, index: number): Tensor | undefined {
  return node.optional(index) && node.tensor(index);
}
