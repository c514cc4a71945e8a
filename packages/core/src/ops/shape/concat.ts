import { ShapeError } from '../../errors.ts';
import { checkList } from '../../kinds.ts';
import { between, type FormulaTable, formula, isOneWhere, letter, structural } from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import { operands, record } from '../../tape/record.ts';
import type { TensorLike } from '../../tensor/create.ts';
import { formatShape, resolveAxis, sameShape } from '../../tensor/shape.ts';
import { assign, restride, viewOf } from '../../tensor/strided.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { reshape } from './reshape.ts';
import { type Range, slice } from './slice.ts';

export interface ConcatOptions {
  /** The axis along which the parts lie. Default: 0. */
  readonly axis?: number;
}

const concatOptions: OptionNames<ConcatOptions> = { axis: 'optional' };

/**
 * y = the parts, one behind the other along `axis` (default 0). Each part gets its own piece of the cotangent.
 *
 * @example concat([[[1, 2]], [[3, 4]]], { axis: 1 }) // [[1, 2, 3, 4]]
 * @throws ShapeError when there is no part, or they differ in more than the length of that axis
 */
export function concat(parts: readonly TensorLike[], options: ConcatOptions = {}, ...surplus: []): Tensor {
  checkSurplus('concat', surplus);
  const { axis = 0 } = checkOptions('concat', options, concatOptions);
  const inputs: Record<string, Tensor> = operands('concat', named('concat', parts));
  const tensors = Object.values(inputs);
  if (tensors.length === 0) throw noParts('concat');
  const along = resolveAxis('concat', axis, tensors[0].rank);
  const rest = (x: Tensor): string => formatShape(x.shape.with(along, 0));
  if (tensors.some((x) => x.rank !== tensors[0].rank || rest(x) !== rest(tensors[0]))) {
    throw misfit('concat', tensors, `shapes that are equal but for axis ${along}`);
  }
  const ends: number[] = [];
  for (const x of tensors) ends.push((ends.at(-1) ?? 0) + x.shape[along]);
  const shape = tensors[0].shape.with(along, ends[ends.length - 1]);
  const rangeOf = (index: number): Range[] =>
    shape.map((_, other) => (other === along ? [ends[index] - tensors[index].shape[along], ends[index]] : null));
  return record({
    operation: 'concat',
    inputs,
    attributes: { axis: along },
    shape,
    value: (numbers) => {
      const y = viewOf(numbers, shape);
      tensors.forEach((x, index) => {
        assign(restride(y, x.shape, y.stride, (ends[index] - x.shape[along]) * y.stride[along]), x.view);
      });
    },
    vjps: Object.fromEntries(tensors.map((_, index) => [`x${index}`, (g: Tensor) => slice(g, rangeOf(index))])),
  });
}

/**
 * y = the parts side by side along a new axis (default 0).
 *
 * @example stack([[1, 2], [3, 4]]) // [[1, 2], [3, 4]]
 * @throws ShapeError when there is no part, or their shapes differ
 */
export function stack(parts: readonly TensorLike[], options: ConcatOptions = {}, ...surplus: []): Tensor {
  checkSurplus('stack', surplus);
  const { axis = 0 } = checkOptions('stack', options, concatOptions);
  const tensors = Object.values(operands('stack', named('stack', parts)));
  if (tensors.length === 0) throw noParts('stack');
  const at = resolveAxis('stack', axis, tensors[0].rank + 1);
  if (tensors.some((x) => !sameShape(x.shape, tensors[0].shape))) throw misfit('stack', tensors, 'equal shapes');
  return concat(
    tensors.map((x) => reshape(x, x.shape.toSpliced(at, 0, 1))),
    { axis: at },
  );
}

/** The parts by name: `x0`, `x1`, … */
function named(operation: string, parts: readonly TensorLike[]): Record<string, TensorLike> {
  checkList(operation, 'parts', parts, {
    wanted: 'a list of tensors',
    remedy: 'Put the parts into one list: `[a, b]`',
  });
  return Object.fromEntries(Array.from(parts, (part, index) => [`x${index}`, part]));
}

function noParts(operation: string): ShapeError {
  return new ShapeError({
    operation,
    got: 'no parts',
    wanted: 'at least one tensor',
    remedy: 'Check how the list was made',
  });
}

function misfit(operation: string, tensors: readonly Tensor[], wanted: string): ShapeError {
  return new ShapeError({
    operation,
    got: `parts of shapes ${tensors.map((x) => formatShape(x.shape)).join(', ')}`,
    wanted,
    remedy: 'Reshape or slice the odd one',
  });
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  concat: ({ attributes, inputs }) => {
    const parts = Object.keys(inputs).map((name) => [name, letter(name)] as const);
    const all = formula(parts.map(([name]) => name).join(', '), parts.map(([, { latex }]) => latex).join(', '));
    return structural({
      value: between('y = ', all, `, one behind the other along axis ${String(attributes.axis)}`),
      inputs: Object.fromEntries(
        parts.map(([name, x]) => [
          name,
          {
            derivative: isOneWhere(x, 'i is where k was put'),
            product: formula(`the piece of g for ${name}`, `g \\text{, the piece for } ${x.latex}`),
          },
        ]),
      ),
      inWords: 'Each part gets its own piece of the cotangent.',
    });
  },
};
