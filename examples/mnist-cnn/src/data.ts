import {
  builtInDigits,
  datasetNames,
  mnistNormalisation,
  normalisationOf,
  type TrainTest,
  take,
} from '@tapegrad/datasets';
import { type LoadDatasetOptions, loadDataset, loadMnist } from '@tapegrad/datasets/node';
import type { Options } from './options.ts';
import { progressOf } from './progress.ts';

/** What pixels are normalised by: options for `batches`. */
export interface PixelScale {
  readonly mean: number | readonly number[];
  readonly standardDeviation: number | readonly number[];
}

/** The images to train and test on, cut to as many as were asked for. */
export async function loadData(options: Options, say: (line: string) => void): Promise<TrainTest> {
  const isDrawn = options.digits || options.dataset === 'digits';
  const data = isDrawn ? builtInDigits() : await findData(options, say);
  return {
    ...data,
    train: options.trainImages ? take(data.train, Math.min(options.trainImages, data.train.labels.size)) : data.train,
    test: options.testImages ? take(data.test, Math.min(options.testImages, data.test.labels.size)) : data.test,
  };
}

/** Mean and deviation of the training pixels; MNIST's for the drawn digits, too, which take its place. */
export function pixelScaleOf({ train, builtIn }: TrainTest): PixelScale {
  return builtIn || train.name === 'MNIST train' ? mnistNormalisation : normalisationOf(train);
}

async function findData({ dataset, dataDir, download }: Options, say: (line: string) => void): Promise<TrainTest> {
  let file = '';
  let bar: ReturnType<typeof progressOf> | undefined;
  const places: LoadDatasetOptions = {
    ...(dataDir === undefined ? {} : { dataDirectory: dataDir }),
    download,
    onNotice: say,
    onProgress: (progress) => {
      if (progress.file !== file) {
        bar?.stop();
        file = progress.file;
        bar = progressOf(`downloading ${file}`, progress.totalBytes ?? 0, 'bytes');
      }
      bar?.update(progress.receivedBytes, '');
    },
  };
  try {
    const name = datasetNames.find((each) => each === dataset && each !== 'mnist');
    return name ? await loadDataset(name, places) : await loadMnist(places);
  } finally {
    bar?.stop();
  }
}
