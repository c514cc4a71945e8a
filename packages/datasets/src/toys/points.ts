import { ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, cosine, ndarrayOf, type OptionNames, sine } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import { type ToyOptions, toyOptions, toyPlan } from './sizes.ts';

/** Points of a plane with the classes that they belong to. */
export interface LabelledPoints {
  readonly name: string;
  /** Of shape [count, 2]: x and y. */
  readonly inputs: NdArray<Float32Array>;
  /** The number of each point's class, of shape [count]. */
  readonly labels: NdArray<Uint8Array>;
  readonly classes: readonly string[];
  /** Whether the point has a class that is not its own. */
  readonly isOutlier: readonly boolean[];
}

/**
 * Two half circles that reach into each other: with t drawn from [0, π), class 0 is (cos t, sin t) and class 1
 * (1 - cos t, 1/2 - sin t), each number with normal noise. No straight line parts them.
 *
 * Both classes come equally often, but for a remainder, in random order. An outlier has the other class's label.
 *
 * @param options noise is 0.1 by default
 * @example twoMoons({ count: 30, noise: 0.1 }).labels.shape // [30]
 * @throws ValueError when an option is out of range
 */
export function twoMoons(options: ToyOptions = {}, ...surplus: []): LabelledPoints {
  checkSurplus('twoMoons', surplus);
  checkOptions('twoMoons', options, toyOptions);
  return points('twoMoons', 2, options, 0.1, (label, random) => {
    const t = random.uniform(0, Math.PI);
    return label === 0 ? [cosine(t), sine(t)] : [1 - cosine(t), 0.5 - sine(t)];
  });
}

/** How {@link spirals} are drawn. */
export interface SpiralOptions extends ToyOptions {
  /** How many arms, each of them a class: 2 to 20. Default: 2. */
  readonly arms?: number;
  /** How often each arm winds round the middle. Default: 1.5. */
  readonly turns?: number;
}

const spiralOptions: OptionNames<SpiralOptions> = {
  arms: 'optional',
  turns: 'optional',
  count: 'optional',
  noise: 'optional',
  outliers: 'optional',
  random: 'optional',
  seed: 'optional',
};

/**
 * Arms that wind round one middle: with t drawn from [0, 1) and the angle a = 2π (turns · t + class / arms), the point is
 * (t cos a, t sin a), each number with normal noise.
 *
 * All classes come equally often, but for a remainder, in random order. An outlier has the label of the next arm.
 *
 * @param options noise is 0.02 by default
 * @example spirals({ count: 30 }).inputs.shape // [30, 2]
 * @throws ValueError when an option is out of range
 */
export function spirals(options: SpiralOptions = {}, ...surplus: []): LabelledPoints {
  checkSurplus('spirals', surplus);
  const { arms = 2, turns = 1.5 } = checkOptions('spirals', options, spiralOptions);
  if (!Number.isSafeInteger(arms) || arms < 2 || arms > 20 || !Number.isFinite(turns)) {
    throw new ValueError({
      operation: 'spirals',
      got: `arms is ${arms}, turns is ${turns}`,
      wanted: 'a whole number of arms from 2 to 20, and a finite number of turns',
      remedy: 'Leave both out for two arms of one turn and a half',
    });
  }
  return points('spirals', arms, options, 0.02, (label, random) => {
    const t = random.uniform();
    const angle = 2 * Math.PI * (turns * t + label / arms);
    return [t * cosine(angle), t * sine(angle)];
  });
}

function points(
  name: string,
  classes: number,
  options: ToyOptions,
  defaultNoise: number,
  point: (label: number, random: NonNullable<ToyOptions['random']>) => readonly [number, number],
): LabelledPoints {
  const { count, noise, random, isOutlier } = toyPlan(name, options, defaultNoise);
  const inputs = new Float32Array(2 * count);
  const labels = Uint8Array.from(random.permutation(count), (position) => position % classes);
  for (let index = 0; index < count; index++) {
    const [x, y] = point(labels[index], random);
    inputs.set([x + noise * random.normal(), y + noise * random.normal()], 2 * index);
    if (isOutlier[index]) labels[index] = (labels[index] + 1) % classes;
  }
  return {
    name,
    inputs: ndarrayOf(inputs, [count, 2]),
    labels: ndarrayOf(labels, [count]),
    classes: Array.from({ length: classes }, (_, label) => String(label)),
    isOutlier,
  };
}
