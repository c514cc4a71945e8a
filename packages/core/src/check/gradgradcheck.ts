import { Tape } from '../fusion/tape.ts';
import { add } from '../ops/elementwise/add.ts';
import { multiply } from '../ops/elementwise/multiply.ts';
import { sum } from '../ops/reductions/sum.ts';
import { checkOptions, checkSurplus } from '../options/index.ts';
import { Random } from '../random/random.ts';
import type { Numbers } from '../tensor/create.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type GradcheckOptions, type GradcheckReport, gradcheck, gradcheckOptions } from './gradcheck.ts';
import { type Differentiable, outputOf, pointOf, randomLike } from './point.ts';

/**
 * Checks second derivatives: {@link gradcheck} of the first ones. With random vectors v, it differentiates
 * S(x, u) = Σ (∂(uᵀf)/∂x)·v by the inputs x and by the cotangent u.
 *
 * @example gradgradcheck((x) => pow(x, 3), [[1, 2]]).kinks // []
 * @throws GradientCheckError as {@link gradcheck} does
 */
export function gradgradcheck(
  f: Differentiable,
  inputs: readonly Numbers[],
  options: GradcheckOptions = {},
  ...surplus: []
): GradcheckReport {
  checkSurplus('gradgradcheck', surplus);
  checkOptions('gradgradcheck', options, gradcheckOptions);
  const random = new Random((options.seed ?? 1) + 1);
  const point = pointOf('gradgradcheck', f, inputs);
  const vectors = point.map((x) => randomLike(x, random));
  const cotangent = randomLike(outputOf('gradgradcheck', f, point), random);
  const names = [...point.map((_, index) => options.names?.[index] ?? `x${index}`), 'cotangent'];
  const firstDerivative: Differentiable = (...all) => {
    const tape = tapeOf(all) ?? new Tape();
    const [x, u] = [all.slice(0, -1).map((input) => tape.watch(input)), tape.watch(all[all.length - 1])];
    const output = sum(multiply(f(...x), u));
    const gradients = tape.gradients(output, { withRespectTo: x, differentiable: true, nonFinite: 'allow' });
    const products = x.flatMap((input, index) =>
      gradients.has(input) ? [sum(multiply(gradients.get(input), vectors[index]))] : [],
    );
    // A function that is linear in nothing still depends on u; adding 0·u keeps it on the tape.
    return products.reduce((total, product) => add(total, product), sum(multiply(u, 0)));
  };
  return gradcheck(
    firstDerivative,
    [...point, cotangent].map((x) => x.toNdarray()),
    { ...options, names },
  );
}

function tapeOf(inputs: readonly Tensor[]): Tape | undefined {
  const tape = inputs.find((input) => input.tape !== null)?.tape;
  return tape instanceof Tape ? tape : undefined;
}
