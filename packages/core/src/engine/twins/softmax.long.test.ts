import fc from 'fast-check';
import { mixedNumbers, someNumbers, type TwinTest, testTwins } from '../../../test/twins.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity } = Number;

const size = fc.oneof(fc.constantFrom(0, 1, 2, 4), fc.integer({ min: 1, max: 30 }));
const shapes = fc.tuple(size, size, fc.oneof(fc.constant(1), size));
const specials = fc.constantFrom<number[][]>(
  [],
  [],
  [],
  [nan],
  [infinity],
  [minusInfinity, minusInfinity, minusInfinity],
  [1000, -1000, 80, -90, 3e38, -3e38],
);

const large: [number, number, number][] = [
  [1, 9001, 1],
  [2, 1000, 7],
  [3000, 10, 1],
  [8, 10, 600],
];

const random = fc.sample(fc.tuple(shapes, specials), { numRuns: 150, seed: 3 });
const cases = [...random, ...large.map((shape) => [shape, [30]] as const)];

/** Logits from -5 to 5, and in the first row nothing but -Infinity now and then. */
function logitsOf(length: number, classes: number, special: readonly number[], seed: number): Float32Array {
  const logits = mixedNumbers(length, seed, special).map((x) => (Math.abs(x) <= 1 ? 5 * x : x));
  return seed % 10 === 0 ? logits.fill(minusInfinity, 0, classes) : logits;
}

for (const name of ['softmax', 'logSoftmax', 'logSumExp'] as const) {
  testTwins(name, {
    cases: cases.map(([[outer, classes, inner], special], seed) => ({
      name: `[${outer}, ${classes}, ${inner}] with ${special}, ${seed}`,
      call: (kernels, room) => {
        const x = room.input(logitsOf(outer * classes * inner, classes, special, seed));
        const y = room.output(name === 'logSumExp' ? outer * inner : x.length);
        kernels[name](x, y, outer, classes, inner);
      },
    })),
    tolerance: 4e-7,
  });
}

/** Shares of which many are 0, where a logit of -Infinity costs nothing. */
const losses: TwinTest['cases'] = cases.map(([[outer, classes, inner], special], seed) => ({
  name: `[${outer}, ${classes}, ${inner}] with ${special}, ${seed}`,
  call: (kernels, room) => {
    const length = outer * classes * inner;
    const logits = logitsOf(length, classes, special, seed);
    const targets = someNumbers(length, seed + 5).map((x, at) => {
      if (!Number.isFinite(logits[at])) return seed % 3 === 0 ? x : 0;
      return x > 0.5 ? x / classes : 0;
    });
    if (special.length === 1 && length > 0) targets[0] = nan;
    const loss = room.output(outer * inner);
    kernels.softmaxCrossEntropy(room.input(logits), room.input(targets), loss, outer, classes, inner);
  },
}));
testTwins('softmaxCrossEntropy', { cases: losses, tolerance: 1e-6 });

testTwins('softmaxCrossEntropy of a prediction that is nearly sure', {
  cases: [
    {
      name: 'what is left of the loss is right',
      call: (kernels, room) => {
        const scale = 1e9;
        const loss = room.output(1);
        kernels.softmaxCrossEntropy(
          room.input(Float32Array.of(21, 0, 0)),
          room.input(Float32Array.of(scale, 0, 0)),
          loss,
          1,
          3,
          1,
        );
      },
    },
  ],
  tolerance: 1e-6,
});
