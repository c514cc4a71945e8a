import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DataType, type Tensor, tensor } from '@tapegrad/core';
import { gunzipIfNeeded, mnistFiles, readIdx } from '@tapegrad/datasets';
import { MalformedCase } from '../outcome.ts';

/** A run of training images, pixels divided by 255, with their labels. */
export interface ImageBatch {
  /** `[count, 1, 28, 28]` */
  readonly images: Tensor;
  readonly labels: readonly number[];
}

/** MNIST's training images in file order. */
export interface TrainingImages {
  batch(first: number, count: number, dtype: DataType): ImageBatch;
}

/** Images that are not there: asking for a batch throws `reason`. */
export function missingImages(reason: Error): TrainingImages {
  return {
    batch: () => {
      throw reason;
    },
  };
}

/** The folders to look in, most wanted first. */
export function imageFolders(casesFolder: string, dataFolder: string | undefined): readonly string[] {
  const given = dataFolder ?? process.env.TAPEGRAD_DATA;
  const bases = given ? [given] : [join(casesFolder, 'data'), join(casesFolder, '..', 'data'), casesFolder];
  return bases.flatMap((base) => [base, join(base, 'mnist')]);
}

/** The training images of the first folder that has them, gzipped or not. What is wrong comes out when they are used. */
export async function readTrainingImages(folders: readonly string[]): Promise<TrainingImages> {
  const { trainImages, trainLabels } = mnistFiles;
  const folder = folders.find((one) => findFile(one, trainImages.name) && findFile(one, trainLabels.name));
  if (folder === undefined) {
    const remedy = 'give their folder with --data-dir or TAPEGRAD_DATA';
    return missingImages(
      new Error(`the MNIST training images are needed: ${remedy} (looked in ${folders.join(', ')})`),
    );
  }
  try {
    const pixels = await read(folder, trainImages.name, trainImages.bytes);
    const labels = await read(folder, trainLabels.name, trainLabels.bytes);
    return imagesOf(pixels, labels);
  } catch (error) {
    return missingImages(error instanceof Error ? error : new Error(String(error)));
  }
}

type Idx = ReturnType<typeof readIdx>;

function imagesOf(pixels: Idx, labels: Idx): TrainingImages {
  const [total, height, width] = pixels.shape;
  const size = height * width;
  return {
    batch: (first, count, dtype) => {
      if (first < 0 || first + count > total) {
        throw new MalformedCase(`images ${first} to ${first + count - 1} of ${total}`);
      }
      const raw = pixels.data.slice(first * size, (first + count) * size);
      const scaled = Float64Array.from(raw, (pixel) => Number(pixel) / 255);
      return {
        images: tensor(scaled, { shape: [count, 1, height, width], dtype }),
        labels: Array.from(labels.data.slice(first, first + count), Number),
      };
    },
  };
}

async function read(folder: string, name: string, limit: number) {
  const path = findFile(folder, name) ?? join(folder, name);
  return readIdx(await gunzipIfNeeded(await readFile(path), { name, limit }), { name });
}

function findFile(folder: string, name: string): string | undefined {
  return [name, `${name}.gz`].map((file) => join(folder, file)).find((path) => existsSync(path));
}
