import type { CommandWords } from '@tapegrad/core/node';

/** What the losses, settings and options of the library are called on the command line of `pnpm regression`. */
export const words: CommandWords = {
  mseLoss: 'l2',
  l1Loss: 'l1',
  huberLoss: 'huber',
  smoothL1Loss: 'smooth-l1',
  logCoshLoss: 'log-cosh',
  quantileLoss: 'quantile',
  delta: '--delta',
  beta: '--beta',
  quantile: '--quantile',
  learningRate: '--learning-rate',
  hidden: '--hidden',
  steps: '--steps',
};
