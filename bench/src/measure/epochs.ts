import { batchesOf, trainer } from '../competitors/tapegrad.ts';
import { noiseImages } from '../images.ts';
import { median } from '../statistics.ts';

/** How long it takes to go once over so many images. */
export interface EpochTime {
  readonly images: number;
  readonly milliseconds: number;
}

/** Epochs of the small net over 1,000, 2,000, … images. */
export function measureEpochs(mostImages: number, batch: number, repeats: number): EpochTime[] {
  const train = trainer('small');
  const all = noiseImages(mostImages);
  const epoch = (images: number): number => {
    const part = { pixels: all.pixels, labels: all.labels.subarray(0, images) };
    const start = performance.now();
    for (const images of batchesOf(part, batch)) train(images);
    return performance.now() - start;
  };
  epoch(mostImages); // warm-up
  const counts = Array.from({ length: Math.floor(mostImages / 1000) }, (_, index) => 1000 * (index + 1));
  return counts.map((images) => ({
    images,
    milliseconds: median(Array.from({ length: repeats }, () => epoch(images))),
  }));
}
