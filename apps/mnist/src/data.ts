import { silence } from '@tapegrad/core';
import { builtInDigits, datasetNames, firstSamples, type TrainTest } from '@tapegrad/datasets';
import { type LoadDatasetOptions, loadDataset, loadMnist } from '@tapegrad/datasets/node';
import { progressOf } from '@tapegrad/nn/node';
import type { Options } from './options.ts';

/** The images to train and test on, cut to as many as were asked for. */
export async function loadData(options: Options, say: (line: string) => void): Promise<TrainTest> {
  const isDrawn = options.digits || options.dataset === 'digits';
  const data = isDrawn ? builtInDigits() : await findData(options, say);
  return {
    ...data,
    train: options.trainImages
      ? firstSamples(data.train, Math.min(options.trainImages, data.train.labels.size))
      : data.train,
    test: options.testImages ? firstSamples(data.test, Math.min(options.testImages, data.test.labels.size)) : data.test,
  };
}

async function findData({ dataset, dataDir, download }: Options, say: (line: string) => void): Promise<TrainTest> {
  let file = '';
  let bar: ReturnType<typeof progressOf> | undefined;
  const sources: LoadDatasetOptions = {
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
  // This program prints where the digits come from, whatever they are.
  silence('DRAWN_DIGITS');
  try {
    const name = datasetNames.find((each) => each === dataset && each !== 'mnist');
    return name ? await loadDataset(name, sources) : await loadMnist(sources);
  } finally {
    bar?.stop();
  }
}
