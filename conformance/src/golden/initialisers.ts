import { Random, type Tensor } from '@tapegrad/core';
import {
  defaultBias,
  defaultWeight,
  fans,
  gainOf,
  kaimingDeviation,
  kaimingNormal,
  kaimingUniform,
  type Nonlinearity,
  xavierDeviation,
  xavierNormal,
  xavierUniform,
} from '@tapegrad/nn';
import type { Attributes } from '../attributes.ts';
import type { Numbers } from '../compare.ts';
import type { NumericOp, Outputs } from '../numeric/numericCase.ts';
import { MalformedCase, Unsupported } from '../outcome.ts';
import { checkSamples, type Distribution, largestDraw } from './samples.ts';

/**
 * Weight initialisers. Two questions for each: what distribution does it say it draws from, told by a stream that always
 * gives the end of the range it is asked for; and do many samples look like it.
 */
export const initialisers: Readonly<Record<string, NumericOp>> = {
  kaiming_uniform: kaiming('uniform', kaimingUniform),
  kaiming_normal: kaiming('normal', kaimingNormal),
  xavier_uniform: xavier('uniform', xavierUniform),
  xavier_normal: xavier('normal', xavierNormal),
  default_init: ({ attributes, precision }) => {
    const shape = readShape(attributes);
    const weight = (random: Random): Tensor => defaultWeight({ shape, random, dtype: precision });
    const bias = (random: Random): Tensor => defaultBias({ weightShape: shape, random, dtype: precision });
    const weightBound = largestDraw(weight);
    const biasBound = largestDraw(bias);
    const weightDeviation = kaimingDeviation({ shape, slope: Math.sqrt(5), random: new Random(1) });
    checkSamples('weight', weight, { kind: 'uniform', bound: weightBound, deviation: weightDeviation });
    checkSamples('bias', bias, { kind: 'uniform', bound: biasBound, deviation: biasBound / Math.sqrt(3) });
    return {
      fan_in: scalar(fans(shape).fanIn),
      weight_bound: scalar(weightBound),
      weight_std: scalar(weightDeviation),
      bias_bound: scalar(biasBound),
    };
  },
};

function kaiming(kind: Distribution['kind'], initialiser: typeof kaimingUniform): NumericOp {
  return ({ attributes, precision }) => {
    const shape = readShape(attributes);
    const slope = attributes.number('a') ?? 0;
    const mode = attributes.choice('mode', ['fan_in', 'fan_out'], 'fan_in') === 'fan_in' ? 'fanIn' : 'fanOut';
    const nonlinearity = readNonlinearity(attributes);
    const options = { shape, slope, mode, nonlinearity, dtype: precision } as const;
    const draw = (random: Random): Tensor => initialiser({ ...options, random });
    const deviation = kaimingDeviation({ ...options, random: new Random(1) });
    return described(draw, kind, { shape, gain: gainOf(nonlinearity, { slope }), deviation });
  };
}

function xavier(kind: Distribution['kind'], initialiser: typeof xavierUniform): NumericOp {
  return ({ attributes, precision }) => {
    const shape = readShape(attributes);
    const gain = attributes.number('gain') ?? 1;
    const draw = (random: Random): Tensor => initialiser({ shape, gain, random, dtype: precision });
    const deviation = xavierDeviation({ shape, gain, random: new Random(1) });
    return described(draw, kind, { shape, gain, deviation });
  };
}

/** What an initialiser says about itself, once its samples were found to agree. */
function described(
  draw: (random: Random) => Tensor,
  kind: Distribution['kind'],
  { shape, gain, deviation }: { shape: readonly number[]; gain: number; deviation: number },
): Outputs {
  const { fanIn, fanOut } = fans(shape);
  const known = { fan_in: scalar(fanIn), fan_out: scalar(fanOut), gain: scalar(gain) };
  const largest = largestDraw(draw);
  if (kind === 'normal') {
    // Of a normal distribution the stream gives one standard deviation.
    checkSamples('weight', draw, { kind, deviation });
    return { ...known, std: scalar(largest) };
  }
  checkSamples('weight', draw, { kind, bound: largest, deviation });
  return { ...known, std: scalar(deviation), bound: scalar(largest) };
}

function readShape(attributes: Attributes): readonly number[] {
  const shape = attributes.wholes('shape');
  if (shape === undefined) throw new MalformedCase('an initialiser without a shape');
  return shape;
}

const nonlinearities: Readonly<Record<string, Nonlinearity>> = {
  linear: 'linear',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  relu: 'relu',
  leaky_relu: 'leakyReLU',
  selu: 'selu',
};

function readNonlinearity(attributes: Attributes): Nonlinearity {
  const name = attributes.text('nonlinearity') ?? 'leaky_relu';
  if (Object.hasOwn(nonlinearities, name)) return nonlinearities[name];
  // PyTorch also takes the name of a layer, whose gain is that of no activation.
  if (/^conv(_transpose)?[123]d$/.test(name)) return 'linear';
  throw new Unsupported(`option nonlinearity = ${JSON.stringify(name)}`);
}

function scalar(number: number): Numbers {
  return { shape: [], numbers: [number] };
}
