import { Random, type Tensor, tensor } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import fc from 'fast-check';
import { uniform } from '../../core/test/numbers.ts';
import { between } from './between.ts';

/** The index that is left out, in every case below. */
export const ignoreIndex = -1;

/** Logits `[batch, classes, …]` with a target of either kind, and options. */
export interface Classification {
  readonly logits: Tensor;
  /** Class indices, or a distribution of the logits' shape. */
  readonly target: Tensor;
  readonly weight: Tensor | undefined;
  readonly labelSmoothing: number;
}

export const classifications: fc.Arbitrary<Classification> = fc
  .record({
    batch: fc.nat(4),
    classes: fc.integer({ min: 1, max: 5 }),
    positions: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    kind: fc.constantFrom('indices', 'weights of any sum'),
    ignoredShare: fc.constantFrom(0, 0.3, 1),
    isWeighted: fc.boolean(),
    labelSmoothing: fc.oneof(fc.constant(0), between(0, 1)),
    seed: fc.nat(),
  })
  .map(({ batch, classes, positions, kind, ignoredShare, isWeighted, labelSmoothing, seed }) => {
    const shape = [batch, classes, ...positions];
    const random = new Random(seed);
    const rows = [batch, ...positions];
    const index = () => (random.uniform() < ignoredShare ? ignoreIndex : random.integer(classes));
    const indices = Float64Array.from({ length: sizeOf(rows) }, index);
    return {
      logits: tensor(uniform(shape, { low: -5, high: 5, seed: seed + 1 })),
      target:
        kind === 'indices' ? tensor(indices, { shape: rows }) : tensor(uniform(shape, { low: 0, seed: seed + 2 })),
      weight: isWeighted ? tensor(uniform([classes], { low: 0.1, high: 3, seed: seed + 3 })) : undefined,
      labelSmoothing,
    };
  });

/**
 * PyTorch's formulas, one row at a time: the loss of each, ∂loss/∂logits of their sum, and what the mean divides by.
 *
 * A row's loss is a weighted sum of the costs -ln p[c] of its classes, so that its derivative by a logit is the same sum
 * of the costs' derivatives.
 */
export function rowByRow({ logits, target, weight, labelSmoothing }: Classification) {
  const [batch, classes, ...positions] = logits.shape;
  const inner = sizeOf(positions);
  const [x, t] = [logits.toFlatArray(), target.toFlatArray()];
  const hasIndices = target.rank < logits.rank;
  const weights = weight?.toFlatArray() ?? new Float64Array(classes).fill(1);
  const over = Array.from({ length: classes }, (_, c) => c);
  const losses: number[] = [];
  const gradient = new Float64Array(x.length);
  let divisor = 0;
  for (let row = 0; row < batch * inner; row++) {
    const at = (c: number): number => (Math.floor(row / inner) * classes + c) * inner + (row % inner);
    const sum = (term: (c: number) => number): number => over.reduce((total, c) => total + term(c), 0);
    const partition = sum((c) => Math.exp(x[at(c)]));
    const p = (c: number): number => Math.exp(x[at(c)]) / partition;
    const weigh = (cost: (c: number) => number): number => {
      if (!hasIndices) {
        return sum((c) => weights[c] * ((1 - labelSmoothing) * t[at(c)] + labelSmoothing / classes) * cost(c));
      }
      if (t[row] === ignoreIndex) return 0;
      const own = weights[t[row]] * cost(t[row]);
      return (1 - labelSmoothing) * own + (labelSmoothing / classes) * sum((c) => weights[c] * cost(c));
    };
    losses.push(weigh((c) => -Math.log(p(c))));
    for (const k of over) gradient[at(k)] = weigh((c) => p(k) - (c === k ? 1 : 0));
    divisor += hasIndices ? (t[row] === ignoreIndex ? 0 : weights[t[row]]) : 1;
  }
  return {
    losses: tensor(Float64Array.from(losses), { shape: [batch, ...positions] }),
    gradient: tensor(gradient, { shape: logits.shape }),
    divisor,
  };
}
