import { expect, test } from 'vitest';
import { rmsProp } from './rmsProp.ts';

const gradients = [1, -2, 0.5, 4, -0.25];

test.each([
  { name: 'plain', weightDecay: 0, momentum: 0, isCentred: false },
  { name: 'with weight decay', weightDecay: 0.1, momentum: 0, isCentred: false },
  { name: 'with momentum', weightDecay: 0, momentum: 0.9, isCentred: false },
  { name: 'centred', weightDecay: 0, momentum: 0, isCentred: true },
  { name: 'with all of it', weightDecay: 0.1, momentum: 0.5, isCentred: true },
])('$name, it is its formula', ({ weightDecay, momentum, isCentred }) => {
  const [parameter, v] = [Float64Array.of(1), Float64Array.of(0)];
  const [mean, velocity] = [isCentred, momentum > 0].map((isThere) => (isThere ? Float64Array.of(0) : null));
  let [p, second, first, speed] = [1, 0, 0, 0];
  for (const gradient of gradients) {
    rmsProp(parameter, Float64Array.of(gradient), v, mean, velocity, 1, 0.01, 0.9, 1e-3, weightDecay, momentum);
    const direction = gradient + weightDecay * p;
    second = 0.9 * second + 0.1 * direction ** 2;
    first = 0.9 * first + 0.1 * direction;
    speed = momentum * speed + direction / (Math.sqrt(second - (isCentred ? first ** 2 : 0)) + 1e-3);
    p -= 0.01 * speed;
    expect(parameter[0]).toBeCloseTo(p, 13);
  }
  expect([v[0], mean?.[0] ?? first]).toEqual([expect.closeTo(second, 13), expect.closeTo(first, 13)]);
});

test('stays finite where rounding takes the variance below 0', () => {
  // v was rounded down and m² up: what a constant gradient ends in.
  const parameter = Float64Array.of(1);
  rmsProp(parameter, Float64Array.of(1), Float64Array.of(1 - 1e-9), Float64Array.of(1), null, 1, 0.5, 0.9, 1, 0, 0);
  expect(parameter[0]).toBe(0.5);
});

test('only the first `length` numbers move', () => {
  const x = Float32Array.of(1, 1);
  rmsProp(x, Float32Array.of(1, 1), new Float32Array(2), null, null, 1, 0.5, 0, 0, 0, 0);
  expect([...x]).toEqual([0.5, 1]);
});
