import {
  concat,
  divide,
  linear,
  multiply,
  ones,
  reshape,
  sqrt,
  square,
  subtract,
  sum,
  Tape,
  type Tensor,
  tensor,
} from '@tapegrad/core';
import {
  additiveMarginSoftmaxLoss,
  arcFaceLoss,
  binaryCrossEntropyWithLogits,
  focalLoss,
  hingeLoss,
  largeMarginSoftmaxLoss,
  softmaxCrossEntropy,
  zeroOneLoss,
} from '@tapegrad/nn';
import { isAngular, type LossName, lossNames, type MarginSettings } from './names.ts';

/** A loss over the margin: what it is, and its slope. NaN where there is none. */
export interface Curve {
  readonly values: readonly number[];
  readonly slopes: readonly number[];
}

export type Curves = Readonly<Record<LossName, Curve>>;

/** Margins of which each has a loss of its own, `[n]` to `[n]`. */
type Loss = (margins: Tensor, settings: MarginSettings) => Tensor;

/** The right class's logit is the margin, all others' are 0: `[n, classes]`. */
function logitsOf(margins: Tensor, classes: number): Tensor {
  const weight = tensor(
    Float64Array.from({ length: classes }, (_, at) => Number(at === 0)),
    { shape: [classes, 1] },
  );
  return linear(reshape(margins, [margins.size, 1]), weight);
}

/** Two classes whose weights point in opposite directions: the margin is s·cos θ - s·cos(π - θ) = 2s·cos θ. */
const opposite = [
  [1, 0],
  [-1, 0],
];

/** Features of length 1 at the angle whose margin is given: `[n, 2]`. */
function featuresOf(margins: Tensor, scale: number): Tensor {
  const cosine = divide(reshape(margins, [margins.size, 1]), 2 * scale);
  return concat([cosine, sqrt(subtract(1, square(cosine)))], { axis: 1 });
}

const reduction = 'none';
const firstClass = (margins: Tensor): number[] => new Array<number>(margins.size).fill(0);

const losses: Readonly<Record<Exclude<LossName, 'zeroOne'>, Loss>> = {
  hinge: (margins) => hingeLoss(margins, ones(margins.shape, { dtype: 'float64' }), { reduction }),
  logistic: (margins) =>
    binaryCrossEntropyWithLogits(margins, ones(margins.shape, { dtype: 'float64' }), { reduction }),
  softmax: (margins, { classes }) =>
    softmaxCrossEntropy(logitsOf(margins, classes), firstClass(margins), { reduction }),
  focal: (margins, { classes, gamma }) =>
    focalLoss(logitsOf(margins, classes), firstClass(margins), { gamma, reduction }),
  additive: (margins, { scale, cosine }) =>
    additiveMarginSoftmaxLoss(featuresOf(margins, scale), wide(opposite), firstClass(margins), {
      margin: cosine,
      scale,
      reduction,
    }),
  arcFace: (margins, { scale, angle }) =>
    arcFaceLoss(featuresOf(margins, scale), wide(opposite), firstClass(margins), { margin: angle, scale, reduction }),
  largeMargin: (margins, { scale, multiple }) =>
    largeMarginSoftmaxLoss(multiply(scale, featuresOf(margins, scale)), wide(opposite), firstClass(margins), {
      margin: multiple,
      reduction,
    }),
};

const wide = (rows: number[][]): Tensor => tensor(rows, { dtype: 'float64' });

/** Each loss at these margins; the slopes are the tape's gradients. */
export function lossesAt(margins: readonly number[], settings: MarginSettings): Curves {
  return Object.fromEntries(lossNames.map((name) => [name, curveOf(name, margins, settings)])) as Curves;
}

function curveOf(name: LossName, margins: readonly number[], settings: MarginSettings): Curve {
  if (name === 'zeroOne') return zeroOne(margins);
  // At the ends an angle has no slope in its cosine; beyond them there is no such angle.
  const isThere = margins.map((margin) => !isAngular(name) || Math.abs(margin) < 2 * settings.scale);
  const there = margins.filter((_, at) => isThere[at]);
  const curve = there.length === 0 ? { values: [], slopes: [] } : differentiated(losses[name], there, settings);
  const spreadOut = (numbers: readonly number[]): number[] => {
    let next = 0;
    return isThere.map((is) => (is ? numbers[next++] : Number.NaN));
  };
  return { values: spreadOut(curve.values), slopes: spreadOut(curve.slopes) };
}

function differentiated(loss: Loss, margins: readonly number[], settings: MarginSettings): Curve {
  using tape = new Tape();
  const watched = tape.watch(tensor([...margins], { dtype: 'float64' }));
  const each = loss(watched, settings);
  return {
    values: Array.from(each.read()),
    slopes: Array.from(tape.gradients(sum(each)).get(watched).read(), withoutSign),
  };
}

/** A slope of 0 times −1 is −0, which says nothing more. */
const withoutSign = (slope: number): number => (slope === 0 ? 0 : slope);

/** 1 for a wrong answer, else 0: flat wherever it does not jump. */
function zeroOne(margins: readonly number[]): Curve {
  const values = margins.map((margin) => zeroOneLoss(tensor([[margin, 0]], { dtype: 'float64' }), [0]));
  return { values, slopes: margins.map((margin) => (margin === 0 ? Number.NaN : 0)) };
}
