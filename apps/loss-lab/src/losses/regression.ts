import { halfSquaredLoss, huberLoss, l1Loss, logCoshLoss, mseLoss, quantileLoss, smoothL1Loss } from '@tapegrad/nn';
import { type InputForm, type LossForm, lossForm } from './loss.ts';
import { exampleWeight, number, reduction } from './options.ts';

/** A prediction and what it should have been, element by element. */
const sides = (prediction: string, target: string): { prediction: InputForm; target: InputForm } => ({
  prediction: { description: 'what the model says', example: prediction },
  target: { description: 'what is true', example: target, isWatched: false },
});

/** Losses of a distance d = prediction - target. */
export const regressionLosses: readonly LossForm[] = [
  lossForm({
    name: 'mse',
    computedBy: 'mseLoss',
    title: 'Mean squared error (L2 loss)',
    formula: 'loss = (prediction - target)²',
    gradient: '∂loss/∂prediction = 2·(prediction - target)',
    inputs: sides('2.5,0,-1', '0,0.5,-1'),
    options: { exampleWeight: exampleWeight(), reduction: reduction() },
    compute: ({ prediction, target }, options) => mseLoss(prediction, target, options),
  }),
  lossForm({
    name: 'half-squared',
    computedBy: 'halfSquaredLoss',
    title: 'Half the squared error',
    formula: 'loss = (prediction - target)²/2',
    gradient: '∂loss/∂prediction = prediction - target',
    inputs: sides('2.5,0,-1', '0,0.5,-1'),
    options: { exampleWeight: exampleWeight(), reduction: reduction() },
    compute: ({ prediction, target }, options) => halfSquaredLoss(prediction, target, options),
  }),
  lossForm({
    name: 'l1',
    computedBy: 'l1Loss',
    title: 'Absolute error (L1 loss)',
    formula: 'loss = |prediction - target|',
    gradient: '∂loss/∂prediction = sign(prediction - target), 0 at the kink',
    inputs: sides('2.5,0,-1', '0,0.5,-1'),
    options: { exampleWeight: exampleWeight(), reduction: reduction() },
    compute: ({ prediction, target }, options) => l1Loss(prediction, target, options),
  }),
  lossForm({
    name: 'huber',
    computedBy: 'huberLoss',
    title: 'Huber loss',
    formula: 'loss = d²/2 where |d| ≤ δ, else δ·(|d| - δ/2); d = prediction - target',
    gradient: '∂loss/∂prediction = d, held between -δ and δ',
    inputs: sides('2.5', '0'),
    options: {
      delta: number('δ, where the parabola goes over into a line; more than 0', 1),
      exampleWeight: exampleWeight(),
      reduction: reduction(),
    },
    compute: ({ prediction, target }, options) => huberLoss(prediction, target, options),
  }),
  lossForm({
    name: 'smooth-l1',
    computedBy: 'smoothL1Loss',
    title: 'Smooth L1 loss',
    formula: 'loss = d²/(2β) where |d| < β, else |d| - β/2; d = prediction - target',
    gradient: '∂loss/∂prediction = d/β, held between -1 and 1',
    inputs: sides('2.5,0.25', '0,0'),
    options: {
      beta: number('β, where the parabola goes over into a line; at least 0', 1),
      exampleWeight: exampleWeight(),
      reduction: reduction(),
    },
    compute: ({ prediction, target }, options) => smoothL1Loss(prediction, target, options),
  }),
  lossForm({
    name: 'log-cosh',
    computedBy: 'logCoshLoss',
    title: 'Log-cosh loss',
    formula: 'loss = ln cosh d; d = prediction - target',
    gradient: '∂loss/∂prediction = tanh d',
    inputs: sides('2.5,0.25', '0,0'),
    options: { exampleWeight: exampleWeight(), reduction: reduction() },
    compute: ({ prediction, target }, options) => logCoshLoss(prediction, target, options),
  }),
  lossForm({
    name: 'quantile',
    aliases: ['pinball'],
    computedBy: 'quantileLoss',
    title: 'Quantile loss (pinball loss)',
    formula: 'loss = q·d where d > 0, else (q - 1)·d; d = target - prediction',
    gradient: '∂loss/∂prediction = -q where it is too low, 1 - q where it is too high, 0 at the kink',
    inputs: sides('1,3', '2,2'),
    options: {
      quantile: number('q, the share of targets that should lie below the prediction; between 0 and 1', 0.5),
      exampleWeight: exampleWeight(),
      reduction: reduction(),
    },
    compute: ({ prediction, target }, options) => quantileLoss(prediction, target, options),
  }),
];
