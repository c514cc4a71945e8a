// A small run with checkpoints after every step, to be killed at any moment: node killed.mjs <folder> <steps>.
// It says on standard output how far it is, in lines that are out before the next step begins.
import { writeSync } from 'node:fs';
import { drawDigits } from '@tapegrad/datasets';
import { findRun } from '../dist/checkpoints.js';
import { train } from '../dist/train.js';

const [folder, epochs] = process.argv.slice(2);
const say = (line) => writeSync(1, `${line}\n`);
const data = {
  train: drawDigits({ count: 32, seed: 1, name: 'train' }),
  test: drawDigits({ count: 4, seed: 2, name: 'test' }),
  origin: '',
  builtIn: true,
};
const options = {
  dataset: 'digits',
  digits: true,
  net: 'fast',
  download: false,
  epochs: Number(epochs),
  batchSize: 8,
  learningRate: 1e-3,
  seed: 1,
  checkpoint: folder,
  checkpointEvery: 1,
  resume: true,
  profile: false,
};
const found = await findRun(options, () => {});
say(`from ${found.checkpoint?.progress.step ?? 0}`);
const record = ({ kind, step }) => kind === 'step' && say(`step ${step}`);
await train(data, options, { say: () => {}, record, stop: new AbortController().signal, ...found });
say('done');
