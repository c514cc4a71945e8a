import {
  type DataType,
  gelu,
  logSoftmax,
  logSumExp,
  multiply,
  Random,
  sigmoid,
  softmax,
  softmaxCrossEntropyRows,
  softplus,
  standardise,
  Tape,
  type Tensor,
  tanh,
  tensor,
} from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { samples } from '../../test/operations.ts';
import { explain } from '../derivation/explain.ts';
import type { Explanation, LongFormExplanation } from '../derivation/explanation.ts';
import { operationsWithLongForm } from './longFormsOf.ts';

const dataTypes: readonly DataType[] = ['float32', 'float64'];

function normal(shape: readonly number[], dtype: DataType, seed: number): Tensor {
  const random = new Random(seed);
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(
    Float64Array.from({ length: size }, () => random.uniform(-3, 3)),
    { shape, dtype },
  );
}

/** The long forms of all steps of an explanation, each with the name of its op. */
function longFormsIn({
  steps,
  values,
}: Explanation): readonly (readonly [operation: string, form: LongFormExplanation])[] {
  const operationOf = new Map(values.map(({ index, operation }) => [index, operation]));
  return steps.flatMap(({ index, longForms }) =>
    longForms.map((form) => [operationOf.get(index) ?? '?', form] as const),
  );
}

/** The largest of all distances in units in the last place of the largest number. */
function farthest({ value, gradients }: LongFormExplanation): number {
  return Math.max(value.ofLargest, ...Object.values(gradients).map(({ ofLargest }) => ofLargest));
}

function explained(call: (...x: Tensor[]) => Tensor, inputs: readonly Tensor[], seed = 1): Explanation {
  using tape = new Tape();
  const output = call(...inputs.map((x) => tape.watch(x)));
  return explain(output, { cotangent: normal(output.shape, output.dtype, seed) });
}

describe('the long forms agree with the fused ops', () => {
  const proved = new Set<string>();

  test.each(Object.entries(samples))('%s, in both types', (_, { inputs, call }) => {
    for (const dtype of dataTypes) {
      const own = inputs.map((x) => tensor(x.toFlatArray(), { dtype, shape: x.shape }));
      for (const [operation, form] of longFormsIn(explained(call, own))) {
        proved.add(operation);
        expect({ operation, title: form.title, isFar: farthest(form) > 64 }).toEqual({
          operation,
          title: form.title,
          isFar: false,
        });
      }
    }
  });

  test('and each op that has one was met', () => {
    expect(operationsWithLongForm.filter((operation) => !proved.has(operation))).toEqual([]);
  });

  const fused: Readonly<Record<string, (x: Tensor) => Tensor>> = {
    softmax,
    logSoftmax,
    logSumExp: (x) => logSumExp(x, { axes: 1 }),
    sigmoid,
    tanh,
    softplus,
    gelu,
    standardise: (x) => standardise(x, { axes: 1 }).output,
    softmaxCrossEntropy: (x) => softmaxCrossEntropyRows(x, softmax(multiply(-1, x.toNdarray()))),
  };
  test.each(Object.entries(fused))('%s, at random', (_, call) => {
    for (const dtype of dataTypes) {
      for (let seed = 1; seed <= 20; seed++) {
        const forms = longFormsIn(explained(call, [normal([3, 5], dtype, seed)], seed + 100));
        expect(forms.length).toBeGreaterThan(0);
        for (const [, form] of forms) expect(farthest(form)).toBeLessThan(32);
      }
    }
  });
});

describe('the report is honest where a long form is not stable', () => {
  const forms = (logits: number[], target: number[]): Record<string, LongFormExplanation> => {
    using tape = new Tape();
    const z = tape.watch(tensor(logits, { dtype: 'float64' }), 'logits');
    const all = longFormsIn(explain(softmaxCrossEntropyRows(z, target)));
    return Object.fromEntries(all.map(([, form]) => [form.title, form]));
  };

  test('logits of 1000: without the shift e^1000 overflows, with it both agree', () => {
    const {
      'by the probabilities p, shifted by the largest logit': shifted,
      'by the logarithms z - ln Σ e^z, shifted by the largest logit': byLogarithms,
      'by the probabilities p, as it stands, without a shift': naive,
    } = forms([1000, 999, 997], [0, 1, 0]);
    expect(farthest(shifted)).toBeLessThan(4);
    expect(farthest(byLogarithms)).toBeLessThan(4);
    expect(naive.value.worst).toBe(Infinity);
    expect(naive.gradients.logits.worst).toBe(Infinity);
  });

  test('logits far apart: a probability underflows, and its logarithm is lost; that of ln Σ e^z is not', () => {
    const {
      'by the probabilities p, shifted by the largest logit': shifted,
      'by the logarithms z - ln Σ e^z, shifted by the largest logit': byLogarithms,
    } = forms([1000, 0, -1000], [0, 1, 0]);
    expect(shifted.value.worst).toBe(Infinity);
    expect(byLogarithms.value.worst).toBe(0);
    expect(byLogarithms.gradients.logits.worst).toBe(0);
  });

  test('a sigmoid far out, whose e^-x overflows, and a softplus of small numbers, whose digits cancel', () => {
    const [[, far]] = longFormsIn(explained(sigmoid, [tensor(Float64Array.of(-800))]));
    // Its gradient is a product with 0, which stays 0 beside an infinite slope.
    expect(far.gradients.x.worst).toBe(0);
    const [[, small]] = longFormsIn(explained((x) => softplus(x, { threshold: 30 }), [tensor(Float64Array.of(-30))]));
    expect(small.value.worst).toBeGreaterThan(1e5);
  });
});

test('larger ops than the limit are not computed twice, and 0 is never', () => {
  using tape = new Tape();
  const y = softmax(tape.watch(normal([4, 4], 'float64', 1)));
  const cotangent = normal([4, 4], 'float64', 2);
  const count = (longFormLimit: number): number => explain(y, { cotangent, longFormLimit }).steps[0].longForms.length;
  expect([0, 31, 32].map(count)).toEqual([0, 0, 2]);
});
