import { gradcheck, Random, Tape, tensor } from '@tapegrad/core';
import { softmaxCrossEntropy } from '@tapegrad/nn';
import { expect, test } from 'vitest';
import type { Question } from '../question.ts';
import { recordChain } from './chain.ts';
import { localJacobians } from './jacobian.ts';
import { machine } from './machine.ts';

const simple: Question = {
  logits: [[3, 1, -3]],
  target: { kind: 'index', labels: [0] },
  weights: [1, 1, 1],
  smoothing: 0,
  reduction: 'mean',
  base: 'e',
  dtype: 'float64',
  constant: 100,
};

const rich: Question = {
  logits: [
    [0.5, -1, 2, 0],
    [1, 1, -2, 0.25],
    [-0.3, 0.7, 0.1, 4],
  ],
  target: { kind: 'index', labels: [2, 0, 1] },
  weights: [1, 0.5, 2, 3],
  smoothing: 0.1,
  reduction: 'mean',
  base: '2',
  dtype: 'float64',
  constant: -7,
};

const stepOf = (question: Question, name: string) => {
  const step = machine(question).chain.find((step) => step.name === name);
  if (!step) throw new Error(`no step ${name}`);
  return step;
};

test('the chain of the README: its steps, its loss, its gradient', () => {
  const { chain, broken, warnings } = machine(simple);
  expect(chain.map(({ name }) => name)).toEqual(
    'logits max shift exp sum softmax log pick add negate total mean'.split(' '),
  );
  expect(chain[chain.length - 1].value[0][0]).toBeCloseTo(0.1291089088298506, 14);
  const [gradient] = chain[0].gradient;
  [-0.12112175726784913, 0.11894323591065209, 0.002178521357197023].forEach((wanted, index) => {
    expect(gradient[index]).toBeCloseTo(wanted, 14);
  });
  expect(broken).toBeUndefined();
  expect(warnings).toEqual([]);
});

test.each([
  ['mean', 'e', 'index'],
  ['sum', '10', 'index'],
  ['none', '2', 'distribution'],
  ['mean', '2', 'distribution'],
] as const)('the chain agrees with the fused form: %s, base %s, %s', (reduction, base, kind) => {
  const rows = [0, 1, 2].map(() => [0.4, 0.3, 0.2, 0.1]);
  const target = kind === 'index' ? rich.target : ({ kind, rows } as const);
  const question = { ...rich, reduction, base, target };
  const { chain, fused, hessians } = machine(question);
  const last = chain[chain.length - 1];
  expect(last.value.length).toBe(reduction === 'none' ? 3 : 1);
  fused.loss.forEach((row, index) => {
    expect(last.value[index][0]).toBeCloseTo(row[0], 13);
  });
  chain[0].gradient.forEach((row, index) => {
    row.forEach((number, column) => {
      expect(number).toBeCloseTo(fused.gradient[index][column], 13);
      expect(fused.formula[index][column]).toBeCloseTo(fused.gradient[index][column], 13);
    });
  });
  for (const { largestDifference } of hessians) expect(largestDifference).toBeLessThan(1e-14);
});

test('each gradient times each local Jacobian is what is passed on', () => {
  for (const { gradient, passed } of machine(rich).chain) {
    for (const { jacobian, product } of passed) {
      const incoming = jacobian.length === 1 ? [gradient.flat()] : gradient;
      const received = jacobian.length === 1 ? [product.flat()] : product;
      jacobian.forEach((block, row) => {
        received[row].forEach((number, column) => {
          const expected = incoming[row].reduce((total, g, index) => total + g * block[index][column], 0);
          expect(number).toBeCloseTo(expected, 13);
        });
      });
    }
  }
});

test('rows do not mix: outside the blocks a Jacobian is 0', () => {
  const { tape, outputs } = recordChain(rich);
  using _tape = tape;
  const [p, powers] = [outputs.get('softmax'), outputs.get('exp')];
  if (!p || !powers) throw new Error('the chain has no softmax');
  const { x } = localJacobians(tape, p, { x: powers });
  x.forEach((line, i) => {
    line.forEach((number, j) => {
      if (Math.floor(i / 4) !== Math.floor(j / 4)) expect(number).toBe(0);
    });
  });
});

test('two gifts add up where a value was used twice', () => {
  const [division] = stepOf(rich, 'softmax').passed;
  expect(division.to).toBe('exp');
  expect(division.before).toBeUndefined();
  const [gift] = stepOf(rich, 'sum').passed;
  expect(gift.before).toEqual(division.product);
  expect(gift.after).toEqual(stepOf(rich, 'exp').gradient);
  gift.after.forEach((row, index) => {
    row.forEach((number, column) => {
      expect(number).toBeCloseTo(division.product[index][column] + gift.product[index][column], 13);
    });
  });
});

test('nothing comes back through the largest logit', () => {
  for (const [number] of stepOf(rich, 'max').gradient) expect(Math.abs(number)).toBeLessThan(1e-15);
});

test('invariants, in both types', () => {
  for (const dtype of ['float32', 'float64'] as const) {
    const { invariants } = machine({ ...rich, dtype });
    expect(invariants).toMatchObject({ sumsHold: true, leastHold: true, changeHolds: true, checkHolds: true });
    expect(invariants.comparisons).toBe(3);
  }
  const loss = gradcheck((x) => softmaxCrossEntropy(x, [0]), [[[3, 1, -3]]]);
  expect(machine(simple).invariants.checkError).toBe(loss.worstError);
});

test('a loss is least where the prediction is the target, and then it is the entropy', () => {
  const rows = [[0.7, 0.2, 0.1]];
  const question: Question = {
    ...simple,
    logits: rows.map((row) => row.map(Math.log)),
    target: { kind: 'distribution', rows },
  };
  const { leastLosses, rowLosses, leastHold } = machine(question).invariants;
  expect(rowLosses[0]).toBeCloseTo(leastLosses[0], 14);
  expect(leastHold).toBe(true);
  const smoothed = machine({ ...simple, smoothing: 0.3, weights: [2, 2, 2], base: '2' }).invariants;
  expect(smoothed.leastLosses[0]).toBeCloseTo(-2 * (0.8 * Math.log2(0.8) + 0.2 * Math.log2(0.1)), 13);
});

test('the long chain breaks where the fused form does not, and says where', () => {
  const { chain, broken, fused } = machine({ ...simple, logits: [[800, 0, -800]] });
  expect(broken).toBe('log');
  expect(chain[chain.length - 1].value[0][0]).toBeNaN();
  expect(fused.loss).toEqual([[0]]);
  expect(fused.gradient.flat().every(Number.isFinite)).toBe(true);
});

test('float32 is float32', () => {
  const { chain } = machine({ ...simple, dtype: 'float32' });
  for (const number of chain.flatMap(({ value }) => value.flat())) expect(number).toBe(Math.fround(number));
});

test('the words of the library arrive', () => {
  const { warnings } = machine({ ...simple, target: { kind: 'distribution', rows: [[1, 1, 0]] } });
  expect(warnings).toEqual([{ code: 'TARGET_NOT_A_DISTRIBUTION', text: expect.stringContaining('sums to 2') }]);
});

test('the fused form is the loss of the library, bit for bit', () => {
  using tape = new Tape();
  const z = tape.watch(tensor(simple.logits, { dtype: 'float64' }));
  const loss = softmaxCrossEntropy(z, [0]);
  expect(machine(simple).fused.loss).toEqual([[loss.item()]]);
  expect(machine(simple).fused.gradient).toEqual(tape.gradients(loss).get(z).toList());
});

test('whatever is asked is answered, and what always holds holds', () => {
  const random = new Random(5);
  const pick = <Choice>(choices: readonly Choice[]): Choice => choices[Math.floor(random.uniform(0, choices.length))];
  for (let count = 0; count < 150; count++) {
    const [rows, classes] = [pick([1, 2, 3]), pick([2, 3, 4, 5, 6])];
    const grid = (make: () => number) =>
      Array.from({ length: rows }, () => Array.from({ length: classes }, () => make()));
    const question: Question = {
      logits: grid(() => random.uniform(-8, 8)),
      target: pick([
        { kind: 'index', labels: Array.from({ length: rows }, () => pick([0, 1])) },
        { kind: 'distribution', rows: grid(() => random.uniform(0, 1)) },
        { kind: 'distribution', rows: grid(() => 0) },
      ]),
      weights: Array.from({ length: classes }, () => pick([1, 0.5, 3, 0.1])),
      smoothing: pick([0, 0.1, 1]),
      reduction: pick(['mean', 'sum', 'none'] as const),
      base: pick(['e', '2', '10'] as const),
      dtype: pick(['float32', 'float64'] as const),
      constant: pick([0, 3, -1000, 1e6]),
    };
    const { invariants, hessians, dtype } = { ...machine(question), dtype: question.dtype };
    const { sumsHold, leastHold, changeHolds, checkHolds } = invariants;
    expect({ question, sumsHold, leastHold, changeHolds, checkHolds }).toEqual({
      question,
      ...{ sumsHold: true, leastHold: true, changeHolds: true, checkHolds: true },
    });
    for (const { largestDifference } of hessians) {
      expect(largestDifference).toBeLessThan(dtype === 'float32' ? 2e-5 : 1e-13);
    }
  }
});

test('the ends of the line: no weight at all, and logits as far as they go', () => {
  const weightless = machine({ ...simple, weights: [0, 1, 1] });
  expect(weightless.fused.loss[0][0]).toBeNaN();
  expect(weightless.broken).toBe('mean');
  const far = machine({ ...rich, logits: rich.logits.map((row) => row.map((z) => 250 * z)), dtype: 'float32' });
  expect(far.fused.gradient.flat().every(Number.isFinite)).toBe(true);
  expect(far.broken).toBe('log');
});

test('what always holds is tested on the fused form, which stands where the chain breaks', () => {
  const { broken, invariants, chain } = machine({
    ...simple,
    logits: [[1000, 0, 0]],
    target: { kind: 'index', labels: [1] },
  });
  expect(broken).toBe('log');
  expect(chain[0].gradient.flat().some(Number.isNaN)).toBe(true);
  expect(invariants.gradientSums[0]).toBeCloseTo(0, 12);
  expect([invariants.sumsHold, invariants.leastHold, invariants.changeHolds]).toEqual([true, true, true]);
});

test('where all that occurs weighs nothing there is nothing to compare, and nothing to hold', () => {
  const { fused, invariants } = machine({ ...simple, weights: [0, 1, 1] });
  expect(fused.loss[0][0]).toBeNaN();
  // NaN is no unit away from NaN: nothing is near it.
  expect(fused.lossUlps[0][0]).toBeNaN();
  expect(fused.lossDifference[0][0]).toBeNaN();
  expect(invariants.changeHolds).toBeUndefined();
  expect(invariants.checkHolds).toBeUndefined();
});
