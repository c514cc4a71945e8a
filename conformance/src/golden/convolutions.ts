import {
  conv1d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  deformConv2d,
  type Padding,
  pad,
  reshape,
  type Tensor,
} from '@tapegrad/core';
import type { Attributes } from '../attributes.ts';
import type { Arguments } from '../numeric/arguments.ts';
import type { NumericOp } from '../numeric/numericCase.ts';
import { MalformedCase } from '../outcome.ts';
import { readPairs } from './shapes.ts';

/** The convolutions besides `conv2d`, of `[batch, channels, ...spatial]` or of a single input without the batch axis. */
export const convolutions: Readonly<Record<string, NumericOp>> = {
  conv1d: (inputs) => {
    const [stride] = readAxes(inputs.attributes, 'stride', 1, 1);
    const [dilation] = readAxes(inputs.attributes, 'dilation', 1, 1);
    const padding = readPadding(inputs.attributes, 1);
    const sides = typeof padding === 'object' ? padding[0] : padding;
    return convolved(inputs, 1, (x, weight, shared) =>
      conv1d(x, weight, { ...shared, stride, dilation, padding: sides }),
    );
  },
  conv3d: (inputs) => {
    const stride = readAxes(inputs.attributes, 'stride', 3, 1);
    const dilation = readAxes(inputs.attributes, 'dilation', 3, 1);
    const padding = readPadding(inputs.attributes, 3);
    return convolved(inputs, 3, (x, weight, shared) => conv3d(x, weight, { ...shared, stride, dilation, padding }));
  },
  conv_transpose1d: (inputs) => {
    const [stride, dilation, padding, outputPadding] = readTransposed(inputs.attributes, 1).map(([number]) => number);
    return convolved(inputs, 1, (x, weight, shared) =>
      convTranspose1d(x, weight, { ...shared, stride, dilation, padding, outputPadding }),
    );
  },
  conv_transpose2d: (inputs) => {
    const [stride, dilation, padding, outputPadding] = readTransposed(inputs.attributes, 2).map(asPair);
    return convolved(inputs, 2, (x, weight, shared) =>
      convTranspose2d(x, weight, { ...shared, stride, dilation, padding, outputPadding }),
    );
  },
  conv_transpose3d: (inputs) => {
    const [stride, dilation, padding, outputPadding] = readTransposed(inputs.attributes, 3);
    return convolved(inputs, 3, (x, weight, shared) =>
      convTranspose3d(x, weight, { ...shared, stride, dilation, padding, outputPadding }),
    );
  },
  deform_conv2d: (inputs) => {
    const { attributes } = inputs;
    const options = {
      stride: asPair(readAxes(attributes, 'stride', 2, 1)),
      padding: asPair(readAxes(attributes, 'padding', 2, 0)),
      dilation: asPair(readAxes(attributes, 'dilation', 2, 1)),
      offsetGroups: attributes.number('offset_groups') ?? 1,
      mask: inputs.optional('mask'),
    };
    return convolved(inputs, 2, (x, weight, shared) =>
      deformConv2d(x, inputs.tensor('offset'), weight, { ...shared, ...options }),
    );
  },
};

type Shared = { readonly bias: Tensor | undefined; readonly groups: number };

/** Calls `op` with what all convolutions have; an input without batch axis gets one, which the output loses again. */
function convolved(inputs: Arguments, axes: number, op: (x: Tensor, weight: Tensor, shared: Shared) => Tensor) {
  const { attributes } = inputs;
  const shared = { bias: inputs.optional('bias'), groups: attributes.number('groups') ?? 1 };
  const around = attributes.has('pre_pad') ? readPairs('pre_pad', attributes.raw('pre_pad')) : [];
  attributes.informational('pre_pad');
  const input = inputs.tensor('input');
  const isSingle = input.rank === axes + 1;
  const batch = isSingle ? reshape(input, [1, ...input.shape]) : input;
  const isPadded = around.flat().some((count) => count !== 0);
  const x = isPadded ? pad(batch, [[0, 0], [0, 0], ...around]) : batch;
  const output = op(x, inputs.tensor('weight'), shared);
  return { output: isSingle ? reshape(output, output.shape.slice(1)) : output };
}

/** A whole number for each axis, from as many of them or from one. */
function readAxes(attributes: Attributes, name: string, axes: number, fallback: number): number[] {
  const list = attributes.wholes(name) ?? [fallback];
  if (list.length === axes) return [...list];
  if (list.length === 1) return new Array<number>(axes).fill(list[0]);
  throw new MalformedCase(`${name} has ${list.length} numbers, for ${axes} axes`);
}

function readPadding(attributes: Attributes, axes: number): Exclude<Padding, number> {
  if (typeof attributes.raw('padding') === 'string') {
    return attributes.choice<'same' | 'valid'>('padding', ['same', 'valid'], 'valid');
  }
  return readAxes(attributes, 'padding', axes, 0);
}

function readTransposed(attributes: Attributes, axes: number): number[][] {
  return [
    readAxes(attributes, 'stride', axes, 1),
    readAxes(attributes, 'dilation', axes, 1),
    readAxes(attributes, 'padding', axes, 0),
    readAxes(attributes, 'output_padding', axes, 0),
  ];
}

function asPair([first, second]: readonly number[]): readonly [number, number] {
  return [first, second];
}
