import fc from 'fast-check';
import {
  type Call,
  mixedNumbers,
  type Room,
  someNumbers,
  type TwinTest,
  testTwinsOf,
} from '../packages/core/test/twins.ts';
import * as fast from '../packages/nn/src/authors/index.ts';
import { adagrad } from '../packages/nn/src/optimisers/adagrad.ts';
import { adam } from '../packages/nn/src/optimisers/adam.ts';
import { decay } from '../packages/nn/src/optimisers/adamW.ts';
import { rmsProp } from '../packages/nn/src/optimisers/rmsProp.ts';
import { sgd } from '../packages/nn/src/optimisers/sgd.ts';

/* The loop of each optimiser, which is its meaning, against its twin in WebAssembly. */

const loops = { adagrad, adam, decay, rmsProp, sgd };
const testTwins = (title: string, twinTest: TwinTest<typeof loops>): void =>
  testTwinsOf({ reference: loops, fast }, title, twinTest);

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

/** None is 0: an average that forgets all at once would be made of the difference of two numbers that are far apart. */
const share = fc.constantFrom(0.1, 0.5, 0.9, 0.999);
const settings = fc.record({
  length: fc.constantFrom(0, 1, 2, 3, 4, 5, 31, 1000, 33_333),
  learningRate: fc.constantFrom(1e-3, 0.1, 1),
  first: share,
  second: share,
  epsilon: fc.constantFrom(1e-8, 1e-3),
  weightDecay: fc.constantFrom(0, 0.01),
  step: fc.constantFrom(1, 2, 10, 100_000),
  hasOne: fc.boolean(),
  hasOther: fc.boolean(),
  isNesterov: fc.boolean(),
  special: fc.constantFrom([], [], [nan, infinity], [1e-20, 1e18, -0]),
  seed: fc.nat(1000),
});
const cases = fc.sample(settings, { numRuns: 120, seed: 2 });
type Settings = (typeof cases)[number];

/** Parameters and gradients, and as much state as is asked for: not negative, for some of it is squares. */
function arrays({ length, special, seed }: Settings, room: Room, states: number): Float32Array[] {
  const parameter = room.input(someNumbers(length, seed));
  const gradient = room.input(mixedNumbers(length, seed + 1, special));
  const state = Array.from({ length: states }, (_, index) =>
    room.input(someNumbers(length, seed + 2 + index).map((x) => Math.abs(x) + 0.1)),
  );
  return [parameter, gradient, ...state];
}

const named = (call: (settings: Settings) => Call<typeof loops>) =>
  cases.map((settings) => ({ name: JSON.stringify(settings), call: call(settings) }));

testTwins('sgd', {
  cases: named((s) => (kernels, room) => {
    const [p, g, velocity] = arrays(s, room, 1);
    const { learningRate, first, second, weightDecay } = s;
    const isFirst = s.step === 1;
    const numbers = [learningRate, first, second, weightDecay, s.isNesterov, isFirst] as const;
    kernels.sgd(p, g, s.hasOne ? velocity : null, s.length, ...numbers);
  }),
  tolerance: 5e-7,
});

testTwins('adam', {
  cases: named((s) => (kernels, room) => {
    const [p, g, m, v, largest] = arrays(s, room, 3);
    const { learningRate, first, second, epsilon, weightDecay, step } = s;
    const numbers = [learningRate, first, second, epsilon, weightDecay, step] as const;
    kernels.adam(p, g, m, v, s.hasOne ? largest : null, s.length, ...numbers);
  }),
  tolerance: 2e-6,
});

testTwins('decay', {
  cases: named((s) => (kernels, room) => kernels.decay(arrays(s, room, 0)[1], s.length, s.second)),
  tolerance: 1e-7,
});

testTwins('rmsProp', {
  cases: named((s) => (kernels, room) => {
    const [p, g, v, mean, velocity] = arrays(s, room, 3);
    // A mean whose square is far below v: near it the variance has no digits left.
    for (let at = 0; at < s.length; at++) mean[at] *= 0.2;
    const { learningRate, first, second, epsilon, weightDecay } = s;
    const numbers = [learningRate, second, epsilon, weightDecay, first] as const;
    kernels.rmsProp(p, g, v, s.hasOne ? mean : null, s.hasOther ? velocity : null, s.length, ...numbers);
  }),
  tolerance: 2e-6,
});

testTwins('adagrad', {
  cases: named((s) => (kernels, room) => {
    const [p, g, total] = arrays(s, room, 1);
    const { learningRate, first, epsilon, weightDecay, step } = s;
    kernels.adagrad(p, g, total, s.length, learningRate, first, epsilon, weightDecay, step);
  }),
  tolerance: 1e-6,
});
