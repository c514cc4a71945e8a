import { Parameter, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes } from '../../../core/test/numbers.ts';
import { between } from '../../test/between.ts';
import { courses, expectCourse, factor, madeUp } from '../../test/steps.ts';
import { SGD, type SGDSettings } from './sgd.ts';

const allSettings: fc.Arbitrary<SGDSettings> = fc
  .record({
    learningRate: between(0, 0.1),
    momentum: factor(0.99),
    dampening: factor(1),
    weightDecay: factor(0.5),
    nesterov: fc.boolean(),
  })
  .map((settings) =>
    settings.nesterov ? { ...settings, momentum: Math.max(0.1, settings.momentum), dampening: 0 } : settings,
  );

/** PyTorch's formula, for one number: where it stands after each step. */
function formula(start: number, gradients: readonly number[], settings: SGDSettings): number[] {
  const { learningRate, momentum, dampening, weightDecay, nesterov } = settings;
  let x = start;
  let velocity: number | undefined;
  return gradients.map((gradient) => {
    const g = gradient + weightDecay * x;
    velocity = velocity === undefined ? g : momentum * velocity + (1 - dampening) * g;
    const direction = momentum === 0 ? g : nesterov ? g + momentum * velocity : velocity;
    x -= learningRate * direction;
    return x;
  });
}

test('by hand', () => {
  const x = new Parameter('x', tensor([1, -2]));
  const optimiser = new SGD([x], { learningRate: 0.5, momentum: 0.5 });
  const gradients = madeUp(new Map([[x, tensor([2, 4])]]));
  optimiser.step(gradients);
  expect(x.toList()).toEqual([0, -4]);
  optimiser.step(gradients);
  expect(x.toList()).toEqual([-1.5, -7]);
});

test.each(dataTypes)('steps by its formula, in %s', (dtype) => {
  fc.assert(
    fc.property(courses, allSettings, (course, settings) => {
      expectCourse(
        course,
        (parameters) => new SGD(parameters, settings),
        (start, gradients) => formula(start, gradients, settings),
        dtype,
      );
    }),
  );
});

test('is plain unless told otherwise, also by `undefined`', () => {
  const plain = { momentum: 0, dampening: 0, weightDecay: 0, nesterov: false };
  const x = new Parameter('x', tensor([1]));
  expect(new SGD([x], { learningRate: 0.1 }).groups[0]).toMatchObject(plain);
  expect(new SGD([x], { learningRate: 0.1, momentum: undefined, weightDecay: undefined }).groups[0]).toMatchObject(
    plain,
  );
});

test('refuses settings out of range', () => {
  const parameters = [new Parameter('x', tensor([1]))];
  const make = (settings: Partial<SGDSettings>) => () => new SGD(parameters, { learningRate: 0.1, ...settings });
  expect(
    messagesOf({
      'a negative learning rate': make({ learningRate: -1 }),
      'a learning rate of NaN': make({ learningRate: Number.NaN }),
      'no learning rate': make({ learningRate: undefined }),
      'negative momentum': make({ momentum: -0.1 }),
      'negative weight decay': make({ weightDecay: -0.1 }),
      'Nesterov without momentum': make({ nesterov: true }),
      'Nesterov with dampening': make({ nesterov: true, momentum: 0.9, dampening: 0.1 }),
      'in a group': () => new SGD([{ parameters, momentum: -1 }], { learningRate: 0.1 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "Nesterov with dampening": "ValueError: SGD: dampening is 0.1; wanted 0, with nesterov. Choose another dampening.",
      "Nesterov without momentum": "ValueError: SGD: momentum is 0; wanted a number above 0, with nesterov. Choose another momentum.",
      "a learning rate of NaN": "ValueError: SGD: learningRate is NaN; wanted a number of at least 0. Choose another learningRate.",
      "a negative learning rate": "ValueError: SGD: learningRate is -1; wanted a number of at least 0. Choose another learningRate.",
      "in a group": "ValueError: SGD: momentum is -1; wanted a number of at least 0. Choose another momentum.",
      "negative momentum": "ValueError: SGD: momentum is -0.1; wanted a number of at least 0. Choose another momentum.",
      "negative weight decay": "ValueError: SGD: weightDecay is -0.1; wanted a number of at least 0. Choose another weightDecay.",
      "no learning rate": "ValueError: SGD: learningRate is missing; wanted { learningRate: … }. Give learningRate.",
    }
  `);
});
