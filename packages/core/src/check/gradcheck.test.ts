import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../test/messages.ts';
import { uniform } from '../../test/numbers.ts';
import {
  abs,
  conv2d,
  exp,
  GradientCheckError,
  gradcheck,
  gradgradcheck,
  matmul,
  maxPool2d,
  multiply,
  type Numbers,
  record,
  relu,
  type Tensor,
  tensor,
} from '../index.ts';

/** y = e^x with any derivative one likes. */
function wrongExp(x: Tensor, vjp: (g: Tensor, y: Tensor) => Tensor): Tensor {
  return record({
    operation: 'wrongExp',
    inputs: { x },
    shape: x.shape,
    value: (y) => y.set(exp(x.toNdarray()).read()),
    vjps: { x: vjp },
  });
}

/** y = e^x with the right derivative e^x, which when differentiated again says 1.01·e^x. */
function subtlyWrongExp(x: Tensor): Tensor {
  return wrongExp(x, (g, y) =>
    multiply(
      g,
      wrongExp(x, (h) => multiply(h, multiply(y, 1.01))),
    ),
  );
}

describe('gradcheck', () => {
  test('passes right derivatives, input by input', () => {
    const report = gradcheck(matmul, [uniform([2, 3]), uniform([3, 2])], { directions: 5 });
    expect(report.comparisons).toBe(10);
    expect(report.worstError).toBeLessThan(1e-9);
    expect(report.kinks).toEqual([]);
  });

  test('takes numbers in any form, and checks in float64', () => {
    const types: string[] = [];
    const f = (x: Tensor, y: Tensor): Tensor => {
      types.push(x.dtype, y.dtype);
      return multiply(x, y);
    };
    gradcheck(f, [[1, 2], Float32Array.of(3, 4)]);
    expect(new Set(types)).toEqual(new Set(['float64']));
  });

  test('passes what does not depend on an input, and inputs without numbers', () => {
    expect(gradcheck((x, y) => multiply(x, multiply(y, 0)), [[1], [2]]).comparisons).toBe(6);
    expect(gradcheck((x, _y) => exp(x), [[1], [2]]).comparisons).toBe(6);
    expect(gradcheck(exp, [[]]).comparisons).toBe(0);
  });

  test('comes out the same for the same seed', () => {
    const check = (seed: number): number => gradcheck(exp, [[1, 2]], { seed }).worstError;
    expect(check(5)).toBe(check(5));
    expect(check(5)).not.toBe(check(6));
  });

  test('catches a derivative that is wrong by one part in a hundred thousand', () => {
    const wrong = (x: Tensor): Tensor => wrongExp(x, (g, y) => multiply(g, multiply(y, 1 + 1e-5)));
    const point = [[1, 2, 3]];
    expect(() => gradcheck((x) => wrongExp(x, multiply), point)).not.toThrow();
    expect(() => gradcheck(wrong, point)).toThrow('the derivative says');
    expect(() => gradcheck(wrong, point, { tolerance: 1e-4 })).not.toThrow();
  });

  test('catches a gradient that was forgotten, and one that is NaN', () => {
    expect(() => gradcheck((x) => wrongExp(x, (g) => multiply(g, 0)), [[1]])).toThrow('differences say');
    expect(() => gradcheck((x) => wrongExp(x, (g) => multiply(g, Number.NaN)), [[1]])).toThrow('derivative says NaN');
  });
});

describe('at a corner', () => {
  test('the slopes on both sides are reported, and any slope between them passes', () => {
    const { kinks, comparisons } = gradcheck(relu, [[0]], { names: ['x'], directions: 2 });
    expect(comparisons).toBe(2);
    expect(kinks).toHaveLength(2);
    for (const { input, slopeBefore, slopeAfter, derivative, isBetween } of kinks) {
      expect({ input, derivative: Math.abs(derivative), isBetween }).toEqual({
        input: 'x',
        derivative: 0,
        isBetween: true,
      });
      expect([slopeBefore, slopeAfter].map((slope) => Math.abs(slope) > 1e-3).sort()).toEqual([false, true]);
    }
    expect(gradcheck(abs, [[0, 1]]).kinks).toHaveLength(3);
    expect(gradcheck(abs, [[-1, 1]]).kinks).toEqual([]);
  });

  test('a slope outside of them is an error', () => {
    const wrong = (x: Tensor): Tensor =>
      record({
        operation: 'wrong',
        inputs: { x },
        shape: x.shape,
        value: (y) => y.set(relu(x.toNdarray()).read()),
        vjps: { x: (g) => multiply(g, 2) },
      });
    expect(() => gradcheck(wrong, [[0]])).toThrow('on one side and');
  });
});

describe('gradgradcheck', () => {
  test('passes right second derivatives, by the inputs and by the cotangent', () => {
    expect(gradgradcheck(matmul, [uniform([2, 3]), uniform([3, 2])])).toMatchObject({ comparisons: 9, kinks: [] });
    expect(gradgradcheck((x) => multiply(x, 3), [[1, 2]])).toMatchObject({ comparisons: 6 });
  });

  test('catches a second derivative that is wrong where the first is right', () => {
    const point = [[0.5, 1]];
    expect(() => gradcheck(subtlyWrongExp, point)).not.toThrow();
    expect(() => gradgradcheck(exp, point)).not.toThrow();
    expect(() => gradgradcheck(subtlyWrongExp, point)).toThrow('gradcheck: along a random direction of x0 [2]');
  });

  test('catches a derivative that is not written in ops', () => {
    const wrong = (x: Tensor): Tensor => wrongExp(x, (g, y) => multiply(g, tensor(y.toNdarray())));
    expect(() => gradcheck(wrong, [[1]])).not.toThrow();
    expect(() => gradgradcheck(wrong, [[1]])).toThrow('the derivative says 0');
  });
});

test('the message names the input', () => {
  const wrong = (x: Tensor, weight: Tensor): Tensor =>
    record({
      operation: 'wrong',
      inputs: { x, weight },
      shape: x.shape,
      value: (y) => y.set(multiply(x.toNdarray(), weight.toNdarray()).read()),
      vjps: { x: (g) => multiply(g, weight), weight: (g) => multiply(g, multiply(x, 2)) },
    });
  expect(
    messagesOf({
      'by name': () =>
        gradcheck(
          wrong,
          [
            [1, 2],
            [3, 4],
          ],
          { names: ['x', 'weight'] },
        ),
      'by number': () =>
        gradcheck(wrong, [
          [1, 2],
          [3, 4],
        ]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "by name": "GradientCheckError: gradcheck: along a random direction of weight [2] the derivative says 0.8171923495636881, differences say 0.4085961748301052 (error 4.09e-1); wanted an error of at most 0.000001. Check the VJP by weight, or choose a point where the function is smooth and of moderate size.",
      "by number": "GradientCheckError: gradcheck: along a random direction of x1 [2] the derivative says 0.8171923495636881, differences say 0.4085961748301052 (error 4.09e-1); wanted an error of at most 0.000001. Check the VJP by x1, or choose a point where the function is smooth and of moderate size.",
    }
  `);
});

describe('several corners at once', () => {
  const zeros = [[0, 0, 0, 0]];
  const image = [[Array.from({ length: 4 }, () => [0, 0, 0, 0])]];
  const filter = [
    [
      [
        [1, -2],
        [3, -0.5],
      ],
    ],
    [
      [
        [-1, 0.5],
        [2, 1],
      ],
    ],
  ];
  const mixed = tensor([[1], [-2], [3], [-1.5]], { dtype: 'float64' });
  const cases: Record<string, readonly [f: (x: Tensor) => Tensor, x: Numbers]> = {
    relu: [relu, zeros],
    'relu of a convolution of zeros': [(x) => relu(conv2d(x, tensor(filter, { dtype: 'float64' }))), image],
    'ties of a pooling': [(x) => maxPool2d(x, { kernelSize: 2 }), image],
    'ties of overlapping windows': [(x) => maxPool2d(x, { kernelSize: 3, stride: 1, padding: 1 }), image],
    'a sum of corners with weights of both signs': [(x) => matmul(relu(x), mixed), zeros],
  };

  test.each(Object.entries(cases))('%s raises no alarm, whatever the signs of the cotangents', (_, [f, x]) => {
    for (let seed = 0; seed < 30; seed++) {
      const { kinks } = gradcheck(f, [x], { seed });
      expect(kinks.every(({ isBetween }) => isBetween)).toBe(true);
    }
  });

  test('a derivative outside of what the corners allow still does', () => {
    const wrongRelu = (x: Tensor): Tensor =>
      record({
        operation: 'wrongRelu',
        inputs: { x },
        shape: x.shape,
        value: (y) => y.set(relu(x.toNdarray()).read()),
        vjps: { x: (g) => multiply(g, 2) },
      });
    for (let seed = 0; seed < 30; seed++) {
      expect(() => gradcheck(wrongRelu, [[[0, 0, 0]]], { seed })).toThrow(GradientCheckError);
    }
  });
});
