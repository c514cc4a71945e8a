import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, scattered, uniform } from '../../../test/numbers.ts';
import {
  gradcheck,
  gradgradcheck,
  logSoftmax,
  multiply,
  negate,
  softmax,
  softmaxCrossEntropyRows,
  subtract,
  sum,
  Tape,
  type Tensor,
} from '../../index.ts';

/** The loss as a line of arithmetic. */
function longForm(logits: Tensor, target: Tensor, axis = -1): Tensor {
  return negate(sum(multiply(target, logSoftmax(logits, { axis })), { axes: axis }));
}

const x = double([3, 1, -3]);
const y = double([1, 0, 0]);

describe('the textbook case', () => {
  test('loss and gradient p - y', () => {
    const p = softmax(x);
    expect(softmaxCrossEntropyRows(x, y).item()).toBeCloseTo(0.1291089088298506, 15);
    const [gradient] = gradientTensors((logits) => softmaxCrossEntropyRows(logits, y), [x]);
    expectClose(gradient, subtract(p, y), 1e-16);
    expectClose(gradient, double([0.878878 - 1, 0.118943, 0.002179]), 5e-7);
  });

  test('its Hessian is diag(p) - p·pᵀ, entry by entry', () => {
    using tape = new Tape();
    const logits = tape.watch(x);
    const loss = softmaxCrossEntropyRows(logits, y);
    const gradient = tape.gradients(loss, { differentiable: true }).get(logits);
    const p = softmax(x).toFlatArray();
    const hessian = [0, 1, 2].map((row) => {
      const entry = sum(multiply(gradient, double([0, 1, 2].map((column) => (column === row ? 1 : 0)))));
      return tape.gradients(entry).get(logits).toList();
    });
    const wanted = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? p[i] : 0) - p[i] * p[j]));
    expectClose(double(hessian), double(wanted), 1e-16);
  });
});

describe('the fused form is its long form', () => {
  const logits = double(uniform([4, 5, 3], { low: -8, high: 8 }));
  const target = double(uniform([4, 5, 3], { low: 0, high: 1, seed: 2 }));

  test.each([0, 1, 2, -1])('in value and gradients, along axis %i', (axis) => {
    expectClose(softmaxCrossEntropyRows(logits, target, { axis }), longForm(logits, target, axis), 1e-15);
    const fused = gradientTensors((x, t) => softmaxCrossEntropyRows(x, t, { axis }), [logits, target]);
    const long = gradientTensors((x, t) => longForm(x, t, axis), [logits, target]);
    expectClose(fused[0], long[0], 1e-15);
    expectClose(fused[1], long[1], 1e-15);
    expectClose(
      softmaxCrossEntropyRows(scattered(logits), scattered(target), { axis }),
      longForm(logits, target, axis),
      1e-15,
    );
  });
});

describe('soft targets', () => {
  test('that do not sum to 1 give (Σt)·p - t', () => {
    const t = double([0.5, 2, -1]);
    const [gradient] = gradientTensors((logits) => softmaxCrossEntropyRows(logits, t), [x]);
    expectClose(gradient, subtract(multiply(1.5, softmax(x)), t), 1e-15);
  });

  test('have a gradient too: the negative log-probabilities', () => {
    const [gradient] = gradientTensors((t) => softmaxCrossEntropyRows(x, t), [y]);
    expectClose(gradient, negate(logSoftmax(x)), 1e-16);
  });
});

describe('numbers at the ends of the line', () => {
  test('logits of ±1000', () => {
    expect(softmaxCrossEntropyRows([1000, -1000], [0, 1]).item()).toBe(2000);
    expect(softmaxCrossEntropyRows([1000, -1000], [1, 0]).item()).toBe(0);
    expect(gradientsOf((x) => softmaxCrossEntropyRows(x, [0, 1]), [[1000, -1000]])).toEqual([[1, -1]]);
  });

  test('a logit of -Infinity costs nothing away from the target, and infinitely much on it', () => {
    expect(softmaxCrossEntropyRows([0, -Infinity, 0], [0.5, 0, 0.5]).item()).toBeCloseTo(Math.LN2, 7);
    expect(gradientsOf((x) => softmaxCrossEntropyRows(x, [1, 0, 0]), [[0, -Infinity, 0]])).toEqual([[-0.5, 0, 0.5]]);
    expect(softmaxCrossEntropyRows([0, -Infinity], [0, 1]).item()).toBe(Infinity);
  });

  test('NaN and Infinity among the logits give NaN', () => {
    expect(
      softmaxCrossEntropyRows(
        [
          [Number.NaN, 0],
          [0, Infinity],
        ],
        [
          [0, 1],
          [0, 1],
        ],
      ).toList(),
    ).toEqual([Number.NaN, Number.NaN]);
  });

  test('no rows and no classes', () => {
    expect(softmaxCrossEntropyRows([[], []], [[], []]).toList()).toEqual([0, 0]);
    expect(softmaxCrossEntropyRows([], []).item()).toBe(0);
  });
});

test('its derivatives agree with differences, once and twice', () => {
  const point = [uniform([3, 4], { low: -2, high: 2 }), uniform([3, 4], { low: 0, high: 1, seed: 2 })];
  const names = ['logits', 'target'];
  const f = (logits: Tensor, target: Tensor): Tensor => softmaxCrossEntropyRows(logits, target);
  expect(gradcheck(f, point, { names })).toMatchObject({ comparisons: 6, kinks: [] });
  expect(gradgradcheck(f, point, { names })).toMatchObject({ kinks: [] });
});

test('every message', () => {
  expect(
    messagesOf({
      'class indices': () =>
        softmaxCrossEntropyRows(
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
          [0, 2],
        ),
      'one row for all': () =>
        softmaxCrossEntropyRows(
          [
            [1, 2],
            [4, 5],
          ],
          [[0, 1]],
        ),
      'an axis that is not there': () => softmaxCrossEntropyRows([1, 2], [0, 1], { axis: 1 }),
      'mixed types': () => softmaxCrossEntropyRows(x, softmax([1, 2, 3])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an axis that is not there": "ShapeError: softmaxCrossEntropyRows: axis 1 of a tensor with 1 axis; wanted a whole number from -1 to 0. Name an axis that the tensor has.",
      "class indices": "ShapeError: softmaxCrossEntropyRows: logits are [2, 3], target is [2]; wanted one target for each logit. Turn class indices into rows of zeros with a one first.",
      "mixed types": "DataTypeError: softmaxCrossEntropyRows: logits is float64, target is float32; wanted operands of one type. Convert one of them, for example \`cast(target, 'float64')\`.",
      "one row for all": "ShapeError: softmaxCrossEntropyRows: logits are [2, 2], target is [1, 2]; wanted one target for each logit. Turn class indices into rows of zeros with a one first.",
    }
  `);
});
