import { add, detach, multiply, NonFiniteError, Parameter, Tape, type Tensor, zeros } from '@tapegrad/core';
import { exponentialDecay, SGD } from '@tapegrad/nn';
import { halfLife, momentum, steps } from './descent.ts';
import { lossOf } from './losses.ts';
import { type LossName, type LossSettings, lossNames } from './names.ts';
import { type Coordinates, drawPoints } from './points.ts';

export interface FitQuestion extends LossSettings {
  readonly seed: number;
  /** None for those of the seed. */
  readonly points: Coordinates;
  readonly losses: readonly LossName[];
  /** The learning rate to begin with. */
  readonly rate: number;
}

/** A line on its way: a and b of y = a·x + b, the mean loss and its gradient before each step, and after the last. */
export interface Descent {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly loss: readonly number[];
  readonly gradientA: readonly number[];
  readonly gradientB: readonly number[];
  /** At the end: the slope of each point's loss by the line's height there, which is how hard it pulls. */
  readonly pulls: readonly number[];
  /** What the library said when the descent did not converge. */
  readonly failure?: string;
}

export interface Fits {
  readonly points: Coordinates;
  readonly descents: Partial<Readonly<Record<LossName, Descent>>>;
}

/** Fits y = a·x + b to points under each loss that is asked for, by gradient descent from the line y = 0. */
export function fitLines(question: FitQuestion): Fits {
  const { seed, losses } = question;
  const points = question.points.length > 0 ? question.points : drawPoints(seed);
  const asked = lossNames.filter((name) => losses.includes(name));
  const descents = asked.map((name) => [name, descend(name, points, question)] as const);
  return { points, descents: Object.fromEntries(descents) };
}

function descend(name: LossName, points: Coordinates, { rate, ...settings }: FitQuestion): Descent {
  const x = Float64Array.from({ length: points.length / 2 }, (_, at) => points[2 * at]);
  const y = Float64Array.from(x, (_, at) => points[2 * at + 1]);
  const [a, b] = [
    new Parameter('a', zeros([1], { dtype: 'float64' })),
    new Parameter('b', zeros([1], { dtype: 'float64' })),
  ];
  const base = rate / leastPull(name, settings);
  const optimiser = new SGD([a, b], { learningRate: base, momentum });
  const schedule = exponentialDecay({ base, gamma: 0.5 ** (1 / halfLife) });
  const path = {
    a: [] as number[],
    b: [] as number[],
    loss: [] as number[],
    gradientA: [] as number[],
    gradientB: [] as number[],
  };
  const meanLoss = (tape: Tape): Tensor =>
    lossOf(name, add(multiply(a, tape.constant(x)), b), y, { ...settings, reduction: 'mean' });
  try {
    for (let step = 0; step <= steps; step++) {
      using tape = new Tape();
      const loss = meanLoss(tape);
      const gradients = tape.gradients(loss);
      path.a.push(a.item());
      path.b.push(b.item());
      path.loss.push(loss.item());
      path.gradientA.push(gradients.get(a).item());
      path.gradientB.push(gradients.get(b).item());
      if (step === steps) break;
      optimiser.learningRate = schedule(step);
      optimiser.step(gradients);
    }
    return { ...path, pulls: pullsOn(detach(add(multiply(a, x), b)), y, name, settings) };
  } catch (error) {
    if (!(error instanceof NonFiniteError)) throw error;
    return { ...path, pulls: [], failure: error.message };
  }
}

/**
 * What the learning rate is divided by. A far point pulls by no more than δ under Huber's loss: with a small δ its line
 * would stop far from its minimum for want of steps, and not because of its loss. So its steps are those of huber / δ, whose
 * far pull is 1, as that of smooth L1.
 */
const leastPull = (name: LossName, { delta }: LossSettings): number => (name === 'huber' ? Math.min(delta, 1) : 1);

/** ∂(Σ losses)/∂prediction, point by point. */
function pullsOn(prediction: Tensor, y: Float64Array, name: LossName, settings: LossSettings): number[] {
  using tape = new Tape();
  const watched = tape.watch(prediction);
  return [
    ...tape
      .gradients(lossOf(name, watched, y, { ...settings, reduction: 'sum' }))
      .get(watched)
      .read(),
  ];
}
