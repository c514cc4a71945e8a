import { cast, type DataType, detach, divide, gradcheck, sum, Tape } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { dataTypes } from '../../../core/test/numbers.ts';
import { type Classification, classifications, ignoreIndex, rowByRow } from '../../test/crossEntropy.ts';
import { reductions } from '../../test/regression.ts';
import type { Reduction } from './reduce.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

/** The loss, and the gradient of its sum. */
function lossAndGradient({ logits, target, ...options }: Classification, reduction: Reduction) {
  using tape = new Tape();
  const x = tape.watch(logits);
  const loss = softmaxCrossEntropy(x, target, { ...options, ignoreIndex, reduction });
  const gradient = tape.gradients(sum(loss), { nonFinite: 'allow' }).get(x);
  return { loss: detach(loss), gradient: detach(gradient) };
}

function inType(dtype: DataType, { logits, target, weight, labelSmoothing }: Classification): Classification {
  return {
    logits: cast(logits, dtype),
    target: cast(target, dtype),
    weight: weight && cast(weight, dtype),
    labelSmoothing,
  };
}

test.each(dataTypes)('agrees with formulas row by row, in %s', (dtype) => {
  const tolerance = dtype === 'float64' ? 1e-13 : 1e-5;
  fc.assert(
    fc.property(classifications, (classification) => {
      const { losses, gradient, divisor } = rowByRow(classification);
      const isMeanless = divisor === 0;
      const wanted = {
        none: { loss: losses, gradient },
        sum: { loss: sum(losses), gradient },
        mean: { loss: divide(sum(losses), divisor), gradient: isMeanless ? gradient : divide(gradient, divisor) },
      };
      for (const reduction of reductions) {
        const got = lossAndGradient(inType(dtype, classification), reduction);
        expect([got.loss.dtype, got.gradient.dtype]).toEqual([dtype, dtype]);
        expectClose(got.loss, wanted[reduction].loss, tolerance);
        expectClose(got.gradient, wanted[reduction].gradient, tolerance);
      }
    }),
  );
});

test('has the derivatives of its formula, by the logits and by a distribution', () => {
  fc.assert(
    fc.property(classifications, fc.constantFrom('sum', 'none'), ({ logits, target, ...options }, reduction) => {
      const loss = { ...options, ignoreIndex, reduction } as const;
      const { kinks } =
        target.rank < logits.rank
          ? gradcheck((x) => softmaxCrossEntropy(x, target, loss), [logits.toNdarray()])
          : gradcheck((x, t) => softmaxCrossEntropy(x, t, loss), [logits.toNdarray(), target.toNdarray()]);
      expect(kinks).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
