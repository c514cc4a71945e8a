import { silence } from '@tapegrad/core';
import {
  builtInDigits,
  datasetNames,
  firstSamples,
  type ImageDataset,
  select,
  type TrainTest,
} from '@tapegrad/datasets';
import { type LoadDatasetOptions, loadDataset, loadMnist, trainTestFolder } from '@tapegrad/datasets/node';
import { progressOf } from '@tapegrad/nn/node';
import type { Options } from './options.ts';
import { picturesIn } from './pictures.ts';

/** The images to train and test on, cut to as many as were asked for. */
export async function loadData(options: Options, say: (line: string) => void): Promise<TrainTest> {
  const isDrawn = options.digits || options.dataset === 'digits';
  const data = isDrawn ? builtInDigits() : await findData(options, say);
  const { trainImages, testImages } = options;
  return { ...data, train: some(data.train, trainImages), test: some(data.test, testImages) };
}

/**
 * The first so many images of a dataset, in which classes come in no order. In folders of pictures one class comes after the
 * other; of these every so many are taken.
 */
export function some(all: ImageDataset, wanted: number | undefined): ImageDataset {
  const size = all.labels.shape[0];
  if (wanted === undefined || wanted >= size) return all;
  if (!isSorted(all)) return firstSamples(all, wanted);
  return select(
    all,
    Uint32Array.from({ length: wanted }, (_, at) => Math.floor((at * size) / wanted)),
  );
}

function isSorted({ labels }: ImageDataset): boolean {
  for (let at = 1; at < labels.shape[0]; at++) if (labels.get(at) < labels.get(at - 1)) return false;
  return true;
}

async function findData({ dataset, dataDir, download }: Options, say: (line: string) => void): Promise<TrainTest> {
  const pictures = dataset === 'cifar-10' ? await picturesIn(dataDir ?? process.env.TAPEGRAD_DATA) : undefined;
  if (pictures !== undefined) return await trainTestFolder(pictures, { onNotice: say });
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
