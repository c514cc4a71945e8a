import type { CommandWords } from '@tapegrad/core/node';

/** What the options of the library are called on the command line of `pnpm mnist`. */
export const words: CommandWords = {
  dataDirectory: '--data-dir',
  'data folder': '--data-dir',
  batchSize: '--batch-size',
  learningRate: '--learning-rate',
  CheckpointFolder: '--checkpoint',
  'CheckpointFolder.open': '--checkpoint',
  'CheckpointFolder.newest': '--resume',
  'CheckpointFolder.save': '--checkpoint',
};
