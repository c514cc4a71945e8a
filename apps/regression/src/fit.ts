import { detach, NonFiniteError, Random, type RandomState, Tape, type Tensor, tensor } from '@tapegrad/core';
import { Adam, cosineAnnealing, Dense, Sequential, Tanh } from '@tapegrad/nn';
import { type LossName, type LossSettings, losses } from './losses.ts';
import type { Point } from './problem.ts';
import type { TrainingRequest } from './request.ts';

/** What is fitted, and where the fit is to be looked at. */
export interface FitQuestion {
  readonly loss: LossName;
  readonly points: readonly Point[];
  readonly grid: readonly number[];
  /** Where the first weights come from. */
  readonly random: RandomState;
  readonly settings: LossSettings & TrainingRequest;
}

/** A network after its training. */
export interface Fit {
  /** The mean loss of the points. */
  readonly loss: number;
  /** What the network says on the grid. */
  readonly curve: readonly number[];
  /** What it says for each point. */
  readonly predictions: readonly number[];
  /**
   * For each point, the slope of its loss by the network's prediction there: how hard it pulls at the fit, and which way.
   * It is what the tape gives, times the number of points, since the loss is a mean.
   */
  readonly pulls: readonly number[];
}

/**
 * Fits y = W₂·tanh(W₁·x + b₁) + b₂ to points by Adam on all points at once, from the same first weights whatever the loss.
 * The learning rate falls to 0 along a cosine: the pull of L1 does not weaken near its goal, so its steps have to.
 *
 * @throws NonFiniteError naming loss and step, when the loss becomes NaN or infinite
 * @throws ValueError when a setting of the loss is out of range
 */
export function fitNetwork({ loss: name, points, grid, random, settings }: FitQuestion): Fit {
  const { hidden, steps, learningRate } = settings;
  const model = new Sequential([new Dense({ outFeatures: hidden }), new Tanh(), new Dense({ outFeatures: 1 })], {
    inputShape: [1],
    random: Random.from(random),
  });
  const [x, y] = [column(points.map((point) => point.x)), column(points.map((point) => point.y))];
  const optimiser = new Adam(model.parameters, { learningRate });
  const schedule = cosineAnnealing({ base: learningRate, period: steps });
  const { compute } = losses[name];
  let step = 0;
  try {
    for (; step < steps; step++) {
      using tape = new Tape();
      const loss = compute(model.call(tape.constant(x)), y, settings);
      optimiser.learningRate = schedule(step);
      optimiser.step(tape.gradients(loss));
    }
    using tape = new Tape();
    const prediction = tape.watch(detach(model.call(x)), 'prediction');
    const loss = compute(prediction, y, settings);
    const gradient = tape.gradients(loss).get(prediction);
    return {
      loss: loss.item(),
      curve: [...model.call(column(grid)).read()],
      predictions: [...prediction.read()],
      pulls: Array.from(gradient.read(), (slope) => slope * points.length),
    };
  } catch (error) {
    if (!(error instanceof NonFiniteError)) throw error;
    throw new NonFiniteError({ ...error, operation: `${losses[name].title}, step ${step + 1}` }, { cause: error });
  }
}

/** Numbers below each other: a batch of samples of one number each. */
function column(numbers: readonly number[]): Tensor {
  return tensor(numbers, { shape: [numbers.length, 1] });
}
