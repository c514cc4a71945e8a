import { add, type DataType, Parameter, square, sum, Tape, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { checkDerivatives } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double, uniform } from '../../../core/test/numbers.ts';
import { madeUp } from '../../test/steps.ts';
import { SGD } from '../optimisers/sgd.ts';
import { l1Penalty, l2Penalty } from './penalty.ts';

const model = (dtype: DataType = 'float32') => [
  new Parameter(
    'weight',
    tensor(
      [
        [1, -2],
        [0, 4],
      ],
      { dtype },
    ),
  ),
  new Parameter('bias', tensor([-3], { dtype })),
];

test.each(dataTypes)('by hand, in %s', (dtype) => {
  expect(l1Penalty(model(dtype), { factor: 0.5 }).item()).toBe(5);
  expect(l2Penalty(model(dtype), { factor: 0.5 }).item()).toBe(15);
  expect(l2Penalty(model(dtype), { factor: 0 }).item()).toBe(0);
  expect(l2Penalty(model(dtype), { factor: 0.5 }).dtype).toBe(dtype);
});

test('of parameters alone is recorded when it meets a tape', () => {
  const parameters = model();
  const [weight, bias] = parameters;
  using tape = new Tape();
  const data = sum(square(tape.constant([1])));
  const gradients = tape.gradients(
    add(data, add(l1Penalty(parameters, { factor: 0.5 }), l2Penalty(parameters, { factor: 0.25 }))),
  );
  expectClose(
    gradients.get(weight),
    [
      [0.5 + 0.5, -0.5 - 1],
      [0, 0.5 + 2],
    ],
    0,
  );
  expectClose(gradients.get(bias), [-0.5 - 1.5], 0);
});

test('alone is a loss too', () => {
  const parameters = model();
  using tape = new Tape();
  expectClose(tape.gradients(l2Penalty(parameters, { factor: 1 })).get(parameters[1]), [-6], 0);
});

test('L2 with the factor λ/2 pulls like a weight decay of λ', () => {
  const [decayed, penalised] = [model(), model()];
  const zero = new Map(
    decayed.map((parameter) => [parameter, tensor(new Float32Array(parameter.size), { shape: parameter.shape })]),
  );
  new SGD(decayed, { learningRate: 0.1, weightDecay: 0.5 }).step(madeUp(zero));
  using tape = new Tape();
  new SGD(penalised, { learningRate: 0.1 }).step(tape.gradients(l2Penalty(penalised, { factor: 0.25 })));
  decayed.forEach((parameter, at) => {
    expectClose(penalised[at], parameter, 1e-7);
  });
});

test('has the derivatives of its formula', () => {
  const point = [uniform([2, 3], { low: 0.1 }), uniform([2], { low: -1, high: -0.1 })];
  checkDerivatives((...weights) => l1Penalty(weights, { factor: 0.3 }), point);
  checkDerivatives((...weights) => l2Penalty(weights, { factor: 0.3 }), point);
});

test('a NaN among the weights shows', () => {
  expect(l1Penalty([double([1, Number.NaN])], { factor: 1 }).item()).toBeNaN();
  expect(l2Penalty([double([1, Infinity])], { factor: 1 }).item()).toBe(Infinity);
});

test('refuses what does not fit', () => {
  expect(
    messagesOf({
      'no parameters': () => l1Penalty([], { factor: 1 }),
      'a negative factor': () => l2Penalty(model(), { factor: -1 }),
      NaN: () => l1Penalty(model(), { factor: Number.NaN }),
      'two types': () => l2Penalty([...model(), ...model('float64')], { factor: 1 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "NaN": "ValueError: l1Penalty: factor is NaN; wanted a finite number of at least 0. Usual values are 1e-6 to 1e-2.",
      "a negative factor": "ValueError: l2Penalty: factor is -1; wanted a finite number of at least 0. Usual values are 1e-6 to 1e-2.",
      "no parameters": "ValueError: l1Penalty: no parameters; wanted at least one. Hand over \`model.parameters\`, once the model is built.",
      "two types": "DataTypeError: l2Penalty: parameters[0] is float32, parameters[2] is float64; wanted operands of one type. Convert one of them, for example \`cast(parameters[2], 'float32')\`.",
    }
  `);
});
