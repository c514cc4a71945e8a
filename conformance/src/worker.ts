import { parentPort, workerData } from 'node:worker_threads';
import { onWarning } from '@tapegrad/core';
import { readFolder } from './folder.ts';
import { imageFolders, readTrainingImages } from './golden/trainingImages.ts';
import { matching, runCase } from './run.ts';
import type { Message, Work } from './supervise.ts';

/* Runs the cases of a folder from a given one on, and tells before and after each. See `supervise.ts`. */

const { folder, dataFolder, only, from } = workerData as Work;
const tell = (message: Message): void => parentPort?.postMessage(message);

// Recorded cases hold what a user would be warned about; here it is meant.
onWarning(() => {});

const cases = matching(await readFolder(folder), only);
const folders = imageFolders(folder, dataFolder);
const needsImages = cases.slice(from).some(({ op }) => op === 'train_cnn');
const trainingImages = await readTrainingImages(needsImages ? folders : []);
for (let index = from; index < cases.length; index++) {
  tell({ kind: 'started', index });
  tell({ kind: 'finished', index, result: runCase(cases[index], { trainingImages }) });
}
