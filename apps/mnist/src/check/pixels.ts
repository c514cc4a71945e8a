import { batches, type ImageDataset } from '@tapegrad/datasets';
import type { Finding } from '@tapegrad/nn';
import type { PixelScale } from '../pixelScale.ts';

/** How many images are looked at. */
const most = 10_000;
const batchSize = 256;

/** What the model gets of the pixels: their mean should be near 0 and their standard deviation near 1. */
export function pixels(dataset: ImageDataset, pixelScale: PixelScale): Finding {
  let [count, sum, squares, least, largest, looked] = [0, 0, 0, Infinity, -Infinity, 0];
  for (const { images } of batches(dataset, { batchSize, ...pixelScale })) {
    for (const value of images.data) {
      sum += value;
      squares += value * value;
      if (value < least) least = value;
      if (value > largest) largest = value;
    }
    count += images.data.length;
    looked += images.shape[0];
    if (looked >= most) break;
  }
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  const isWithin = (center: number, factor: number): boolean =>
    Math.abs(mean) <= center && deviation >= 1 / factor && deviation <= factor;
  const verdict = isWithin(0.25, 1.5) ? 'passed' : isWithin(1, 4) ? 'doubtful' : 'failed';
  return {
    check: 'pixels',
    verdict,
    seen: `mean ${mean.toFixed(3)}, standard deviation ${deviation.toFixed(3)}, from ${least.toFixed(2)} to ${largest.toFixed(2)} in ${looked} images`,
    wanted: 'mean within ±0.25, standard deviation 0.67 to 1.5',
    remedy: verdict === 'passed' ? '' : remedyFor(least, largest),
  };
}

function remedyFor(least: number, largest: number): string {
  if (least === largest) return 'All pixels are the same: look at how the images are read.';
  return 'Normalise by the mean and the deviation of these training images, which normalisationOf(train) gives.';
}
