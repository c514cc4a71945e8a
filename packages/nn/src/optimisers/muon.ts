import {
  add,
  concat,
  type FloatArray,
  formatShape,
  multiply,
  type Parameter,
  reshape,
  subtract,
  Tape,
  type Tensor,
  tensor,
  ValueError,
  zeros,
} from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import type { ParameterGroup } from './groups.ts';
import type { Remembered } from './memory.ts';
import { Optimiser, type OptimiserKind } from './optimiser.ts';
import { type NewtonSchulz, orthogonalise } from './orthogonalise.ts';
import { checkLength, checkNotNegative, checkSetting } from './settings.ts';

export interface MuonSettings {
  /** Default: 1e-3. */
  learningRate: number;
  /** How much is kept of the running mean of the gradient. Default: 0.95. */
  momentum: number;
  /** Whether to step by the mean as it would be after the next such gradient. Default: true. */
  nesterov: boolean;
  /** How fast parameters shrink by themselves, as in AdamW. Default: 0.1. */
  weightDecay: number;
  /** How many times the Newton–Schulz step is done. Default: 5. */
  steps: number;
  /** Its three numbers. Default: [3.4445, -4.775, 2.0315]. */
  coefficients: NewtonSchulz;
  /** The least length that a gradient is divided by. Default: 1e-7. */
  epsilon: number;
  /**
   * What the rate of a matrix is multiplied by: √max(1, rows/columns) for `original`, 0.2·√max(rows, columns) for `matchAdamW`, with
   * which rates and decays that are good for AdamW are good here. Default: `original`.
   */
  adjust: 'original' | 'matchAdamW';
}

const defaults: MuonSettings = {
  learningRate: 1e-3,
  momentum: 0.95,
  nesterov: true,
  weightDecay: 0.1,
  steps: 5,
  coefficients: [3.4445, -4.775, 2.0315],
  epsilon: 1e-7,
  adjust: 'original',
};

const kind: OptimiserKind<MuonSettings> = {
  name: 'Muon',
  defaults,
  arrays: { mean: {} },
  check: ({ learningRate, momentum, weightDecay, epsilon, steps, coefficients, adjust }) => {
    checkNotNegative('Muon', { learningRate, weightDecay, epsilon });
    checkSetting('Muon', 'momentum', momentum, momentum >= 0 && momentum < 1, 'a number from 0 to below 1');
    checkSetting(
      'Muon',
      'steps',
      steps,
      Number.isInteger(steps) && steps >= 1 && steps < 100,
      'a whole number from 1 to 99',
    );
    checkLength('Muon', 'coefficients', coefficients, [3.4445, -4.775, 2.0315]);
    for (const [at, each] of coefficients.entries()) {
      checkSetting('Muon', `coefficients[${at}]`, each, Number.isFinite(each), 'a finite number');
    }
    if (adjust === 'original' || adjust === 'matchAdamW') return;
    throw new ValueError({
      operation: 'Muon',
      got: `adjust is '${adjust}'`,
      wanted: "'original' or 'matchAdamW'",
      remedy: "Leave it out for 'original'",
    });
  },
};

/**
 * Muon: p ← (1 - learningRate·weightDecay)·p - learningRate·a·O, where O is the running mean of the gradient, with all its
 * singular values brought near 1 (see `orthogonalise`), and the factor a is that of `adjust`: directions in which a matrix has
 * hardly moved move as far as the others.
 *
 * mean ← momentum·mean + (1 - momentum)·g; O is made of (1 - momentum)·g + momentum·mean with Nesterov's momentum, else of the mean.
 *
 * It is for the weights of hidden layers, `[out, in]` or `[out, in, ...kernel]`, of which a filter is one row. Biases, the weights of
 * normalisations, and usually the first and the last layer, belong to another optimiser, such as AdamW.
 *
 * Source: Jordan and others, "Muon: an optimizer for hidden layers in neural networks", 2024; `matchAdamW`: Liu and others, "Muon is
 * scalable for LLM training", 2025. As in PyTorch, which computes O in bfloat16, and here in the type of the parameter.
 *
 * @example
 * const model = new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(1) });
 * const isMatrix = ({ rank }: Parameter): boolean => rank > 1;
 * const muon = new Muon(model.parameters.filter(isMatrix), { learningRate: 0.02 });
 * const adamW = new AdamW(model.parameters.filter((parameter) => !isMatrix(parameter)));
 */
export class Muon extends Optimiser<MuonSettings> {
  /** @throws ValueError when a setting is unknown or out of range, a parameter has fewer than two axes, or there are no parameters */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroup<MuonSettings>[],
    settings: Partial<MuonSettings> = {},
    ...surplus: []
  ) {
    checkSurplus('Muon', surplus);
    super(kind, parameters, settings);
    for (const { parameters } of this.groups) parameters.forEach(checkMatrix);
  }

  /** The gradient, and behind it the direction that is made of it and of the mean so far. */
  protected override prepared(parameter: Parameter, gradient: Tensor, settings: MuonSettings): Tensor {
    const { momentum, nesterov, coefficients, steps, epsilon, adjust } = settings;
    const { shape, size } = parameter;
    const matrix = [shape[0], size / shape[0]];
    // On a tape of its own nothing is written on that of the gradient, and products stay in the memory of the kernels.
    using tape = new Tape();
    const g = tape.constant(tensor(gradient.toFlatArray(), { shape: matrix }));
    const recalled = this.recall(parameter, 'mean');
    const before = tape.constant(recalled ? tensor(recalled, { shape: matrix }) : zeros(matrix, { dtype: g.dtype }));
    const mean = add(before, multiply(1 - momentum, subtract(g, before)));
    const ahead = nesterov ? add(g, multiply(momentum, subtract(mean, g))) : mean;
    const direction = multiply(adjustment(matrix, adjust), orthogonalise(ahead, coefficients, steps, epsilon));
    const both = concat([reshape(g, [size]), reshape(direction, [size])]);
    return tensor(both.toFlatArray().slice());
  }

  protected override update(
    numbers: FloatArray,
    gradient: FloatArray,
    { arrays: { mean } }: Remembered,
    { learningRate, momentum, weightDecay }: MuonSettings,
  ): void {
    const kept = 1 - learningRate * weightDecay;
    for (let i = 0; i < numbers.length; i++) {
      mean[i] += (1 - momentum) * (gradient[i] - mean[i]);
      numbers[i] = kept * numbers[i] - learningRate * gradient[numbers.length + i];
    }
  }
}

function adjustment([rows, columns]: readonly number[], adjust: MuonSettings['adjust']): number {
  return adjust === 'original' ? Math.sqrt(Math.max(1, rows / columns)) : 0.2 * Math.sqrt(Math.max(rows, columns));
}

function checkMatrix({ name, shape, size }: Parameter): void {
  if (shape.length >= 2 && size > 0) return;
  throw new ValueError({
    operation: 'Muon',
    got: `the parameter ${name} of shape ${formatShape(shape)}`,
    wanted: 'weights with two axes or more',
    remedy: 'Give biases and the weights of normalisations to another optimiser, such as AdamW',
  });
}
