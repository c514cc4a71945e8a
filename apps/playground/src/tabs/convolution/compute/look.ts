import { ones, Random, type Shape, slice, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import type { Form } from '../fields.ts';
import { apply, type LayerForm, type Numbers, numbersOf, padded, summaryOf } from './layer.ts';

/** What one output reads, or which outputs an input goes to: found by gradients, without computing positions. */
export interface Look {
  readonly side: 'output' | 'input';
  readonly at: readonly [channel: number, row: number, column: number];
  /**
   * ∂y/∂x, the weight of the way between the two. Looking at an output: for each number of the input, with its padding.
   * Looking at an input: for each number of the output. 0 where there is no way.
   */
  readonly weights: readonly number[];
  /** Whether there is a way at all, also where weights cancel: the same gradient with all weights 1. */
  readonly isLinked: readonly boolean[];
  /** The number looked at: y at the output, or ∂L/∂x at the input. */
  readonly value: number;
  /** Looking at an input: ∂L/∂x everywhere. */
  readonly gradient: readonly number[];
}

/** ∂L/∂y, as if a loss came behind: small whole numbers. */
export function cotangentOf({ seed }: LayerForm, shape: Shape): Tensor {
  const random = new Random(seed + 4000);
  return tensor(
    Float64Array.from({ length: sizeOf(shape) }, () => [-2, -1, 1, 2][random.integer(4)]),
    { shape },
  );
}

/** Looks along the gradients from one number of the layer; a position that is not there is moved to the last that is. */
export function lookOf(form: Form): Look {
  const outputShape = summaryOf(form).rows[0].outputShape;
  const numbers = numbersOf(form, outputShape);
  const allOnes = { ...numbers, weight: ones(numbers.weight.shape, 'float64') };
  const shape = form.look === 'output' ? outputShape : numbers.x.shape.slice(1);
  const at = [0, 1, 2].map((axis) => Math.min(form.at[axis], shape[axis] - 1)) as [number, number, number];
  const weigh = form.look === 'output' ? weightsOfOutput : weightsOfInput;
  const weights = weigh(form, numbers, at);
  const isLinked = weigh(form, allOnes, at).map((weight) => weight !== 0);
  if (form.look === 'output') {
    const y = apply(form, padded(form, numbers.x), numbers);
    return { side: 'output', at, weights, isLinked, value: numberAt(y, at), gradient: [] };
  }
  const gradient = gradientOf(form, numbers);
  return {
    side: 'input',
    at,
    weights,
    isLinked,
    value: numberAt(gradient, at),
    gradient: Array.from(gradient.read()),
  };
}

/** ∂y_at/∂x for every x, the zeros of the padding too: one walk back from one output. */
function weightsOfOutput(form: LayerForm, numbers: Numbers, at: Look['at']): number[] {
  using tape = new Tape();
  const x = tape.watch(padded(form, numbers.x));
  const one = sum(numberOf(apply(form, x, numbers), at));
  return Array.from(tape.gradients(one).get(x).read());
}

/**
 * ∂y/∂x_at for every y. The way back hands x_at the sum of cotangents times weights; that is linear in the cotangents, so
 * the gradient of it by them gives the weights: a walk back through a walk back.
 */
function weightsOfInput(form: LayerForm, numbers: Numbers, at: Look['at']): number[] {
  using tape = new Tape();
  const x = tape.watch(numbers.x);
  const y = apply(form, padded(form, x), numbers);
  const cotangent = tape.watch(cotangentOf(form, y.shape));
  const gradient = tape.gradients(y, { cotangent, withRespectTo: [x], differentiable: true }).get(x);
  const one = sum(numberOf(gradient, at));
  return Array.from(
    tape
      .gradients(one, { withRespectTo: [cotangent] })
      .get(cotangent)
      .read(),
  );
}

/** ∂L/∂x for the cotangent ∂L/∂y. */
function gradientOf(form: LayerForm, numbers: Numbers): Tensor {
  using tape = new Tape();
  const x = tape.watch(numbers.x);
  const y = apply(form, padded(form, x), numbers);
  return tensor(
    tape
      .gradients(y, { cotangent: cotangentOf(form, y.shape) })
      .get(x)
      .toNdarray(),
    { dtype: 'float64' },
  );
}

function numberOf(x: Tensor, [channel, row, column]: Look['at']): Tensor {
  return slice(x, [null, [channel, channel + 1], [row, row + 1], [column, column + 1]]);
}

function numberAt(x: Tensor, at: Look['at']): number {
  return numberOf(x, at).item();
}
