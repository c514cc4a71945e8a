// A small run with checkpoints after every step, to be killed at any moment: node killed.mjs <folder> <steps>.
// It says on standard output how far it is, in lines that are out before the next step begins.
import { writeSync } from 'node:fs';
import { ndarrayOf } from '@tapegrad/core/authors';
import { findRun } from '../dist/checkpoints.js';
import { train } from '../dist/train.js';

const [folder, epochs] = process.argv.slice(2);
const say = (line) => writeSync(1, `${line}\n`);
// What the images show does not matter, and to draw digits would take a fifth of the start.
const noise = (count) => ({
  name: 'noise',
  images: ndarrayOf(
    Uint8Array.from({ length: count * 784 }, (_, at) => (at * at) % 251),
    [count, 1, 28, 28],
  ),
  labels: ndarrayOf(
    Uint8Array.from({ length: count }, (_, at) => at % 10),
    [count],
  ),
  classes: [...'0123456789'],
});
const data = {
  train: noise(32),
  test: noise(4),
  origin: '',
  builtIn: true,
};
const options = {
  dataset: 'digits',
  digits: true,
  net: 'small',
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
