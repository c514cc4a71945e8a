import { cast, formatShape, type Shape, type Tensor, tensor } from '@tapegrad/core';
import { sameShape, sizeOf } from '@tapegrad/core/authors';
import { Affine, Broadcast, Constant as ConstantLayer } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import type { Constant } from './numbers.ts';
import { type Recipe, recipe, type Translation } from './translate.ts';

/** What stands beside a value in an operation of two inputs. */
export interface Beside {
  readonly constant: Constant;
  /** Its shape without the batch axis, and without ones in front. */
  readonly shape: Shape;
  /** Its numbers, as float64. */
  readonly numbers: Float64Array;
  /** Whether it is not learnt: it stands in a node of its own, or is one number without axes. */
  readonly isFixed: boolean;
}

/**
 * The constant that is added to a value, or multiplied by it, and so on.
 *
 * @throws OnnxError when it has numbers for each example, or more axes than they have
 */
export function beside({ node, inputShape, shelf }: Translation, name: string): Beside {
  const constant = shelf.constant(node.label, name, 'second input');
  const first = constant.shape.findIndex((length) => length !== 1);
  const shape = first < 0 ? [] : constant.shape.slice(first);
  const offset = inputShape.length - shape.length;
  const rank = inputShape.length + 1;
  const fits =
    offset >= 0 &&
    shape.every((length, axis) => length === 1 || [1, length].includes(inputShape[axis + offset])) &&
    constant.shape.length <= rank;
  if (!fits) {
    throw new OnnxError({
      operation: node.label,
      got: `inputs of shape ${formatShape(inputShape)}, without the batch axis, and ${constant.name} of shape ${formatShape(constant.shape.slice(0, 8))}`,
      wanted: 'a constant that is broadcast with the inputs, the same for each example',
      remedy: 'Replace the layer before the export',
    });
  }
  const numbers = Float64Array.from(constant.read());
  shelf.spend(sizeOf(shape));
  return { constant, shape, numbers, isFixed: constant.isNode || constant.shape.length === 0 };
}

/**
 * A constant as a layer that gives it for each example, with as many axes as the values it meets.
 *
 * @throws OnnxError when it has more axes than they have, or other numbers for each example
 */
export function constantly({ node, inputShape, shelf }: Translation, name: string): Recipe {
  const constant = shelf.constant(node.label, name, 'second input');
  const missing = inputShape.length + 1 - constant.shape.length;
  const [examples, ...shape] = [...new Array<number>(Math.max(0, missing)).fill(1), ...constant.shape];
  const size = sizeOf(shape);
  shelf.spend(sizeOf(constant.shape));
  const numbers = missing >= 0 && examples > 0 ? constant.read() : new Float32Array(0);
  if (numbers.length > 0 && numbers.every((number, at) => number === numbers[at % size])) {
    const weight = cast(tensor(numbers.slice(0, size), { shape }), shelf.dtype);
    const isFixed = constant.isNode || constant.shape.length === 0;
    return { ...recipe(() => new ConstantLayer({ shape }), { weight }), isFixed };
  }
  throw new OnnxError({
    operation: node.label,
    got: `inputs of shape ${formatShape(inputShape)}, without the batch axis, and ${constant.name} of shape ${formatShape(constant.shape.slice(0, 8))}`,
    wanted: 'a constant of as many axes, the same for each example',
    remedy: 'Replace the layer before the export',
  });
}

/** The one number that a constant is; `undefined` for more. */
export function oneNumber({ numbers }: Beside): number | undefined {
  return numbers.length === 1 ? numbers[0] : undefined;
}

/**
 * y = weight·x + bias with these numbers; nothing for what changes nothing and is not learnt. A value that has the length 1 where
 * the constant is longer is repeated first.
 */
export function affine(
  { shelf, inputShape }: Translation,
  { shape, isFixed }: Pick<Beside, 'shape' | 'isFixed'>,
  { weight, bias }: { readonly weight?: Float64Array; readonly bias?: Float64Array },
): readonly Recipe[] {
  const offset = inputShape.length - shape.length;
  const whole = inputShape.map((length, axis) => Math.max(length, shape[axis - offset] ?? 1));
  const repeated = sameShape(whole, inputShape) ? [] : [recipe(() => new Broadcast({ shape: whole }))];
  shelf.spend(repeated.length * sizeOf(whole));
  const changes = weight?.some((number) => number !== 1) || bias?.some((number) => number !== 0);
  if (isFixed && !changes) return repeated;
  const given = (numbers: Float64Array | undefined): Tensor | undefined =>
    numbers && cast(tensor(numbers, { shape }), shelf.dtype);
  const options = { shape, weight: weight !== undefined, bias: bias !== undefined };
  const layer = recipe(() => new Affine(options), { weight: given(weight), bias: given(bias) });
  return [...repeated, { ...layer, isFixed }];
}
