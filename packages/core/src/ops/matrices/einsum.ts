import { ShapeError } from '../../errors.ts';
import { broadcastTo } from '../../tape/chain.ts';
import { operands } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { formatShape, sizeOf } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { sum } from '../reductions/sum.ts';
import { reshape } from '../shape/reshape.ts';
import { slice } from '../shape/slice.ts';
import { transpose } from '../shape/transpose.ts';
import { readEquation } from './einsumEquation.ts';
import { matmul } from './matmul.ts';

/** A tensor whose axes have names, one letter each (`…0`, `…1` for those of an ellipsis), all different. */
interface Labelled {
  readonly x: Tensor;
  readonly labels: readonly string[];
}

/**
 * Einstein's summation: each letter is an index, and what does not stand behind the arrow is summed over.
 *
 * `ij,jk->ik` is the matrix product, `bij,bjk->bik` that of a batch, `ij->ji` the transpose, `ii->i` the diagonal, `ii->`
 * the trace, `i,j->ij` the outer product. An ellipsis stands for any further axes, which broadcast. Without an arrow the
 * letters that occur once are kept, in alphabetical order, behind those of the ellipsis. As in NumPy and PyTorch.
 *
 * It is composed of transposes, sums and matrix products, two operands at a time from the left.
 *
 * @example einsum('ij,jk->ik', [[1, 2]], [[3], [4]]) // [[11]]
 * @throws ValueError when the equation cannot be read, or names another number of operands
 * @throws ShapeError when an operand has other axes than the equation says, or a letter stands for two lengths
 */
export function einsum(equation: string, ...parts: readonly TensorLike[]): Tensor {
  const inputs = Object.values(
    operands('einsum', Object.fromEntries(parts.map((part, index) => [`x${index}`, part]))),
  ) as Tensor[];
  const { terms, output } = readEquation(equation, inputs);
  checkLengths(equation, inputs, terms);
  const [first, ...rest] = inputs.map((x, index) => diagonals({ x, labels: terms[index] }));
  let result = first;
  rest.forEach((next, index) => {
    const wanted = new Set([...output, ...rest.slice(index + 1).flatMap(({ labels }) => labels)]);
    result = contract(result, next, wanted);
  });
  const { x, labels } = sumOver(result, (label) => !output.includes(label));
  return transpose(
    x,
    output.map((label) => labels.indexOf(label)),
  );
}

/** Takes the diagonal for every letter that stands twice: the two axes become one. */
function diagonals({ x, labels }: Labelled): Labelled {
  const second = labels.findIndex((label, axis) => labels.indexOf(label) < axis);
  if (second === -1) return { x, labels };
  const first = labels.indexOf(labels[second]);
  const others = labels.flatMap((_, axis) => (axis === first || axis === second ? [] : [axis]));
  const length = x.shape[first];
  const kept = others.map((axis) => x.shape[axis]);
  const square = reshape(transpose(x, [...others, first, second]), [...kept, length * length]);
  // In a flat square the diagonal is every (length + 1)th number.
  const diagonal = slice(square, [...others.map(() => null), [0, null, length + 1]]);
  return diagonals({ x: diagonal, labels: [...others.map((axis) => labels[axis]), labels[first]] });
}

/** The product of two tensors, summed over what is not wanted any more: one batched matrix product. */
function contract(one: Labelled, other: Labelled, wanted: ReadonlySet<string>): Labelled {
  const left = sumOver(one, (label) => !wanted.has(label) && !other.labels.includes(label));
  const right = sumOver(other, (label) => !wanted.has(label) && !one.labels.includes(label));
  const shared = left.labels.filter((label) => right.labels.includes(label));
  const batch = shared.filter((label) => wanted.has(label));
  const inner = shared.filter((label) => !wanted.has(label));
  const rows = left.labels.filter((label) => !shared.includes(label));
  const columns = right.labels.filter((label) => !shared.includes(label));
  const lengths = new Map<string, number>();
  for (const { x, labels } of [left, right]) {
    labels.forEach((label, axis) => {
      lengths.set(label, x.shape[axis] === 1 ? (lengths.get(label) ?? 1) : x.shape[axis]);
    });
  }
  const shapeOf = (labels: readonly string[]): number[] => labels.map((label) => lengths.get(label) ?? 1);
  const asMatrices = ({ x, labels }: Labelled, groups: readonly (readonly string[])[]): Tensor => {
    const order = groups.flat();
    const ordered = transpose(
      x,
      order.map((label) => labels.indexOf(label)),
    );
    return reshape(
      broadcastTo(ordered, shapeOf(order)),
      groups.map((group) => sizeOf(shapeOf(group))),
    );
  };
  const product = matmul(asMatrices(left, [batch, rows, inner]), asMatrices(right, [batch, inner, columns]));
  const labels = [...batch, ...rows, ...columns];
  return { x: reshape(product, shapeOf(labels)), labels };
}

function sumOver({ x, labels }: Labelled, isSummed: (label: string) => boolean): Labelled {
  const axes = labels.flatMap((label, axis) => (isSummed(label) ? [axis] : []));
  if (axes.length === 0) return { x, labels };
  return { x: sum(x, { axes }), labels: labels.filter((label) => !isSummed(label)) };
}

function checkLengths(equation: string, inputs: readonly Tensor[], terms: readonly (readonly string[])[]): void {
  const lengths = new Map<string, number>();
  terms.forEach((labels, index) => {
    labels.forEach((label, axis) => {
      const length = inputs[index].shape[axis];
      const before = lengths.get(label) ?? length;
      const isRepeatable = label.startsWith('…') && (length === 1 || before === 1);
      if (length !== before && !isRepeatable) throw twoLengths(equation, inputs, label, before, length);
      lengths.set(label, Math.max(before, length));
    });
  });
}

function twoLengths(
  equation: string,
  inputs: readonly Tensor[],
  label: string,
  one: number,
  other: number,
): ShapeError {
  const shapes = inputs.map(({ shape }) => formatShape(shape)).join(', ');
  return new ShapeError({
    operation: 'einsum',
    got: `'${equation}' with operands ${shapes}, where ${label} is ${one} and ${other}`,
    wanted: 'one length for each letter',
    remedy: 'Check the order of the letters',
  });
}
