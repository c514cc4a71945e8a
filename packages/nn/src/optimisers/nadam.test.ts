import { Parameter, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { between } from '../../test/between.ts';
import { courses, expectCourse, factor, madeUp } from '../../test/steps.ts';
import { NAdam, type NAdamSettings } from './nadam.ts';

/** What PyTorch 2.13 gives in float64 after each of these gradients, from [1, -1.5]. */
const gradients = [
  [1, -2],
  [0.5, 4],
  [-3, 0.25],
  [0.1, -0.1],
];
const recorded: readonly (readonly [Partial<NAdamSettings>, readonly (readonly number[])[]])[] = [
  [
    {},
    [
      [0.9978870964644183, -1.4978870964538538],
      [0.9968392498769334, -1.4997002114334808],
      [0.9988905651272869, -1.4998981850684],
      [0.9989029800369229, -1.499925138157079],
    ],
  ],
  [
    { learningRate: 0.05, betas: [0.8, 0.95], epsilon: 1e-4, weightDecay: 0.1, momentumDecay: 0.1 },
    [
      [0.9451931410845987, -1.4451907079122785],
      [0.9138090741700431, -1.4918160283649702],
      [0.9674334537475348, -1.4960659457408478],
      [0.966741443279647, -1.4948355640086575],
    ],
  ],
  [
    { learningRate: 0.05, weightDecay: 0.1, decoupledWeightDecay: true },
    [
      [0.9421774116104564, -1.4396774113463435],
      [0.9112703598652818, -1.4778068987802866],
      [0.9579968893247944, -1.475367205159364],
      [0.953517277619072, -1.4686641963505445],
    ],
  ],
];

test.each(recorded)('gives the numbers of PyTorch with %o', (settings, wanted) => {
  const x = new Parameter('x', double([1, -1.5]));
  const optimiser = new NAdam([x], settings);
  gradients.forEach((gradient, step) => {
    optimiser.step(madeUp(new Map([[x, double(gradient)]])));
    expectClose(x, wanted[step], 1e-13);
  });
});

const allSettings: fc.Arbitrary<NAdamSettings> = fc.record({
  learningRate: between(0, 0.1),
  betas: fc.tuple(factor(0.99), between(0, 0.999)),
  epsilon: fc.constantFrom(1e-6, 1e-2),
  weightDecay: factor(0.1),
  momentumDecay: factor(0.1),
  decoupledWeightDecay: fc.boolean(),
});

/** The formula, for one number: where it stands after each step. */
function formula(start: number, gradients: readonly number[], settings: NAdamSettings): number[] {
  const { learningRate, betas, epsilon, weightDecay, momentumDecay, decoupledWeightDecay } = settings;
  const momentum = (t: number): number => betas[0] * (1 - 0.5 * 0.96 ** (t * momentumDecay));
  let [x, m, v, product] = [start, 0, 0, 1];
  return gradients.map((gradient, index) => {
    const t = index + 1;
    const g = decoupledWeightDecay ? gradient : gradient + weightDecay * x;
    if (decoupledWeightDecay) x *= 1 - learningRate * weightDecay;
    product *= momentum(t);
    m = betas[0] * m + (1 - betas[0]) * g;
    v = betas[1] * v + (1 - betas[1]) * g ** 2;
    const spread = Math.sqrt(v / (1 - betas[1] ** t)) + epsilon;
    const now = ((1 - momentum(t)) * g) / (1 - product);
    const next = (momentum(t + 1) * m) / (1 - product * momentum(t + 1));
    x -= (learningRate * (now + next)) / spread;
    return x;
  });
}

test.each(dataTypes)('steps by its formula, in %s', (dtype) => {
  fc.assert(
    fc.property(courses, allSettings, (course, settings) => {
      expectCourse(
        course,
        (parameters) => new NAdam(parameters, settings),
        (start, gradients) => formula(start, gradients, settings),
        dtype,
      );
    }),
  );
});

test('goes on from its state, whose product of momenta is worked out again', () => {
  const [x, y] = ['x', 'x'].map((name) => new Parameter(name, double([1])));
  const [first, second] = [new NAdam([x]), new NAdam([y])];
  for (const gradient of [2, -1, 0.5]) first.step(madeUp(new Map([[x, double([gradient])]])));
  y.assign(x);
  second.load(first.state());
  first.step(madeUp(new Map([[x, double([-0.1])]])));
  second.step(madeUp(new Map([[y, double([-0.1])]])));
  expect(y.toList()).toEqual(x.toList());
});

test('groups with momenta of their own do not mix', () => {
  const [x, y] = ['x', 'y'].map((name) => new Parameter(name, double([1])));
  const both = new NAdam([{ parameters: [x], betas: [0.5, 0.9] }, { parameters: [y] }]);
  const [a, b] = ['x', 'y'].map((name) => new Parameter(name, double([1])));
  const apart = [new NAdam([a], { betas: [0.5, 0.9] }), new NAdam([b])];
  for (const gradient of [1, -2, 3]) {
    both.step(madeUp(new Map([x, y].map((each) => [each, double([gradient])]))));
    apart[0].step(madeUp(new Map([[a, double([gradient])]])));
    apart[1].step(madeUp(new Map([[b, double([gradient])]])));
  }
  expect([x.toList(), y.toList()]).toEqual([a.toList(), b.toList()]);
});

test('refuses settings out of range', () => {
  const make = (settings: Partial<NAdamSettings>) => () => new NAdam([new Parameter('x', tensor([1]))], settings);
  const messages = messagesOf({ decay: make({ momentumDecay: -1 }), beta: make({ betas: [0.9, 1] }) });
  expect(messages.decay).toContain('NAdam: momentumDecay is -1; wanted a number of at least 0.');
  expect(messages.beta).toContain('NAdam: betas[1] is 1; wanted a number from 0 to below 1.');
});
