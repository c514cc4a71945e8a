import { batches, type ImageDataset, select } from '@tapegrad/datasets';
import type { Sequential } from '@tapegrad/nn';
import type { PixelScale } from '../pixelScale.ts';
import { symmetricEigen } from './symmetricEigen.ts';

/** From how many images, evenly from first to last, and from patches how many pixels apart it is learnt what images look like. */
const sampledImages = 5000;
const patchStride = 3;
/** What is added to the variance of a direction: those in which patches hardly differ hold mostly noise. */
const epsilon = 0.05;

/**
 * Gives the first convolution of a net filters that whiten, and freezes them: for each of the directions v in which patches of the
 * training images differ most, with the variance λ, the filters v / √(λ + ε) and -v / √(λ + ε), of which a relu behind them
 * lets one through. What they give for different v is uncorrelated and of about the same size: what a normalisation and many steps of
 * training would bring the first layer to. The bias begins at 0, and learns. A filter without a direction left stays as it was drawn.
 *
 * Source: Coates and Ng, "Learning feature representations with K-means", 2012; as a first layer that is not trained: Page, "How to
 * train your ResNet 8: bag of tricks", 2019.
 *
 * @param model a net whose first layer is a convolution of an even number of filters `[filters, channels, height, width]`
 */
export function whitenFirstLayer(model: Sequential, images: ImageDataset, scale: PixelScale): void {
  const [weight, bias] = model.parameters;
  const [count, channels, height, width] = weight.shape;
  const directions = symmetricEigen(covarianceOfPatches(images, scale, [channels, height, width]));
  weight.update((numbers) => {
    directions.slice(0, count / 2).forEach(({ value, vector }, index) => {
      const factor = 1 / Math.sqrt(value + epsilon);
      numbers.set(
        vector.map((each) => each * factor),
        2 * index * vector.length,
      );
      numbers.set(
        vector.map((each) => -each * factor),
        (2 * index + 1) * vector.length,
      );
    });
  });
  bias.update((numbers) => numbers.fill(0));
  weight.trainable = false;
}

/** The mean of patch · patchᵀ over patches `[channels, height, width]` of normalised images, whose mean is about 0. */
function covarianceOfPatches(
  images: ImageDataset,
  scale: PixelScale,
  [channels, height, width]: readonly number[],
): Float64Array[] {
  const size = channels * height * width;
  const sums = Array.from({ length: size }, () => new Float64Array(size));
  const patch = new Float64Array(size);
  let patches = 0;
  for (const batch of batches(sampleOf(images), { batchSize: 500, ...scale })) {
    const { data: pixels, shape } = batch.images;
    const [count, , rows, columns] = shape;
    for (let image = 0; image < count; image++) {
      for (let top = 0; top + height <= rows; top += patchStride) {
        for (let left = 0; left + width <= columns; left += patchStride) {
          let at = 0;
          for (let channel = 0; channel < channels; channel++) {
            for (let row = 0; row < height; row++) {
              const first = ((image * channels + channel) * rows + top + row) * columns + left;
              for (let column = 0; column < width; column++) patch[at++] = pixels[first + column];
            }
          }
          for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) sums[i][j] += patch[i] * patch[j];
          patches++;
        }
      }
    }
  }
  return sums.map((row) => row.map((sum) => sum / patches));
}

/** Images from first to last, evenly: datasets may stand in order of their classes. */
function sampleOf(images: ImageDataset): ImageDataset {
  const { size } = images.labels;
  const count = Math.min(size, sampledImages);
  return select(
    images,
    Uint32Array.from({ length: count }, (_, index) => Math.floor((index * size) / count)),
  );
}
