import { formatShape } from '@tapegrad/core';
import {
  Add,
  Clamp,
  Divide,
  Elementwise,
  type JoinLayer,
  MatrixProduct,
  Maximum,
  Minimum,
  Multiply,
  Permute,
  Power,
  Subtract,
} from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { affine, type Beside, beside, oneNumber } from './constants.ts';
import { dense } from './dense.ts';
import { type Joining, otherShape, recipe, type Step, type Translate, type Translation } from './translate.ts';

/** Arithmetic of two values or more, or of a value and constants, by operation. */
export const arithmetic: Readonly<Record<string, Translate>> = {
  Add: (translation) =>
    ofTwo(
      translation,
      () => new Add(),
      (constant) => affine(translation, constant, { bias: constant.numbers }),
    ),
  Sub: (translation) =>
    ofTwo(
      translation,
      () => new Subtract(),
      (constant) => affine(translation, constant, { bias: constant.numbers.map((number) => -number) }),
      (constant) => affine(translation, constant, { weight: constant.numbers.map(() => -1), bias: constant.numbers }),
    ),
  Mul: (translation) => {
    const { node, data } = translation;
    const isSquare = data.length === 2 && node.inputs[0] === node.inputs[1];
    if (isSquare) return elementwise('square');
    return ofTwo(
      translation,
      () => new Multiply(),
      (constant) => affine(translation, constant, { weight: constant.numbers }),
    );
  },
  Div: (translation) =>
    ofTwo(
      translation,
      () => new Divide(),
      (constant) => affine(translation, constant, { weight: constant.numbers.map((number) => 1 / number) }),
      (constant) => then(elementwise('reciprocal'), affine(translation, constant, { weight: constant.numbers })),
    ),
  Pow: (translation) => {
    const { node, data } = translation;
    if (data.length > 1) throw notOneNumber(translation, 'an exponent that depends on the inputs');
    const constant = beside(translation, node.inputs[1 - data[0].index]);
    const number = oneNumber(constant);
    if (number === undefined) throw notOneNumber(translation, 'several exponents');
    if (data[0].index === 0) return power(number);
    // c^x = e^(x·ln c)
    const scaled = affine(translation, { shape: [], isFixed: true }, { weight: Float64Array.of(Math.log(number)) });
    return then(scaled, elementwise('exp'));
  },
  Max: (translation) => bounded(translation, () => new Maximum(), 'min'),
  Min: (translation) => bounded(translation, () => new Minimum(), 'max'),
  Sum: (translation) => {
    const { data } = translation;
    return data.length === 1 && translation.node.inputs.length === 1
      ? undefined
      : ofTwo(
          translation,
          () => new Add(),
          (constant) => affine(translation, constant, { bias: constant.numbers }),
        );
  },
  Mean: (translation) => {
    const { node, data } = translation;
    if (data.length !== node.inputs.length) throw notOneNumber(translation, 'a mean with a constant');
    const share = affine(translation, { shape: [], isFixed: true }, { weight: Float64Array.of(1 / data.length) });
    return data.length === 1
      ? undefined
      : then(
          joined(translation, () => new Add()),
          share,
        );
  },
  MatMul: (translation) => {
    const { node, data, inputShape, shelf } = translation;
    if (data.length === 2) {
      if (inputShape.length < 2) throw otherShape(translation, 'matrices, [rows, columns], on both sides');
      return joined(translation, () => new MatrixProduct());
    }
    const roles = node.roles?.constants;
    if (data[0].index === 0) {
      return dense(translation, { weight: roles ? roles.get('weight') : node.inputs[1], bias: roles?.get('bias') });
    }
    // W·x is (xᵀ·Wᵀ)ᵀ.
    const weight = shelf.constant(node.label, node.inputs[0], 'weight');
    const rank = inputShape.length + 1;
    if (rank < 3 || weight.shape.length !== 2) throw otherShape(translation, 'matrices behind a weight [rows, inner]');
    const order = [...Array(rank - 2).keys(), rank - 1, rank - 2];
    const turn = () => recipe(() => new Permute({ order }));
    const turned = { ...translation, inputShape: order.slice(1).map((axis) => inputShape[axis - 1]) };
    return [turn(), dense(turned, { weight: node.inputs[0], isTransposed: true }), turn()];
  },
};

/** A join of two values, or what a constant makes of one: `behind` it, or, where the order counts, before it. */
function ofTwo(
  translation: Translation,
  make: () => JoinLayer,
  behind: (constant: Beside) => readonly Step[],
  before: (constant: Beside) => readonly Step[] = behind,
): Step | readonly Step[] | undefined {
  const { node, data } = translation;
  if (data.length === node.inputs.length && data.length >= 2) return joined(translation, make);
  if (node.inputs.length !== 2) throw notOneNumber(translation, `${node.inputs.length} inputs, some of them constants`);
  const constant = beside(translation, node.inputs[1 - data[0].index]);
  return data[0].index === 0 ? behind(constant) : before(constant);
}

/** The larger or smaller of some values, or of a value and a number. */
function bounded(translation: Translation, make: () => JoinLayer, bound: 'min' | 'max'): Step | undefined {
  const { node, data } = translation;
  if (data.length === node.inputs.length) return data.length === 1 ? undefined : joined(translation, make);
  const number = node.inputs.length === 2 ? oneNumber(beside(translation, node.inputs[1 - data[0].index])) : undefined;
  if (number === undefined) throw notOneNumber(translation, 'several bounds');
  return recipe(() => new Clamp({ [bound]: number }));
}

/**
 * A layer of several inputs.
 *
 * @throws OnnxError when they have not as many axes: then the batch of one would meet another axis of the other
 */
export function joined({ node, data }: Translation, join: () => JoinLayer): Joining {
  if (data.every(({ shape }) => shape.length === data[0].shape.length)) return { join };
  const shapes = data.slice(0, 4).map(({ shape }) => formatShape(shape));
  throw new OnnxError({
    operation: node.label,
    got: `values of shape ${shapes.join(' and ')}, without the batch axis`,
    wanted: 'values of as many axes, the batch axis in front',
    remedy: 'Reshape one of them before the export',
  });
}

function power(exponent: number): Step | undefined {
  if (exponent === 1) return undefined;
  if (exponent === 2) return elementwise('square');
  if (exponent === 0.5) return elementwise('sqrt');
  return exponent === -1 ? elementwise('reciprocal') : recipe(() => new Power({ exponent }));
}

function elementwise(operation: 'exp' | 'reciprocal' | 'sqrt' | 'square'): Step {
  return recipe(() => new Elementwise({ operation }));
}

function then(...steps: readonly (Step | readonly Step[])[]): readonly Step[] {
  return steps.flat();
}

function notOneNumber({ node }: Translation, got: string): OnnxError {
  return new OnnxError({
    operation: node.label,
    got,
    wanted: 'values that depend on the inputs, or one number',
    remedy: 'Replace the layer before the export',
  });
}
