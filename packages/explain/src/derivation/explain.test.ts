import {
  abs,
  add,
  batchNormTraining,
  conv2d,
  type DataType,
  exp,
  greater,
  log,
  matmul,
  maxPool2d,
  mean,
  multiply,
  Parameter,
  relu,
  softmaxCrossEntropyRows,
  sqrt,
  square,
  subtract,
  sum,
  Tape,
  type Tensor,
  tensor,
  where,
} from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { numbers, samples } from '../../test/operations.ts';
import { explain } from './explain.ts';
import type { Explanation } from './explanation.ts';
import { explanationToJson } from './json.ts';
import { explanationToMarkdown } from './markdown.ts';
import { explanationToText } from './text.ts';

const double = (list: number | number[] | number[][]): Tensor => tensor(list, { dtype: 'float64' });

/** All renderings, which must not crash, say nothing undefined, and leave no spaces at ends of lines. */
function renderings(explanation: Explanation): string[] {
  const all = [
    explanationToText(explanation),
    explanationToMarkdown(explanation),
    explanationToJson(explanation),
    explanationToText(explanation, { longForms: false }),
  ];
  for (const text of all) expect(text).not.toMatch(/undefined|\[object| $/m);
  return all;
}

describe('the gradients are those of tape.gradients, bit for bit', () => {
  test.each(Object.entries(samples))('%s', (_, { inputs, call }) => {
    for (const dtype of ['float64', 'float32'] satisfies DataType[]) {
      using tape = new Tape();
      const watched = inputs.map((x) => tape.watch(tensor(x.toFlatArray(), { dtype, shape: x.shape })));
      const output = call(...watched);
      const cotangent = tensor(numbers(output.shape).toFlatArray(), { dtype: output.dtype, shape: output.shape });
      const before = String(tape);
      const explanation = explain(output, { cotangent, limit: Infinity });
      expect(String(tape)).toBe(before);
      const gradients = tape.gradients(output, { cotangent });
      expect(explanation.gradients.length).toBe(gradients.size);
      for (const { index, gradient } of explanation.gradients) {
        const own = gradients.get(tape.steps[index].output);
        expect(gradient).toMatchObject({ shape: own.shape, dtype, numbers: Array.from(own.read()) });
        // The leaf at the end of the walk says the same.
        const step = explanation.steps.find((step) => step.index === index);
        expect(step?.cotangent).toEqual(gradient);
      }
      expect(structuredClone(explanation)).toEqual(explanation);
    }
  });

  test('of a small network in float32 with parameters, whose ops are computed together', () => {
    using tape = new Tape();
    const weight = new Parameter(
      'conv.weight',
      tensor(numbers([2, 1, 2, 2]).toFlatArray(), { dtype: 'float32', shape: [2, 1, 2, 2] }),
    );
    const images = tape.constant(
      tensor(numbers([2, 1, 4, 4]).toFlatArray(), { dtype: 'float32', shape: [2, 1, 4, 4] }),
    );
    const hidden = tape.within('conv', () => relu(conv2d(images, weight, { padding: 1 })));
    const loss = mean(square(batchNormTraining(maxPool2d(hidden, { kernelSize: 2 })).output));
    const expected = Array.from(tape.gradients(loss).get(weight).read());
    const explanation = explain(loss);
    expect(explanation.gradients).toMatchObject([{ label: { text: 'conv.weight' }, gradient: { numbers: expected } }]);
    expect(explanation.values.filter(({ layer }) => layer === 'conv').map(({ operation }) => operation)).toEqual([
      'parameter',
      'conv2d',
      'relu',
    ]);
    renderings(explanation);
  });
});

describe('what arrives is the sum of what was passed', () => {
  test.each(Object.entries(samples))('%s', (_, { inputs, call }) => {
    using tape = new Tape();
    const output = call(...inputs.map((x) => tape.watch(x)));
    const { steps } = explain(output, { cotangent: numbers(output.shape), longFormLimit: 0 });
    const passed = steps.flatMap((step) => step.passed.map((part) => ({ from: step.index, ...part })));
    for (const { index, contributions, cotangent } of steps) {
      expect(contributions).toEqual(
        passed.filter(({ to }) => to === index).map(({ from, input, passed }) => ({ from, input, cotangent: passed })),
      );
      if (contributions.length === 0) continue;
      const [first, ...others] = contributions.map((part) => part.cotangent.numbers);
      expect(cotangent.numbers).toEqual(others.reduce((a, b) => a.map((number, i) => number + b[i]), first));
    }
  });
});

test('softmax cross-entropy, with its short form and the long one', () => {
  using tape = new Tape();
  const logits = tape.watch(double([3, 1, -3]), 'logits');
  const explanation = explain(softmaxCrossEntropyRows(logits, [1, 0, 0]));
  const [text] = renderings(explanation);
  expect(text).toMatchInlineSnapshot(`
    "The gradients of L = v2
    =======================

    The values
    ----------
    logits = [3, 1, -3]   (a watched tensor)
    v1 = [1, 0, 0]   (a constant)
    v2 = -Σ v1·ln p, p = softmax(logits) over axis 0   softmaxCrossEntropy(logits, target: v1) axis=0
        = 0.12911

    The way back
    ------------
    1. Back through v2 = softmaxCrossEntropy(logits, target: v1) axis=0
       v2 = -Σ v1·ln p, p = softmax(logits) over axis 0
       g = ∂L/∂v2 = 1   (here the walk begins)
       with logits = [3, 1, -3]
            v1 = [1, 0, 0]
            v2 = 0.12911
       to logits:
         ∂v2/∂logits = (Σ v1)·p - v1
           = [ -0.12112  0.11894  0.0021785 ]
         ∂L/∂logits = g·((Σ v1)·p - v1)
           = 1·[ -0.12112  0.11894  0.0021785 ]
           = [-0.12112, 0.11894, 0.0021785]
       What is believed less what is true: the probabilities, less the target where it sums to 1.
       The same in elementary steps, by the probabilities p, shifted by the largest logit:
         | logits = [3, 1, -3]   (a watched tensor)
         | target = [1, 0, 0]   (a constant)
         | u2 = max logits   max(x: logits) axes=[0] keepDims=true
         |     = [3]
         | u3 = logits - u2   subtract(x: logits, y: u2)
         |     = [3, 1, -3] - [3]
         |     = [0, -2, -6]
         | u4 = e^u3   exp(x: u3)
         |     = e^[0, -2, -6]
         |     = [1, 0.13534, 0.0024788]
         | u5 = Σ u4   sum(x: u4) axes=[0] keepDims=true
         |     = [1.1378]
         | u6 = u4/u5   divide(x: u4, y: u5)
         |     = [1, 0.13534, 0.0024788]/[1.1378]
         |     = [0.87888, 0.11894, 0.0021785]
         | u7 = ln u6   log(x: u6)
         |     = ln [0.87888, 0.11894, 0.0021785]
         |     = [-0.12911, -2.1291, -6.1291]
         | u8 = target·u7   multiply(x: target, y: u7)
         |     = [1, 0, 0]·[-0.12911, -2.1291, -6.1291]
         |     = [-0.12911, 0, 0]
         | u9 = Σ u8   sum(x: u8) axes=[0] keepDims=false
         |     = -0.12911
         | u10 = -u9   negate(x: u9)
         |     = -(-0.12911)
         |     = 0.12911
         |   1. Back through u10 = negate(x: u9)
         |      u10 = -u9
         |      g = ∂L/∂u10 = 1   (here the walk begins)
         |      with u9 = -0.12911
         |           u10 = 0.12911
         |      to u9, its x:
         |        ∂u10/∂u9 = -1
         |        ∂L/∂u9 = -g
         |          = 1·(-1)
         |          = -1
         |      The cotangent goes back with the other sign.
         |   2. Back through u9 = sum(x: u8) axes=[0] keepDims=false
         |      u9 = Σ u8
         |      g = ∂L/∂u9 = -1   (from u10)
         |      with u8 = [-0.12911, 0, 0]
         |           u9 = -0.12911
         |      to u8, its x:
         |        ∂u9/∂u8[i] = 1
         |          = [ 1  1  1 ]
         |        ∂L/∂u8 = g, repeated for each summand
         |          = -1·[ 1  1  1 ]
         |          = [-1, -1, -1]
         |      Every summand receives the cotangent of the sum as it is.
         |   3. Back through u8 = multiply(x: target, y: u7)
         |      u8 = target·u7
         |      g = ∂L/∂u8 = [-1, -1, -1]   (from u9)
         |      with target = [1, 0, 0]
         |           u7 = [-0.12911, -2.1291, -6.1291]
         |           u8 = [-0.12911, 0, 0]
         |      to u7, its y:
         |        ∂u8/∂u7 = target
         |          = [1, 0, 0], element by element
         |        ∂L/∂u7 = g·target
         |          = [-1, -1, -1]·[1, 0, 0]
         |          = [-1, 0, 0]
         |      Each factor receives the cotangent times the other.
         |   4. Back through u7 = log(x: u6)
         |      u7 = ln u6
         |      g = ∂L/∂u7 = [-1, 0, 0]   (from u8)
         |      with u6 = [0.87888, 0.11894, 0.0021785]
         |           u7 = [-0.12911, -2.1291, -6.1291]
         |      to u6, its x:
         |        ∂u7/∂u6 = 1/u6
         |          = 1/[0.87888, 0.11894, 0.0021785]
         |          = [1.1378, 8.4074, 459.03], element by element
         |        ∂L/∂u6 = g·(1/u6)
         |          = [-1, 0, 0]·[1.1378, 8.4074, 459.03]
         |          = [-1.1378, 0, 0]
         |      The smaller a number is, the more steeply its logarithm rises.
         |   5. Back through u6 = divide(x: u4, y: u5)
         |      u6 = u4/u5
         |      g = ∂L/∂u6 = [-1.1378, 0, 0]   (from u7)
         |      with u4 = [1, 0.13534, 0.0024788]
         |           u5 = [1.1378]
         |           u6 = [0.87888, 0.11894, 0.0021785]
         |      to u4, its x:
         |        ∂u6/∂u4 = 1/u5
         |          = 1/[1.1378]
         |          = 0.87888, element by element
         |        ∂L/∂u4 = g·(1/u5)
         |          = [-1.1378, 0, 0]·0.87888
         |          = [-1, 0, 0]
         |      to u5, its y:
         |        ∂u6/∂u5 = -u6/u5
         |          = -[0.87888, 0.11894, 0.0021785]/[1.1378]
         |          = [-0.77243, -0.10454, -0.0019147], element by element
         |        ∂L/∂u5 = g·(-u6/u5), added up over the copies that were made of it
         |          = [-1.1378, 0, 0]·[-0.77243, -0.10454, -0.0019147]
         |          = [0.87888]
         |      A larger numerator raises the quotient, a larger denominator lowers it.
         |   6. Back through u5 = sum(x: u4) axes=[0] keepDims=true
         |      u5 = Σ u4
         |      g = ∂L/∂u5 = [0.87888]   (from u6)
         |      with u4 = [1, 0.13534, 0.0024788]
         |           u5 = [1.1378]
         |      to u4, its x:
         |        ∂u5/∂u4[i] = 1
         |          = [ 1  1  1 ]
         |        ∂L/∂u4 = g, repeated for each summand
         |          = [0.87888]·[ 1  1  1 ]
         |          = [0.87888, 0.87888, 0.87888]
         |      Every summand receives the cotangent of the sum as it is.
         |   7. Back through u4 = exp(x: u3)
         |      u4 = e^u3
         |      u4 was used 2 times, so what comes back is added:
         |        from u6, its x: [-1, 0, 0]
         |        from u5, its x: [0.87888, 0.87888, 0.87888]
         |      g = ∂L/∂u4 = [-0.12112, 0.87888, 0.87888]
         |      with u3 = [0, -2, -6]
         |           u4 = [1, 0.13534, 0.0024788]
         |      to u3, its x:
         |        ∂u4/∂u3 = u4
         |          = [1, 0.13534, 0.0024788], element by element
         |        ∂L/∂u3 = g·u4
         |          = [-0.12112, 0.87888, 0.87888]·[1, 0.13534, 0.0024788]
         |          = [-0.12112, 0.11894, 0.0021785]
         |      The slope of e^x is e^x itself, the value that was computed already.
         |   8. Back through u3 = subtract(x: logits, y: u2)
         |      u3 = logits - u2
         |      g = ∂L/∂u3 = [-0.12112, 0.11894, 0.0021785]   (from u4)
         |      with logits = [3, 1, -3]
         |           u2 = [3]
         |           u3 = [0, -2, -6]
         |      to logits, its x:
         |        ∂u3/∂logits = 1
         |        ∂L/∂logits = g
         |          = [-0.12112, 0.11894, 0.0021785]
         |      to u2, its y:
         |        ∂u3/∂u2 = -1
         |        ∂L/∂u2 = -g, added up over the copies that were made of it
         |          = [-0.12112, 0.11894, 0.0021785]·(-1)
         |          = [1.5613e-17]
         |      The first receives the cotangent as it is, the second with the other sign.
         |   9. Back through u2 = max(x: logits) axes=[0] keepDims=true
         |      u2 = max logits
         |      g = ∂L/∂u2 = [1.5613e-17]   (from u3)
         |      with logits = [3, 1, -3]
         |           u2 = [3]
         |      to logits, its x:
         |        ∂u2/∂logits[i] = 1/n where logits[i] = u2, of which there are n, else 0
         |          = [ 1  0  0 ]
         |        ∂L/∂logits = g·[logits = u2]/n
         |          = [1.5613e-17]·[ 1  0  0 ]
         |          = [1.5613e-17, 0, 0]
         |      The cotangent goes to the number that was chosen; equals share it.
         |   10. logits is a watched tensor: here the walk ends.
         |      logits was used 2 times, so what comes back is added:
         |        from u3, its x: [-0.12112, 0.11894, 0.0021785]
         |        from u2, its x: [1.5613e-17, 0, 0]
         |      g = ∂L/∂logits = [-0.12112, 0.11894, 0.0021785]
         value: the same to the last bit
         ∂L/∂logits: 1 unit in the last place apart at most
       Another way, by the logarithms z - ln Σ e^z, shifted by the largest logit:
         value: the same to the last bit
         ∂L/∂logits: 1 unit in the last place apart at most
       Another way, by the probabilities p, as it stands, without a shift:
         value: 4 units in the last place apart at most
         ∂L/∂logits: 4 units in the last place apart at most

    2. logits is a watched tensor: here the walk ends.
       g = ∂L/∂logits = [-0.12112, 0.11894, 0.0021785]   (from v2)

    The gradients
    -------------
    ∂L/∂logits = ∂L/∂v2·∂v2/∂logits
        = [-0.12112, 0.11894, 0.0021785]
        in short, at v2: ∂L/∂logits = g·((Σ v1)·p - v1), with g = ∂L/∂v2 = 1
    "
  `);
  const [{ longForms }] = explanation.steps;
  expect(longForms[0].derivation.values.map(({ operation }) => operation)).toEqual([
    ...['watched', 'constant', 'max', 'subtract', 'exp', 'sum', 'divide', 'log', 'multiply', 'sum', 'negate'],
  ]);
});

test('a loss with two branches, as Huber has it', () => {
  using tape = new Tape();
  const prediction = tape.watch(double([0.5, 3]), 'prediction');
  const distance = subtract(prediction, [0, 1]);
  const size = abs(distance);
  const rows = where(greater(1, size), multiply(0.5, square(distance)), subtract(size, 0.5));
  const [text] = renderings(explain(mean(rows)));
  expect(text).toMatchInlineSnapshot(`
    "The gradients of L = v14
    ========================

    The values
    ----------
    prediction = [0.5, 3]   (a watched tensor)
    v1 = [0, 1]   (a constant)
    v2 = prediction - v1   subtract(x: prediction, y: v1)
        = [0.5, 3] - [0, 1]
        = [0.5, 2]
    v3 = |v2|   abs(x: v2)
        = |[0.5, 2]|
        = [0.5, 2]
    v5 = 1 where 1 > v3, else 0   greater(x: 1, y: v3)
        = 1 where 1 > [0.5, 2], else 0
        = [1, 0]
    v6 = v2·v2   multiply(x: v2, y: v2)
        = [0.5, 2]·[0.5, 2]
        = [0.25, 4]
    v8 = 0.5·v6   multiply(x: 0.5, y: v6)
        = 0.5·[0.25, 4]
        = [0.125, 2]
    v10 = v3 - 0.5   subtract(x: v3, y: 0.5)
        = [0.5, 2] - 0.5
        = [0, 1.5]
    v11 = v8 where v5 ≠ 0, else v10   where(condition: v5, x: v8, y: v10)
        = [0.125, 2] where [1, 0] ≠ 0, else [0, 1.5]
        = [0.125, 1.5]
    v12 = Σ v11   sum(x: v11) axes=[0] keepDims=false
        = 1.625
    v14 = v12/2   divide(x: v12, y: 2)
        = 1.625/2
        = 0.8125

    The way back
    ------------
    1. Back through v14 = divide(x: v12, y: 2)
       v14 = v12/2
       g = ∂L/∂v14 = 1   (here the walk begins)
       with v12 = 1.625
            v14 = 0.8125
       to v12, its x:
         ∂v14/∂v12 = 1/2
           = 0.5
         ∂L/∂v12 = g·(1/2)
           = 1·0.5
           = 0.5
       A larger numerator raises the quotient, a larger denominator lowers it.

    2. Back through v12 = sum(x: v11) axes=[0] keepDims=false
       v12 = Σ v11
       g = ∂L/∂v12 = 0.5   (from v14)
       with v11 = [0.125, 1.5]
            v12 = 1.625
       to v11, its x:
         ∂v12/∂v11[i] = 1
           = [ 1  1 ]
         ∂L/∂v11 = g, repeated for each summand
           = 0.5·[ 1  1 ]
           = [0.5, 0.5]
       Every summand receives the cotangent of the sum as it is.

    3. Back through v11 = where(condition: v5, x: v8, y: v10)
       v11 = v8 where v5 ≠ 0, else v10
       g = ∂L/∂v11 = [0.5, 0.5]   (from v12)
       with v5 = [1, 0]
            v8 = [0.125, 2]
            v10 = [0, 1.5]
            v11 = [0.125, 1.5]
       to v8, its x:
         ∂v11/∂v8 = 1 where v5 ≠ 0, else 0
           = 1 where [1, 0] ≠ 0, else 0
           = [1, 0], element by element
         ∂L/∂v8 = g·(1 where v5 ≠ 0, else 0)
           = [0.5, 0.5]·[1, 0]
           = [0.5, 0]
       to v10, its y:
         ∂v11/∂v10 = 0 where v5 ≠ 0, else 1
           = 0 where [1, 0] ≠ 0, else 1
           = [0, 1], element by element
         ∂L/∂v10 = g·(0 where v5 ≠ 0, else 1)
           = [0.5, 0.5]·[0, 1]
           = [0, 0.5]
       The cotangent goes to the side that was taken; the other gets exactly 0, and the condition has no slope.

    4. Back through v10 = subtract(x: v3, y: 0.5)
       v10 = v3 - 0.5
       g = ∂L/∂v10 = [0, 0.5]   (from v11)
       with v3 = [0.5, 2]
            v10 = [0, 1.5]
       to v3, its x:
         ∂v10/∂v3 = 1
         ∂L/∂v3 = g
           = [0, 0.5]
       The first receives the cotangent as it is, the second with the other sign.

    5. Back through v8 = multiply(x: 0.5, y: v6)
       v8 = 0.5·v6
       g = ∂L/∂v8 = [0.5, 0]   (from v11)
       with v6 = [0.25, 4]
            v8 = [0.125, 2]
       to v6, its y:
         ∂v8/∂v6 = 0.5
         ∂L/∂v6 = g·0.5
           = [0.5, 0]·0.5
           = [0.25, 0]
       Each factor receives the cotangent times the other.

    6. Back through v6 = multiply(x: v2, y: v2)
       v6 = v2·v2
       g = ∂L/∂v6 = [0.25, 0]   (from v8)
       with v2 = [0.5, 2]
            v6 = [0.25, 4]
       to v2, its x:
         ∂v6/∂v2 = v2
           = [0.5, 2], element by element
         ∂L/∂v2 = g·v2
           = [0.25, 0]·[0.5, 2]
           = [0.125, 0]
       to v2, its y:
         ∂v6/∂v2 = v2
           = [0.5, 2], element by element
         ∂L/∂v2 = g·v2
           = [0.25, 0]·[0.5, 2]
           = [0.125, 0]
       Each factor receives the cotangent times the other.

    7. Back through v3 = abs(x: v2)
       v3 = |v2|
       g = ∂L/∂v3 = [0, 0.5]   (from v10)
       with v2 = [0.5, 2]
            v3 = [0.5, 2]
       to v2, its x:
         ∂v3/∂v2 = sign(v2)
           = sign([0.5, 2])
           = 1, element by element
         ∂L/∂v2 = g·sign(v2)
           = [0, 0.5]
       Up on the right, down on the left, and 0 at the kink at 0.

    8. Back through v2 = subtract(x: prediction, y: v1)
       v2 = prediction - v1
       v2 was used 3 times, so what comes back is added:
         from v6, its x: [0.125, 0]
         from v6, its y: [0.125, 0]
         from v3, its x: [0, 0.5]
       g = ∂L/∂v2 = [0.25, 0.5]
       with prediction = [0.5, 3]
            v1 = [0, 1]
            v2 = [0.5, 2]
       to prediction, its x:
         ∂v2/∂prediction = 1
         ∂L/∂prediction = g
           = [0.25, 0.5]
       The first receives the cotangent as it is, the second with the other sign.

    9. prediction is a watched tensor: here the walk ends.
       g = ∂L/∂prediction = [0.25, 0.5]   (from v2)

    The gradients
    -------------
    ∂L/∂prediction = ∂L/∂v2·∂v2/∂prediction
        = [0.25, 0.5]
        in short, at v2: ∂L/∂prediction = g, with g = ∂L/∂v2
    "
  `);
});

test('a value used twice', () => {
  using tape = new Tape();
  const x = tape.watch(double(2), 'x');
  const [text] = renderings(explain(add(multiply(x, x), exp(x))));
  expect(text).toMatchInlineSnapshot(`
    "The gradients of L = v3
    =======================

    The values
    ----------
    x = 2   (a watched tensor)
    v1 = x·x   multiply(x, y: x)
        = 2·2
        = 4
    v2 = e^x   exp(x)
        = e^2
        = 7.3891
    v3 = v1 + v2   add(x: v1, y: v2)
        = 4 + 7.3891
        = 11.389

    The way back
    ------------
    1. Back through v3 = add(x: v1, y: v2)
       v3 = v1 + v2
       g = ∂L/∂v3 = 1   (here the walk begins)
       with v1 = 4
            v2 = 7.3891
            v3 = 11.389
       to v1, its x:
         ∂v3/∂v1 = 1
         ∂L/∂v1 = g
           = 1
       to v2, its y:
         ∂v3/∂v2 = 1
         ∂L/∂v2 = g
           = 1
       Both summands receive the cotangent as it is.

    2. Back through v2 = exp(x)
       v2 = e^x
       g = ∂L/∂v2 = 1   (from v3)
       with x = 2
            v2 = 7.3891
       to x:
         ∂v2/∂x = v2
           = 7.3891
         ∂L/∂x = g·v2
           = 1·7.3891
           = 7.3891
       The slope of e^x is e^x itself, the value that was computed already.

    3. Back through v1 = multiply(x, y: x)
       v1 = x·x
       g = ∂L/∂v1 = 1   (from v3)
       with x = 2
            v1 = 4
       to x:
         ∂v1/∂x = x
           = 2
         ∂L/∂x = g·x
           = 1·2
           = 2
       to x, its y:
         ∂v1/∂x = x
           = 2
         ∂L/∂x = g·x
           = 1·2
           = 2
       Each factor receives the cotangent times the other.

    4. x is a watched tensor: here the walk ends.
       x was used 3 times, so what comes back is added:
         from v2, its x: 7.3891
         from v1, its x: 2
         from v1, its y: 2
       g = ∂L/∂x = 11.389

    The gradients
    -------------
    ∂L/∂x = ∂L/∂v2·∂v2/∂x + ∂L/∂v1·∂v1/∂x (as x) + ∂L/∂v1·∂v1/∂x (as y)
        = 11.389
        in short, at v2: ∂L/∂x = g·v2, with g = ∂L/∂v2 = 1
        in short, at v1: ∂L/∂x = g·x, with g = ∂L/∂v1 = 1
        in short, at v1: ∂L/∂x = g·x, with g = ∂L/∂v1 = 1
    "
  `);
});

test('a convolution, whose Jacobian is too large', () => {
  using tape = new Tape();
  const rows = double(Array.from({ length: 4 }, (_, i) => [i, -1, 2 * i, 1]));
  const images = tape.constant(tensor(rows.read(), { shape: [1, 1, 4, 4] }), 'images');
  const weight = tape.watch(tensor(Float64Array.of(1, -1, 0.5, 0), { shape: [1, 1, 2, 2] }), 'weight');
  const loss = sum(relu(conv2d(images, weight)));
  const [text] = renderings(explain(loss, { jacobianLimit: 16 }));
  expect(text).toMatchInlineSnapshot(`
    "The gradients of L = v4
    =======================

    The values
    ----------
    images = [[[[0, -1, 0, 1], [1, -1, 2, 1], [2, -1, 4, 1], [3, -1, 6, 1]]]]   (a constant)
    weight = [[[[1, -1], [0.5, 0]]]]   (a watched tensor)
    v2[n, o, r, c] = Σ weight[o, k, i, j]·images[n, k, r·s + i·d - p, c·s + j·d - p] over k, i, j
        by conv2d(x: images, weight) stride=1 padding=0 dilation=1 groups=1
        = [[[[1.5, -1.5, 0], [3, -3.5, 3], [4.5, -5.5, 6]]]]
    v3 = max(v2, 0)   relu(x: v2)
        = [[[[1.5, 0, 0], [3, 0, 3], [4.5, 0, 6]]]]
    v4 = Σ v3   sum(x: v3) axes=[0,1,2,3] keepDims=false
        = 18

    The way back
    ------------
    1. Back through v4 = sum(x: v3) axes=[0,1,2,3] keepDims=false
       v4 = Σ v3
       g = ∂L/∂v4 = 1   (here the walk begins)
       with v3 = [[[[1.5, 0, 0], [3, 0, 3], [4.5, 0, 6]]]]
            v4 = 18
       to v3, its x:
         ∂v4/∂v3[i] = 1
           = [ 1  1  1  1  1  1  1  1  1 ]
         ∂L/∂v3 = g, repeated for each summand
           = 1·[ 1  1  1  1  1  1  1  1  1 ]
           = [[[[1, 1, 1], [1, 1, 1], [1, 1, 1]]]]
       Every summand receives the cotangent of the sum as it is.

    2. Back through v3 = relu(x: v2)
       v3 = max(v2, 0)
       g = ∂L/∂v3 = [[[[1, 1, 1], [1, 1, 1], [1, 1, 1]]]]   (from v4)
       with v2 = [[[[1.5, -1.5, 0], [3, -3.5, 3], [4.5, -5.5, 6]]]]
            v3 = [[[[1.5, 0, 0], [3, 0, 3], [4.5, 0, 6]]]]
       to v2, its x:
         ∂v3/∂v2 = 1 where v2 > 0, else 0
           = [[[[1, 0, 0], [1, 0, 1], [1, 0, 1]]]], element by element
         ∂L/∂v2 = g·(1 where v2 > 0, else 0)
           = [[[[1, 0, 0], [1, 0, 1], [1, 0, 1]]]]
       An open gate above 0, a shut one below, and shut at the kink at 0.

    3. Back through v2 = conv2d(x: images, weight) stride=1 padding=0 dilation=1 groups=1
       v2[n, o, r, c] = Σ weight[o, k, i, j]·images[n, k, r·s + i·d - p, c·s + j·d - p] over k, i, j
       g = ∂L/∂v2 = [[[[1, 0, 0], [1, 0, 1], [1, 0, 1]]]]   (from v3)
       with images = [[[[0, -1, 0, 1], [1, -1, 2, 1], [2, -1, 4, 1], [3, -1, 6, 1]]]]
            weight = [[[[1, -1], [0.5, 0]]]]
            v2 = [[[[1.5, -1.5, 0], [3, -3.5, 3], [4.5, -5.5, 6]]]]
       to weight:
         ∂v2[n, o, r, c]/∂weight[o, k, i, j] = images[n, k, r·s + i·d - p, c·s + j·d - p]
           (its Jacobian, with a column for each of 4 numbers, is too large to be shown)
         ∂L/∂weight = Σ g[n, o, r, c]·images[n, k, r·s + i·d - p, c·s + j·d - p] over n, r, c
           = [[[[9, -1], [16, -1]]]]
       Stride s, dilation d, p zeros in front. To the images each cotangent goes back along the filter it came through; the filter receives the images correlated with the cotangents.
       The same in elementary steps, position by position of the filter:
         | (24 elementary steps, too many to be told here)
         value: the same to the last bit
         ∂L/∂weight: the same to the last bit

    4. weight is a watched tensor: here the walk ends.
       g = ∂L/∂weight = [[[[9, -1], [16, -1]]]]   (from v2)

    The gradients
    -------------
    ∂L/∂weight = ∂L/∂v4·∂v4/∂v3·∂v3/∂v2·∂v2/∂weight
        = [[[[9, -1], [16, -1]]]]
        in short, at v2: ∂L/∂weight = Σ g[n, o, r, c]·images[n, k, r·s + i·d - p, c·s + j·d - p] over n, r, c, with g = ∂L/∂v2
    "
  `);
});

test('Markdown', () => {
  using tape = new Tape();
  const weight = tape.watch(double([[1, 2]]), 'layer.weight');
  const loss = sum(multiply(matmul(weight, [[3], [-1]]), 0.5));
  const [, markdown] = renderings(explain(loss, { longFormLimit: 0 }));
  expect(markdown).toMatchInlineSnapshot(`
    "# The gradients of $L = v_{5}$

    ## The values

    - $\\mathrm{layer.weight} = \\begin{bmatrix} 1 & 2 \\end{bmatrix}$, a watched tensor
    - $v_{1} = \\begin{bmatrix} 3 \\\\ -1 \\end{bmatrix}$, a constant
    - \${v_{2}} = {\\mathrm{layer.weight}}\\,{v_{1}}, \\quad {v_{2}}_{ij} = \\sum_p {\\mathrm{layer.weight}}_{ip}\\,{v_{1}}_{pj} = \\begin{bmatrix} 1 \\end{bmatrix}$, by \`matmul\`
    - \${v_{4}} = {v_{2}} \\cdot {0.5} = \\begin{bmatrix} 0.5 \\end{bmatrix}$, by \`multiply\`
    - \${v_{5}} = \\sum {v_{4}} = 0.5$, by \`sum\`

    ## The way back

    ### 1. Back through $v_{5}$, by \`sum\`

    $\${v_{5}} = \\sum {v_{4}}$$

    $$g = \\frac{\\partial L}{\\partial v_{5}} = 1$$

    To $v_{4}$, its \`x\`:

    $$\\frac{\\partial {v_{5}}}{\\partial {v_{4}}_{i}} = 1$$

    $$\\frac{\\partial L}{\\partial {v_{4}}} = g \\text{, repeated for each summand} = \\begin{bmatrix} 1 \\end{bmatrix}$$

    Every summand receives the cotangent of the sum as it is.

    ### 2. Back through $v_{4}$, by \`multiply\`

    $\${v_{4}} = {v_{2}} \\cdot {0.5}$$

    $$g = \\frac{\\partial L}{\\partial v_{4}} = \\begin{bmatrix} 1 \\end{bmatrix}$$

    To $v_{2}$, its \`x\`:

    $$\\frac{\\partial {v_{4}}}{\\partial {v_{2}}} = {0.5} = \\begin{bmatrix} 0.5 \\end{bmatrix}$$

    $$\\frac{\\partial L}{\\partial {v_{2}}} = g \\cdot {0.5} = \\begin{bmatrix} 0.5 \\end{bmatrix}$$

    Each factor receives the cotangent times the other.

    ### 3. Back through $v_{2}$, by \`matmul\`

    $\${v_{2}} = {\\mathrm{layer.weight}}\\,{v_{1}}, \\quad {v_{2}}_{ij} = \\sum_p {\\mathrm{layer.weight}}_{ip}\\,{v_{1}}_{pj}$$

    $$g = \\frac{\\partial L}{\\partial v_{2}} = \\begin{bmatrix} 0.5 \\end{bmatrix}$$

    To $\\mathrm{layer.weight}$, its \`x\`:

    $$\\frac{\\partial {v_{2}}_{ij}}{\\partial {\\mathrm{layer.weight}}_{kp}} = \\delta_{ik}\\, {v_{1}}_{pj}$$

    | ∂ | $\\mathrm{layer.weight}[0]$ | $\\mathrm{layer.weight}[1]$ |
    |---|---:|---:|
    | $v_{2}[0]$ | $3$ | $-1$ |

    $$\\frac{\\partial L}{\\partial {\\mathrm{layer.weight}}} = g\\,{v_{1}}^{\\mathsf T} = \\begin{bmatrix} 1.5 & -0.5 \\end{bmatrix}$$

    Each factor receives the cotangent times the other one, transposed.

    ### 4. $\\mathrm{layer.weight}$ is a watched tensor

    $$g = \\frac{\\partial L}{\\partial \\mathrm{layer.weight}} = \\begin{bmatrix} 1.5 & -0.5 \\end{bmatrix}$$

    ## The gradients

    $$\\frac{\\partial L}{\\partial \\mathrm{layer.weight}} = \\frac{\\partial L}{\\partial v_{5}} \\cdot \\frac{\\partial v_{5}}{\\partial v_{4}} \\cdot \\frac{\\partial v_{4}}{\\partial v_{2}} \\cdot \\frac{\\partial v_{2}}{\\partial \\mathrm{layer.weight}} = \\begin{bmatrix} 1.5 & -0.5 \\end{bmatrix}$$

    In short, at $v_{2}$: $\\frac{\\partial L}{\\partial {\\mathrm{layer.weight}}} = g\\,{v_{1}}^{\\mathsf T}$
    "
  `);
});

test('JSON has all digits, and strings for what it does not know', () => {
  using tape = new Tape();
  const x = tape.watch(double([0, -0, 1 / 3]), 'x');
  const explanation = explain(sum(log(x)));
  const { format, version, explanation: read } = JSON.parse(explanationToJson(explanation));
  expect({ format, version }).toEqual({ format: 'tapegrad-explanation', version: 1 });
  expect(read.values[0].value.numbers).toEqual([0, '-0', 1 / 3]);
  expect(read.values[1].value.numbers).toEqual(['-Infinity', '-Infinity', Math.log(1 / 3)]);
  expect(read.gradients[0].gradient.numbers).toEqual(['Infinity', '-Infinity', 3]);
  expect(Object.keys(read)).toEqual(Object.keys(explanation));
});

describe('at the ends of the line', () => {
  const losses: Readonly<Record<string, (x: Tensor) => Tensor>> = {
    'a NaN': (x) => sum(log(subtract(x, 5))),
    'an infinity': (x) => sum(divideByZero(x)),
    'an infinite slope': (x) => sum(sqrt(multiply(x, 0))),
    'a softmax of infinities': (x) => softmaxCrossEntropyRows(multiply(x, Infinity), [1, 0]),
  };
  const divideByZero = (x: Tensor): Tensor => multiply(x, exp(multiply(x, 1000)));
  test.each(Object.entries(losses))('%s is explained', (_, lossOf) => {
    using tape = new Tape();
    const explanation = explain(lossOf(tape.watch(double([1, -2]), 'x')));
    renderings(explanation);
    expect(explanation.gradients).toHaveLength(1);
  });

  test('element by element, an infinite slope stays with its element', () => {
    using tape = new Tape();
    const explanation = explain(sum(sqrt(tape.watch(double([0, 4]), 'x'))));
    expect(explanation.steps[1].passed[0].jacobian?.entries).toEqual([
      [Infinity, 0],
      [0, 0.25],
    ]);
  });

  test('no numbers at all', () => {
    using tape = new Tape();
    const x = tape.watch(double([]), 'x');
    const explanation = explain(sum(multiply(exp(x), softmaxless(x))));
    const [text] = renderings(explanation);
    expect(text).toContain('∂L/∂x');
    expect(explanation.gradients[0].gradient).toMatchObject({ size: 0, numbers: [], smallest: null });
  });
  const softmaxless = (x: Tensor): Tensor => add(x, 1);

  test('a loss that is a leaf itself', () => {
    using tape = new Tape();
    const explanation = explain(tape.watch(double(3), 'x'));
    renderings(explanation);
    expect(explanation).toMatchObject({
      steps: [{ passed: [], contributions: [] }],
      gradients: [{ chain: { text: '1' } }],
    });
  });

  test('values too many to be kept', () => {
    using tape = new Tape();
    const x = tape.watch(numbers([5, 50]), 'x');
    const explanation = explain(sum(multiply(x, x)), { limit: 3 });
    expect(explanation.values[0].value).toMatchObject({ size: 250, numbers: { length: 3 } });
    renderings(explanation);
  });
});

describe('options', () => {
  test('by what is asked for alone', () => {
    using tape = new Tape();
    const [a, b] = [tape.watch(double(1), 'a'), tape.watch(double(2), 'b')];
    const half = tape.constant(double(0.5));
    const product = multiply(half, multiply(a, b));
    const explanation = explain(product, { withRespectTo: [b, half] });
    expect(explanation.gradients.map(({ label }) => label.text)).toEqual(['v2', 'b']);
    expect(explanation.steps[0].passed.map(({ input }) => input)).toEqual(['x', 'y']);
    expect(explanation.steps.flatMap(({ passed }) => passed.map(({ to }) => to))).not.toContain(0);
  });

  test('a watched value in the middle has its gradient too', () => {
    using tape = new Tape();
    const x = tape.watch(double(2), 'x');
    const middle = tape.watch(exp(x));
    const { gradients } = explain(square(middle));
    expect(gradients.map(({ label }) => label.text)).toEqual(['v1', 'x']);
    expect(gradients[1].chain.text).toBe('∂L/∂v1·∂v1/∂x');
  });

  test('a Jacobian is shown up to the limit', () => {
    using tape = new Tape();
    const y = matmul(tape.watch(double([[1, 2]])), [[3], [4]]);
    const shown = (jacobianLimit: number) => explain(sum(y), { jacobianLimit }).steps[1].passed[0].jacobian;
    expect(shown(1)).toBeNull();
    expect(shown(2)).toEqual({ rows: 1, columns: 2, entries: [[3, 4]] });
  });
});

test('errors', () => {
  using tape = new Tape();
  const x = tape.watch([1, 2]);
  expect(() => explain(tensor(1))).toThrowErrorMatchingInlineSnapshot(
    `[TapeError: explain: a loss of shape [] that no tape recorded; wanted a loss computed from tensors of a tape. Bring what it is computed from onto one first: \`tape.watch(x)\`, \`tape.constant(images)\`.]`,
  );
  expect(() => explain(sum(x), { limit: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: explain: limit is 0; wanted a whole number of at least 1, or Infinity. Leave it out for the default.]`,
  );
  expect(() => explain(sum(x), { jacobianLimit: 1.5 })).toThrow('jacobianLimit is 1.5');
  expect(() => explain(sum(x), { longFormLimit: -1 })).toThrow('longFormLimit is -1');
  expect(() => explain(x)).toThrow('one number');
  expect(() => explain(sum(tape.constant([1])))).toThrow('no parameter and no watched tensor leads');
  const loss = sum(x);
  tape.release();
  expect(() => explain(loss)).toThrow('a tape that has ended');
});
