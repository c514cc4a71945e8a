import type { ImageDataset, TrainTest } from '@tapegrad/datasets';
import type { Finding } from '@tapegrad/nn';

/** Above this share of the test images, what is tested is memory. */
const many = 0.01;

/** How many test images are training images as well, pixel by pixel. */
export function duplicates({ train, test }: TrainTest): Finding {
  const known = new Set<string>();
  for (let sample = 0; sample < train.images.shape[0]; sample++) known.add(pixelsOf(train, sample));
  const total = test.images.shape[0];
  let found = 0;
  for (let sample = 0; sample < total; sample++) if (known.has(pixelsOf(test, sample))) found++;
  const verdict = found === 0 ? 'passed' : found <= many * total ? 'doubtful' : 'failed';
  return {
    check: 'test images that are training images',
    verdict,
    seen: `${found} of ${total}`,
    wanted: 'none',
    remedy: {
      passed: '',
      doubtful: 'So few change the accuracy little; leave them out where every image counts.',
      failed: 'Split again, so that no image is in both halves: the model is tested on what it has seen.',
    }[verdict],
  };
}

/** The pixels of one image, which lie one behind the other, as a string: what a Set can compare. */
function pixelsOf({ images }: ImageDataset, sample: number): string {
  const size = images.shape.slice(1).reduce((product, length) => product * length, 1);
  const start = images.offset + sample * images.stride[0];
  return Buffer.from(images.data.buffer, images.data.byteOffset + start, size).toString('latin1');
}
