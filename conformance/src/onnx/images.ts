import { avgPool2d, maxPool2d, maxPool2dWithPlaces, mean, type Padding } from '@tapegrad/core';
import { MalformedCase, Unsupported } from '../outcome.ts';
import { tensorOf } from './constant.ts';
import type { Node, OnnxOp } from './node.ts';

/** Pooling of images `[N, C, H, W]`; other numbers of spatial axes are not built yet. */
export const images: Readonly<Record<string, OnnxOp>> = {
  MaxPool: (node) => {
    const x = node.tensor(0);
    const options = { ...readWindow(node), ceilMode: node.attributes.flag('ceil_mode') };
    const isColumnMajor = node.attributes.flag('storage_order');
    const { output, places } = maxPool2dWithPlaces(x, options);
    if (node.outputCount < 2) return node.like(output);
    const [, , height, width] = x.shape;
    const perPlane = output.shape[2] * output.shape[3];
    const indices = Array.from(places, (place, at) => {
      const inPlane = isColumnMajor ? (place % width) * height + Math.floor(place / width) : place;
      return Math.floor(at / perPlane) * height * width + inPlane;
    });
    return [...node.like(output), { tensor: tensorOf(indices, output.shape), dtype: 'int64' }];
  },
  AveragePool: (node) => {
    const { dilation, ...options } = readWindow(node);
    if (dilation.some((distance) => distance !== 1))
      throw new Unsupported(`option dilations = [${dilation.join(', ')}]`);
    return node.like(
      avgPool2d(node.tensor(0), {
        ...options,
        ceilMode: node.attributes.flag('ceil_mode'),
        countIncludePad: node.attributes.flag('count_include_pad'),
      }),
    );
  },
  GlobalAveragePool: (node) => {
    checkImages(node);
    return node.like(mean(node.tensor(0), { axes: [2, 3], keepDims: true }));
  },
  GlobalMaxPool: (node) => {
    checkImages(node);
    const [, , height, width] = node.tensor(0).shape;
    return node.like(maxPool2d(node.tensor(0), { kernelSize: [height, width] }));
  },
};

type Two = readonly [number, number];

/** The window attributes; `pads` is `[top, left, bottom, right]`, and `auto_pad` works them out. */
function readWindow(node: Node) {
  checkImages(node);
  const { attributes } = node;
  const kernelSize = asPair('kernel_shape', node.attributes.wholes('kernel_shape'));
  const stride = readPair(node, 'strides') ?? ([1, 1] as const);
  const dilation = readPair(node, 'dilations') ?? ([1, 1] as const);
  const kinds = ['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'] as const;
  const kind = attributes.choice('auto_pad', kinds, 'NOTSET');
  const pads = attributes.wholes('pads') ?? [0, 0, 0, 0];
  if (pads.length !== 4) throw new MalformedCase(`pads has ${pads.length} numbers, wanted 4`);
  const sides = [0, 1].map((axis): Two => {
    if (kind === 'NOTSET') return [pads[axis], pads[axis + 2]];
    if (kind === 'VALID') return [0, 0];
    const length = node.tensor(0).shape[axis + 2];
    const reach = dilation[axis] * (kernelSize[axis] - 1) + 1;
    const total = Math.max(0, (Math.ceil(length / stride[axis]) - 1) * stride[axis] + reach - length);
    const less = Math.floor(total / 2);
    return kind === 'SAME_UPPER' ? [less, total - less] : [total - less, less];
  });
  const padding: Padding = [sides[0], sides[1]];
  return { kernelSize, stride, dilation, padding };
}

function readPair(node: Node, name: string): Two | undefined {
  const list = node.attributes.wholes(name);
  return list && asPair(name, list);
}

function asPair(what: string, list: readonly number[] | undefined): Two {
  if (list?.length !== 2) throw new MalformedCase(`${what} has ${list?.length ?? 'no'} lengths, wanted 2`);
  return [list[0], list[1]];
}

function checkImages(node: Node): void {
  const axes = node.tensor(0).rank - 2;
  if (axes !== 2) throw new Unsupported(`${axes}-D ${node.op} not built yet`);
}
