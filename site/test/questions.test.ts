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
