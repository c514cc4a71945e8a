import { Parameter, type Tensor, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tensorsOf } from '../../../core/test/arbitrary.ts';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { double } from '../../../core/test/numbers.ts';
import { between } from '../../test/between.ts';
import { madeUp } from '../../test/steps.ts';
import { clipGradientNorm, clipGradientValue } from './clip.ts';
import { SGD } from './sgd.ts';

const [x, y] = ['x', 'y'].map((name) => new Parameter(name, double([0, 0])));

const normOf = (...gradients: Tensor[]): number =>
  Math.hypot(...gradients.flatMap((gradient) => Array.from(gradient.toFlatArray())));

test('by hand', () => {
  const clipped = clipGradientNorm(
    madeUp(
      new Map([
        [x, double([3, 0])],
        [y, double([0, -4])],
      ]),
    ),
    [x, y],
    { maxNorm: 1 },
  );
  expect(clipped.totalNorm).toBe(5);
  expectClose(clipped.gradients.get(x), [3 / 5.000001, 0], 1e-15);
  expectClose(clipped.gradients.get(y), [0, -4 / 5.000001], 1e-15);
});

test('shortens long gradients to the norm, and leaves short ones alone', () => {
  const gradient = tensorsOf([2], between(-100, 100));
  fc.assert(
    fc.property(gradient, gradient, between(0.01, 150), (gx, gy, maxNorm) => {
      const { gradients, totalNorm } = clipGradientNorm(
        madeUp(
          new Map([
            [x, gx],
            [y, gy],
          ]),
        ),
        [x, y],
        { maxNorm },
      );
      const factor = Math.min(1, maxNorm / (totalNorm + 1e-6));
      expectClose(double(totalNorm), normOf(gx, gy), 1e-14);
      expect(normOf(gradients.get(x), gradients.get(y))).toBeLessThanOrEqual(maxNorm);
      for (const [parameter, g] of [
        [x, gx],
        [y, gy],
      ]) {
        expectClose(
          gradients.get(parameter),
          g.toFlatArray().map((number) => factor * number),
          1e-14,
        );
      }
    }),
  );
});

test('keeps the type, and never lengthens', () => {
  const single = new Parameter('single', tensor([0, 0]));
  const { gradients } = clipGradientNorm(madeUp(new Map([[single, tensor([0.25, -0.5])]])), [single], {
    maxNorm: Infinity,
  });
  expect([gradients.get(single).dtype, gradients.get(single).toList()]).toEqual(['float32', [0.25, -0.5]]);
});

test('skips parameters without a gradient', () => {
  const { gradients, totalNorm } = clipGradientNorm(madeUp(new Map([[x, double([3, 4])]])), [x, y], { maxNorm: 10 });
  expect(totalNorm).toBe(5);
  expect([gradients.has(x), gradients.has(y)]).toEqual([true, false]);
});

test('hands the gradients of other parameters on as they are', () => {
  const [clipped, other] = ['clipped', 'other'].map((name) => new Parameter(name, double([0, 0])));
  const source = madeUp(
    new Map([
      [clipped, double([30, 40])],
      [other, double([-7, 7])],
    ]),
  );
  const { gradients, totalNorm } = clipGradientNorm(source, [clipped], { maxNorm: 5 });
  new SGD([clipped, other], { learningRate: 1 }).step(gradients);
  expect(totalNorm).toBe(50);
  expectClose(clipped, [-3, -4], 1e-7);
  expect(other.toList()).toEqual([7, -7]);
});

test.each([
  [1, 7],
  [2, 5],
  [3, 91 ** (1 / 3)],
  [0.5, (Math.sqrt(3) + 2) ** 2],
  [400, 4],
  [Infinity, 4],
])('of norm %s, which is %s', (normType, norm) => {
  const source = madeUp(
    new Map([
      [x, double([3, 0])],
      [y, double([0, -4])],
    ]),
  );
  const { gradients, totalNorm } = clipGradientNorm(source, [x, y], { maxNorm: 2, normType });
  expect(totalNorm).toBeCloseTo(norm, 12);
  expectClose(gradients.get(x), [6 / (norm + 1e-6), 0], 1e-14);
  expectClose(gradients.get(y), [0, -8 / (norm + 1e-6)], 1e-14);
});

test('knows a norm whose powers are out of range', () => {
  const tiny = madeUp(new Map([[x, double([3e-200, 4e-200])]]));
  const huge = madeUp(new Map([[x, double([3e200, -4e200])]]));
  expect(clipGradientNorm(tiny, [x], { maxNorm: 1 }).totalNorm / 1e-200).toBeCloseTo(5, 12);
  expect(clipGradientNorm(huge, [x], { maxNorm: 1 }).totalNorm / 1e200).toBeCloseTo(5, 12);
  expect(clipGradientNorm(huge, [x], { maxNorm: 1, normType: 3 }).totalNorm / 1e200).toBeCloseTo(91 ** (1 / 3), 12);
});

test.each([1, 2, Infinity])('with norm %s, NaN makes all NaN, and an infinity takes all else to 0', (normType) => {
  const clip = (numbers: number[]) =>
    clipGradientNorm(madeUp(new Map([[x, double(numbers)]])), [x], { maxNorm: 1, normType });
  expect([clip([Number.NaN, 1]).totalNorm, clip([Number.NaN, 1]).gradients.get(x).toList()]).toEqual([
    Number.NaN,
    [Number.NaN, Number.NaN],
  ]);
  expect([clip([-Infinity, 1]).totalNorm, clip([-Infinity, 1]).gradients.get(x).toList()]).toEqual([
    Infinity,
    [Number.NaN, 0],
  ]);
  expect(clip([0, 0]).totalNorm).toBe(0);
});

test('refuses a norm below 0', () => {
  const clip = (maxNorm: number, normType?: number) => () =>
    clipGradientNorm(madeUp(new Map()), [x], { maxNorm, normType });
  expect(
    messagesOf({
      negative: clip(-1),
      'not a number': clip(Number.NaN),
      'norm 0': clip(1, 0),
      'norm NaN': clip(1, Number.NaN),
    }),
  ).toMatchInlineSnapshot(`
    {
      "negative": "ValueError: clipGradientNorm: maxNorm is -1; wanted a number of at least 0. Usual values are 0.1 to 10.",
      "norm 0": "ValueError: clipGradientNorm: normType is 0; wanted a number above 0, or Infinity. Choose another normType.",
      "norm NaN": "ValueError: clipGradientNorm: normType is NaN; wanted a number above 0, or Infinity. Choose another normType.",
      "not a number": "ValueError: clipGradientNorm: maxNorm is NaN; wanted a number of at least 0. Usual values are 0.1 to 10.",
    }
  `);
});

describe('by value', () => {
  test('brings every number into range, and keeps NaN', () => {
    const source = madeUp(
      new Map([
        [x, double([3, -0.5])],
        [y, double([-Infinity, Number.NaN])],
      ]),
    );
    const clipped = clipGradientValue(source, [x, y], { limit: 0.75 });
    expect([clipped.get(x).toList(), clipped.get(y).toList()]).toEqual([
      [0.75, -0.5],
      [-0.75, Number.NaN],
    ]);
  });

  test('hands the gradients of other parameters on, and skips those without one', () => {
    const clipped = clipGradientValue(madeUp(new Map([[y, double([5, 6])]])), [x], { limit: 1 });
    expect([clipped.has(x), clipped.get(y).toList()]).toEqual([false, [5, 6]]);
  });

  test('keeps the type, and with an infinite limit everything', () => {
    const single = new Parameter('single', tensor([0, 0]));
    const clipped = clipGradientValue(madeUp(new Map([[single, tensor([0.25, -1e30])]])), [single], {
      limit: Infinity,
    });
    expect([clipped.get(single).dtype, clipped.get(single).toFlatArray()]).toEqual([
      'float32',
      Float32Array.of(0.25, -1e30),
    ]);
  });

  test('refuses a limit below 0', () => {
    const clip = (limit: number) => () => clipGradientValue(madeUp(new Map()), [x], { limit });
    expect(messagesOf({ negative: clip(-1), 'not a number': clip(Number.NaN) })).toMatchInlineSnapshot(`
      {
        "negative": "ValueError: clipGradientValue: limit is -1; wanted a number of at least 0. Usual values are 0.1 to 10.",
        "not a number": "ValueError: clipGradientValue: limit is NaN; wanted a number of at least 0. Usual values are 0.1 to 10.",
      }
    `);
  });
});
