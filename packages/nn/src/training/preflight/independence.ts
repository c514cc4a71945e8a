import { multiply, type Tensor, tensor } from '@tapegrad/core';
import { inUse } from '../../layers/trainingMode.ts';
import { type Finding, shown } from './finding.ts';
import { samplesOf, type Trial } from './trial.ts';

/** How much kernels may round otherwise in a batch of another size, as a share of the largest output. */
const rounding = 1e-4;

/**
 * Whether the output for a sample is the same alone, among others, and in another order, when the model is used. Batch
 * normalisation mixes samples in training on purpose; elsewhere an axis was mistaken.
 */
export function independence({ build, inputs }: Trial): readonly Finding[] {
  const model = build();
  const count = inputs.shape[0];
  const together = model.call(inputs, inUse);
  const backwards = reversed(model.call(reversed(inputs), inUse));
  const chosen = [...new Set([0, Math.floor(count / 2), count - 1])];
  const alone = chosen.map((sample) =>
    farthest(samplesOf(together, sample, 1), model.call(samplesOf(inputs, sample, 1), inUse)),
  );
  const difference = Math.max(farthest(together, backwards), ...alone);
  const largest = farthest(together, multiply(together, 0));
  const isSame = Number.isFinite(difference) && difference <= rounding * largest;
  return [
    {
      check: 'each sample by itself',
      verdict: isSame ? 'passed' : 'failed',
      seen: `outputs alone, together and backwards differ by ${shown(difference)} of ${shown(largest)}`,
      wanted: `at most ${rounding} of the largest, for rounding`,
      remedy: isSame
        ? ''
        : 'Look for a reshape, softmax or normalisation over the batch axis, and for state that a call leaves behind.',
    },
  ];
}

/** The largest difference of two tensors of a shape; NaN is as far as can be. */
function farthest(a: Tensor, b: Tensor): number {
  const [x, y] = [a.read(), b.read()];
  let most = 0;
  for (let i = 0; i < x.length; i++) {
    const distance = Math.abs(x[i] - y[i]);
    if (!(distance <= most)) most = Number.isNaN(distance) ? Infinity : distance;
  }
  return most;
}

function reversed(x: Tensor): Tensor {
  const [numbers, size] = [x.read(), x.size / x.shape[0]];
  const turned = numbers.slice();
  for (let sample = 0; sample < x.shape[0]; sample++) {
    turned.set(numbers.subarray(sample * size, (sample + 1) * size), (x.shape[0] - 1 - sample) * size);
  }
  return tensor(turned, { shape: x.shape, dtype: x.dtype });
}
