import { expect, test } from 'vitest';
import { adagrad } from './adagrad.ts';

const gradients = [1, -2, 0.5, 4, -0.25];

test.each([
  ['plain', 0, 0],
  ['with a falling learning rate', 0.2, 0],
  ['with weight decay', 0, 0.1],
])('%s, it is its formula', (_, learningRateDecay, weightDecay) => {
  const [parameter, total] = [Float64Array.of(1), Float64Array.of(0.5)];
  let [p, squares] = [1, 0.5];
  gradients.forEach((gradient, index) => {
    adagrad(parameter, Float64Array.of(gradient), total, 1, 0.1, learningRateDecay, 1e-3, weightDecay, index + 1);
    const direction = gradient + weightDecay * p;
    squares += direction ** 2;
    p -= ((0.1 / (1 + index * learningRateDecay)) * direction) / (Math.sqrt(squares) + 1e-3);
    expect(parameter[0]).toBeCloseTo(p, 14);
  });
  expect(total[0]).toBeCloseTo(squares, 14);
});

test('only the first `length` numbers move', () => {
  const x = Float32Array.of(1, 1);
  adagrad(x, Float32Array.of(1, 1), new Float32Array(2), 1, 0.5, 0, 0, 0, 1);
  expect([...x]).toEqual([0.5, 1]);
});
