import {
  add,
  broadcastTo,
  concat,
  einsum,
  matmul,
  multiply,
  pad,
  type Range,
  reshape,
  slice,
  type Tensor,
  transpose,
} from '@tapegrad/core';
import { broadcastShapes, resolveAxis, sizeOf } from '@tapegrad/core/authors';
import { reversed } from '../numeric/indices.ts';
import { MalformedCase } from '../outcome.ts';
import { constant } from './constant.ts';
import type { Node, OnnxOp } from './node.ts';

/** Matrix products, and operators that only move numbers. */
export const shapes: Readonly<Record<string, OnnxOp>> = {
  Constant: constant,
  Identity: (node) => node.like(node.tensor(0)),
  MatMul: (node) => node.like(matmul(node.tensor(0), node.tensor(1))),
  Einsum: (node) => {
    const equation = node.attributes.text('equation');
    if (equation === undefined) throw new MalformedCase('Einsum without an equation');
    return node.like(einsum(equation, ...node.inputs().map(({ tensor }) => tensor)));
  },
  // y = α·A'·B' + β·C, where a dash is a transpose if asked for.
  Gemm: (node) => {
    const { attributes } = node;
    if (node.opset < 7) attributes.flag('broadcast');
    const a = attributes.flag('transA') ? transpose(node.tensor(0)) : node.tensor(0);
    const b = attributes.flag('transB') ? transpose(node.tensor(1)) : node.tensor(1);
    const product = multiply(matmul(a, b), attributes.number('alpha') ?? 1);
    const beta = attributes.number('beta') ?? 1;
    return node.like(node.optional(2) ? add(product, multiply(node.tensor(2), beta)) : product);
  },
  Concat: (node) => {
    const axis = node.attributes.number('axis') ?? (node.opset < 4 ? 1 : undefined);
    if (axis === undefined) throw new MalformedCase('Concat without an axis');
    const parts = node.inputs().map(({ tensor }) => tensor);
    return node.like(concat(parts, axis));
  },
  Expand: (node) => {
    const x = node.tensor(0);
    const shape = broadcastShapes('Expand', { x: x.shape, shape: node.wholes(1) ?? [] });
    return node.like(broadcastTo(x, shape));
  },
  Flatten: (node) => {
    const x = node.tensor(0);
    const axis = node.attributes.number('axis') ?? 1;
    const from = axis < 0 ? axis + x.rank : axis;
    return node.like(reshape(x, [sizeOf(x.shape.slice(0, from)), sizeOf(x.shape.slice(from))]));
  },
  Reshape: (node) => {
    const x = node.tensor(0);
    const wanted = node.wholesOrAttribute(1, 'shape') ?? [];
    const keepsZeros = node.attributes.flag('allowzero');
    return node.like(
      reshape(
        x,
        wanted.map((length, axis) => (length === 0 && !keepsZeros ? x.shape[axis] : length)),
      ),
    );
  },
  Transpose: (node) => node.like(transpose(node.tensor(0), node.attributes.wholes('perm'))),
  Unsqueeze: (node) => {
    const x = node.tensor(0);
    const axes = node.wholesOrAttribute(1, 'axes') ?? [];
    const rank = x.rank + axes.length;
    const added = new Set(axes.map((axis) => resolveAxis('Unsqueeze', axis, rank)));
    const lengths = [...x.shape];
    return node.like(
      reshape(
        x,
        Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (lengths.shift() ?? 1))),
      ),
    );
  },
  Squeeze: (node) => {
    const x = node.tensor(0);
    const axes = node.wholesOrAttribute(1, 'axes')?.map((axis) => resolveAxis('Squeeze', axis, x.rank));
    const dropped = x.shape.map((length, axis) => (axes ? axes.includes(axis) : length === 1));
    if (x.shape.some((length, axis) => dropped[axis] && length !== 1)) {
      throw new MalformedCase(`Squeeze of an axis that is longer than 1: [${x.shape.join(', ')}]`);
    }
    return node.like(
      reshape(
        x,
        x.shape.filter((_, axis) => !dropped[axis]),
      ),
    );
  },
  Slice: (node) => {
    const x = node.tensor(0);
    const starts = node.wholesOrAttribute(1, 'starts') ?? [];
    const ends = node.wholesOrAttribute(2, 'ends') ?? [];
    const axes = node.wholesOrAttribute(3, 'axes') ?? starts.map((_, axis) => axis);
    const steps = node.wholes(4) ?? starts.map(() => 1);
    return node.like(axes.reduce((sliced, axis, at) => sliceAlong(sliced, axis, starts[at], ends[at], steps[at]), x));
  },
  Pad: (node) => {
    const x = node.tensor(0);
    node.attributes.choice('mode', ['constant'], 'constant');
    const pads = node.wholesOrAttribute(1, node.attributes.has('paddings') ? 'paddings' : 'pads') ?? [];
    const value = node.scalar(2) ?? node.attributes.number('value') ?? 0;
    const axes = (node.wholes(3) ?? x.shape.map((_, axis) => axis)).map((axis) => resolveAxis('Pad', axis, x.rank));
    if (pads.length !== 2 * axes.length)
      throw new MalformedCase(`Pad with ${pads.length} counts for ${axes.length} axes`);
    const pairs = x.shape.map((_, axis): [number, number] => {
      const at = axes.indexOf(axis);
      return at === -1 ? [0, 0] : [pads[at], pads[at + axes.length]];
    });
    return node.like(pad(x, pairs, value));
  },
  Split: (node: Node) => {
    const x = node.tensor(0);
    const axis = resolveAxis('Split', node.attributes.number('axis') ?? 0, x.rank);
    const count = node.attributes.number('num_outputs') ?? node.outputCount;
    const each = Math.ceil(x.shape[axis] / count);
    const lengths = node.wholesOrAttribute(1, 'split') ?? new Array<number>(count).fill(each);
    let end = 0;
    return lengths.flatMap((length) => {
      end += length;
      return node.like(slice(x, onAxis(x, axis, [end - length, end])));
    });
  },
};

/** One axis of x from `start` to `end`; with a negative step from behind, which is a slice forwards in reverse order. */
function sliceAlong(x: Tensor, givenAxis: number, start: number, end: number, step: number): Tensor {
  const axis = resolveAxis('Slice', givenAxis, x.rank);
  if (step === 0) throw new MalformedCase('Slice with a step of 0');
  if (step > 0) return slice(x, onAxis(x, axis, [start, end, step]));
  const length = x.shape[axis];
  const hold = (index: number): number => Math.min(length - 1, Math.max(-1, index < 0 ? index + length : index));
  const [from, to] = [hold(start), hold(end)];
  const count = Math.max(0, Math.ceil((from - to) / -step));
  const lowest = from + (count - 1) * step;
  return reversed(slice(x, onAxis(x, axis, count === 0 ? [0, 0] : [lowest, from + 1, -step])), axis);
}

function onAxis(x: Tensor, axis: number, range: Range): Range[] {
  return x.shape.map((_, other) => (other === axis ? range : null));
}
