import { describe, expect, test } from 'vitest';
import type { Numbers } from '../chapters/model.ts';
import { questions } from '../chapters/questions/index.ts';
import { startOf } from '../parts/chapterState.ts';

/** What a piece of a page of questions computes, with some knobs set otherwise than at first. */
function at(path: string, set: Numbers = {}): Numbers {
  const [page, name] = path.split('/');
  const piece = questions.find((chapter) => chapter.name === page)?.pieces[name];
  if (piece === undefined) throw new Error(`there is no piece ${path}`);
  const knobs = { ...startOf(piece), ...set };
  for (const knob of Object.keys(set)) expect(Object.keys(piece.knobs)).toContain(knob);
  return { ...knobs, ...piece.compute(knobs) };
}

test('there are at least sixty questions, each answered by a piece of its own', () => {
  expect(questions.flatMap(({ pieces }) => Object.keys(pieces)).length).toBeGreaterThanOrEqual(60);
});

describe('what the answers on softmax loss say', () => {
  test('the slope is p − y, by differences too; softmax twice pulls weakly', () => {
    const { measured, rule, walked } = at('softmax-loss/slope');
    expect(walked).toBeCloseTo(rule, 12);
    expect(measured).toBeCloseTo(rule, 6);
    const { chain, fused, twice } = at('softmax-loss/fused');
    expect(chain).toBeCloseTo(fused, 10);
    expect(Math.abs(twice)).toBeLessThan(Math.abs(fused) / 3);
  });

  test('the mean divides by the weights, an ignored row has no gradient, and one sigmoid is two outputs', () => {
    const { first, ignored } = at('softmax-loss/weighted', { w: 3 });
    expect(first).toBeCloseTo(-0.5 / 4, 12);
    expect(ignored).toBe(0);
    const { two, one, t1, o1 } = at('softmax-loss/sigmoid');
    expect(one).toBeCloseTo(two, 12);
    expect(o1).toBeCloseTo(t1, 12);
  });

  test('the loss exceeds 1 below p = 1/e, softmax keeps the order, and the Hessian is not negative', () => {
    expect(at('softmax-loss/size', { p: 0.36 }).loss).toBeGreaterThan(1);
    expect(at('softmax-loss/size', { p: 0.37 }).loss).toBeLessThan(1);
    expect(at('softmax-loss/size', { p: 1 }).loss).toBeCloseTo(0, 12);
    const { p1, p2, p3 } = at('softmax-loss/order');
    expect(p1 > p2 && p2 > p3).toBe(true);
    const { along, same } = at('softmax-loss/curvature');
    expect(along).toBeGreaterThan(0);
    expect(same).toBeCloseTo(0, 12);
  });
});

describe('what the answers on training a classifier say', () => {
  test('an ignored row gets exactly 0, and all of them give NaN', () => {
    expect(at('classification/ignored').second).toBe(0);
    expect(at('classification/ignored').first).not.toBe(0);
    expect(at('classification/allIgnored', { n: 3 }).mean).toBeNaN();
    expect(at('classification/allIgnored', { n: 2 }).mean).toBeGreaterThan(0);
  });

  test('loss and accuracy rise together, and accuracy alone', () => {
    const [before, after] = [0, 1].map((t) => at('classification/progress', { t }));
    expect(after.loss).toBeGreaterThan(before.loss);
    expect(after.right).toBeGreaterThan(before.right);
    const [first, last] = [0, 1].map((t) => at('classification/constant', { t }));
    expect(last.loss).toBeCloseTo(first.loss, 12);
    expect([first.right, last.right]).toEqual([0.5, 1]);
    expect(last.second).toBeGreaterThan(0);
  });

  test('hinge has no gradient from a margin of 1 on, softmax loss always has one', () => {
    expect(at('classification/hinge', { m: 1 }).hinge).toBe(-0);
    expect(at('classification/hinge', { m: 0.9 }).hinge).toBe(-1);
    expect(at('classification/hinge', { m: 6 }).softmax).toBeLessThan(0);
  });

  test('overflow and underflow spoil the formula as it is written, not the library', () => {
    expect(at('classification/overflow', { z: 800 })).toMatchObject({ power: Infinity, naive: Number.NaN, stable: 1 });
    expect(at('classification/overflow', { z: 700 }).naive).toBeCloseTo(1, 12);
    expect(at('classification/underflow', { d: 800 })).toMatchObject({
      belief: 0,
      naive: Infinity,
      loss: 800,
      slope: -1,
    });
  });

  test('temperature keeps the order, smoothing has an end, and the first loss is ln C', () => {
    const { p1, p2, p3 } = at('classification/temperature', { T: 10 });
    expect(p1 > p2 && p2 > p3).toBe(true);
    const { best } = at('classification/smoothing');
    const [less, more] = [Math.floor(best * 10) / 10, Math.ceil(best * 10) / 10];
    expect(at('classification/smoothing', { z: less }).smoothed).toBeLessThan(0);
    expect(at('classification/smoothing', { z: more }).smoothed).toBeGreaterThan(0);
    expect(at('classification/smoothing', { z: 10 }).plain).toBeLessThan(0);
    const { loss, rule } = at('classification/atFirst');
    expect(loss).toBeCloseTo(rule, 12);
  });
});

describe('what the answers on cross-entropy and KL say', () => {
  test('the best loss is the entropy, KL is not symmetric but for mirror images', () => {
    const { loss, entropy, divergence } = at('divergence/least');
    expect(loss).toBeCloseTo(entropy, 12);
    expect(divergence).toBeCloseTo(0, 12);
    const { forward, reverse } = at('divergence/operands');
    expect(forward).not.toBeCloseTo(reverse, 2);
    const mirrored = at('divergence/symmetric');
    expect(mirrored.forward).toBeCloseTo(mirrored.reverse, 12);
  });

  test('both have one gradient, the ratio is ln 2, and a part is negative', () => {
    const { cross, divergence } = at('divergence/gradient');
    expect(divergence).toBeCloseTo(cross, 10);
    expect(at('divergence/base').ratio).toBeCloseTo(Math.LN2, 12);
    const { tails, sum } = at('divergence/negative');
    expect(tails).toBeLessThan(0);
    expect(sum).toBeGreaterThan(0);
    expect(at('divergence/impossible')).toMatchObject({ limit: Infinity });
    expect(at('divergence/impossible').reverse).toBeLessThan(Math.LN2);
    expect(at('divergence/exceed').nats).toBeCloseTo(Math.log(10), 12);
  });
});

describe('what the answers on regression losses say', () => {
  test('smooth L1 is Huber divided by δ, MSE has 2d/N, and log-cosh the curvature 1 − tanh²', () => {
    const { smooth, divided } = at('regression/seams');
    expect(smooth).toBeCloseTo(divided, 12);
    const { curvature, rule } = at('regression/bend');
    expect(curvature).toBeCloseTo(rule, 5);
  });
});

describe('what the answers on regression losses say of pulls and kinks', () => {
  test('an outlier pulls in proportion under squared error, and as one under the others', () => {
    const [near, far] = [1, 20].map((d) => at('regression/pulls', { d }));
    expect(far.half / near.half).toBeCloseTo(20, 12);
    expect(far.l1).toBe(near.l1);
    expect(Math.abs(far.logCosh)).toBeLessThanOrEqual(1);
    const { mse, total, half } = at('regression/factors');
    expect(total).toBeCloseTo(2 * half, 12);
    expect(Math.abs(mse)).toBeLessThan(Math.abs(total));
  });

  test('the 0-1 loss is flat, and relu(x) − relu(−x) has no slope at 0', () => {
    expect(at('regression/flat', { s: 0.5 }).slope).toBe(0);
    expect(at('regression/corner', { x: 0 })).toMatchObject({ slope: 0, pair: 0 });
    expect(at('regression/corner', { x: 1 })).toMatchObject({ slope: 1, pair: 1 });
    expect(at('regression/broadcast').pairs).toBe(9);
  });
});

describe('what the answers on convolution say', () => {
  test('the layer and the convolution of mathematics differ, and a border of zeros makes means small', () => {
    const { c1, f1 } = at('convolution/name', { a: 2, b: -1 });
    expect([c1, f1]).toEqual([0, 3]);
    const { corner, middle } = at('convolution/border');
    expect(corner / middle).toBeCloseTo(4 / 9, 12);
  });

  test('the middle pixel gets b·g₀ + a·g₁', () => {
    const { middle, first, second } = at('convolution/turn');
    expect(middle).toBeCloseTo(first + second, 12);
  });

  test('two small layers have 18 weights for 25, and 1 × 1 is a dense layer', () => {
    const { two, one } = at('convolution/stack', { c: 1 });
    expect([two, one]).toEqual([18, 25]);
    const { convolved, dense } = at('convolution/pixel');
    expect(convolved).toBe(dense);
  });

  test('checkerboards come where the stride does not divide the filter, and only there', () => {
    for (const [k, s] of [
      [2, 2],
      [4, 2],
      [3, 3],
      [4, 1],
    ]) {
      const { least, most } = at('convolution/checkerboard', { k, s });
      expect(least, `${k} by ${s}`).toBe(most);
    }
    const { least, most } = at('convolution/checkerboard', { k: 3, s: 2 });
    expect(least).toBeLessThan(most);
  });

  test('the transposed is no inverse, an even filter has no whole padding, and a stride breaks shifts', () => {
    const { x1, x2, x3 } = at('convolution/inverse', { a: 1, b: 1 });
    expect([x1, x2, x3]).not.toEqual([1, 2, 4]);
    expect(at('convolution/even', { k: 4 })).toMatchObject({ half: 1.5, less: 7, more: 9 });
    expect(at('convolution/even', { k: 5 })).toMatchObject({ less: 8, more: 8 });
    const sums = (s: number): number[] => [4, 5].map((i) => at('convolution/shift', { i, s }).sum);
    expect(sums(1)[0]).toBe(sums(1)[1]);
    expect(sums(2)[0]).not.toBe(sums(2)[1]);
  });
});

describe('what the answers on layers say', () => {
  test('of equal maxima the first gets all, and one bright pixel is a quarter of a mean', () => {
    expect(at('layers/ties', { a: 1, b: 1 })).toMatchObject({ byA: 1, byB: 0 });
    expect(at('layers/ties', { a: 1, b: 1.5 })).toMatchObject({ byA: 0, byB: 1 });
    expect(at('layers/pools', { v: 9 })).toMatchObject({ max: 9, average: 3 });
    const { g, m1, m2, a1, a2 } = at('layers/conserved');
    expect([m1 + m2, a1 + a2]).toEqual([g, g]);
  });

  test('a bias before batch norm changes nothing, and a factor only the gradient', () => {
    const [one, other] = [-2, 3].map((b) => at('layers/bias', { b }));
    expect(other.first).toBeCloseTo(one.first, 12);
    expect(other.slope).toBeCloseTo(0, 12);
    const { first, slope, at1 } = at('layers/scale', { c: 4 });
    expect(first).toBeCloseTo(at('layers/scale', { c: 1 }).first, 12);
    expect(slope).toBeCloseTo(at1 / 4, 12);
  });

  test('two numbers become −1 and 1, and neighbours count for batch norm only', () => {
    const { y1, y2 } = at('layers/pair');
    expect([y1, y2]).toEqual([expect.closeTo(-1, 4), expect.closeTo(1, 4)]);
    const [one, other] = [-5, 5].map((w) => at('layers/neighbours', { w }));
    expect(other.batch).not.toBeCloseTo(one.batch, 3);
    expect(other.layer).toBe(one.layer);
  });

  test('ε keeps tiny differences tiny, and dropout keeps the mean', () => {
    expect(at('layers/epsilon', { e: 0 }).last).toBeGreaterThan(1);
    expect(at('layers/epsilon', { e: 8 }).last).toBeLessThan(1e-4);
    const { kept, mean, size } = at('layers/dropout', { rate: 0.5 });
    expect(kept).toBe(2);
    expect(mean).toBeCloseTo(1, 1);
    expect(size).toBeGreaterThan(1.8);
  });
});

describe('what the answers on backpropagation and depth say', () => {
  test('uses are added, and one walk gives all derivatives', () => {
    const { first, second, total } = at('backpropagation/twice');
    expect(total).toBeCloseTo(first + second, 12);
    expect(at('backpropagation/modes', { n: 20, m: 5 })).toMatchObject({ derivatives: 100, back: 1, forward: 100 });
  });

  test('differences are best near 10⁻⁵', () => {
    const errorBy = (e: number): number => at('backpropagation/differences', { e }).central;
    expect(errorBy(5)).toBeLessThan(errorBy(2) / 1000);
    expect(errorBy(5)).toBeLessThan(errorBy(11) / 1000);
    const { central, oneSided } = at('backpropagation/differences', { e: 5 });
    expect(central).toBeLessThan(oneSided / 100);
  });

  test('a second walk gives the same, and neurons that are alike stay so', () => {
    const { first, second } = at('backpropagation/again');
    expect(second).toBe(first);
    const [same, other] = [0, 0.5].map((d) => at('backpropagation/alike', { d }));
    expect(same.g1).toBe(same.g2);
    expect(other.g1).not.toBeCloseTo(other.g2, 3);
  });

  test('sigmoids vanish, sums do not, and a ReLU can be dead', () => {
    expect(at('backpropagation/vanish', { z: 0 }).one).toBe(0.25);
    const { plain, summed } = at('backpropagation/blocks');
    expect(Math.abs(plain)).toBeLessThan(1e-10);
    expect(summed).toBeGreaterThan(1);
    expect(at('backpropagation/dead', { b: -3 }).alive).toBe(0);
    expect(at('backpropagation/dead', { b: 3 }).alive).toBe(1);
  });

  test('the loss falls along half a gradient too', () => {
    const { right, half, before, after } = at('backpropagation/wrong');
    expect(half).toBeCloseTo(right / 2, 12);
    expect(after).toBeLessThan(before);
  });
});
