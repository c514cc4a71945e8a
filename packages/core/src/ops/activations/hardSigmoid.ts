import * as kernels from '../../engine/kernels.ts';
import { ValueError } from '../../errors.ts';
import {
  cases,
  constant,
  elementwise,
  type FormulaTable,
  formula,
  numberOf,
  scaled,
  zero,
} from '../../notation/index.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../../options/index.ts';
import type { TensorLike } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unary } from '../elementwise/unary.ts';

export interface HardSigmoidOptions {
  /** The steepness of the line. Default: 1/6, as in PyTorch; ONNX has 0.2. */
  readonly alpha?: number;
  /** Its height at 0. Default: ½. */
  readonly beta?: number;
}

export const hardSigmoidOptions: OptionNames<HardSigmoidOptions> = { alpha: 'optional', beta: 'optional' };

/**
 * y = min(max(alpha·x + beta, 0), 1), element by element: a sigmoid made of three straight lines. Slope alpha between the
 * kinks, and 0 beyond and at them, as in PyTorch.
 *
 * @example hardSigmoid([-4, 0, 1]) // [0, 0.5, 0.6667]
 * @throws ValueError when alpha or beta is not a finite number
 */
export function hardSigmoid(x: TensorLike, options: HardSigmoidOptions = {}, ...surplus: []): Tensor {
  checkSurplus('hardSigmoid', surplus);
  const { alpha = 1 / 6, beta = 0.5 } = checkOptions('hardSigmoid', options, hardSigmoidOptions);
  if (!Number.isFinite(alpha) || !Number.isFinite(beta)) {
    throw new ValueError({
      operation: 'hardSigmoid',
      got: `alpha is ${alpha}, beta is ${beta}`,
      wanted: 'two finite numbers',
      remedy: 'Leave them out for 1/6 and 1/2',
    });
  }
  const attributes = { alpha, beta };
  const slope = (x: Tensor): Tensor =>
    unary(
      'hardSigmoidSlope',
      x,
      (x, y, length) => kernels.hardSigmoidSlope(x, y, length, alpha, beta),
      null,
      attributes,
    );
  return unary('hardSigmoid', x, (x, y, length) => kernels.hardSigmoid(x, y, length, alpha, beta), slope, attributes);
}

/** How a reader is shown it. */
export const formulas: FormulaTable = {
  hardSigmoid: ({ attributes }) => {
    const [alpha, beta] = [numberOf(attributes.alpha, 1 / 6), constant(numberOf(attributes.beta, 0.5))];
    const scaledX = scaled(alpha, formula('x'));
    const line = formula(`${scaledX.text} + ${beta.text}`, `${scaledX.latex} + ${beta.latex}`);
    return elementwise({
      value: formula(`min(max(${line.text}, 0), 1)`, `\\min(\\max(${line.latex}, 0), 1)`),
      slopes: { x: cases(constant(alpha), formula(`0 < ${line.text} < 1`, `0 < ${line.latex} < 1`), zero) },
      inWords: 'One slope between the kinks, and none beyond and at them.',
    });
  },
  hardSigmoidSlope: ({ attributes }) => {
    const alpha = constant(numberOf(attributes.alpha, 1 / 6));
    return elementwise({
      value: formula(`${alpha.text} between the kinks, else 0`, `${alpha.latex} \\text{ between the kinks, else } 0`),
      slopes: { x: null },
      inWords: 'The slope of straight lines is flat.',
    });
  },
};
