import { type ImageDataset, sha256, type TrainTest } from '@tapegrad/datasets';

/** What tells data from other data: the SHA-256 of images and labels, by the name of the dataset. */
export type Fingerprint = Readonly<Record<string, string>>;

/** The fingerprints of the images that are trained and tested on. */
export async function fingerprintOf({ train, test }: TrainTest): Promise<Fingerprint> {
  return { [train.name]: await digestOf(train), [test.name]: await digestOf(test) };
}

async function digestOf({ images, labels }: ImageDataset): Promise<string> {
  const classes = Uint8Array.from({ length: labels.shape[0] }, (_, sample) => labels.get(sample));
  return await sha256(new TextEncoder().encode(`${await sha256(pixelsOf(images))} ${await sha256(classes)}`));
}

/** The pixels in row-major order: where they lie if they lie so, else a copy. */
function pixelsOf({ data, offset, shape, stride, size }: ImageDataset['images']): Uint8Array {
  const [count, channels, height, width] = shape;
  const wanted = [channels * height * width, height * width, width, 1];
  if (stride.every((step, axis) => step === wanted[axis])) return data.subarray(offset, offset + size);
  const pixels = new Uint8Array(size);
  for (let sample = 0, written = 0; sample < count; sample++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let row = 0; row < height; row++) {
        const start = offset + sample * stride[0] + channel * stride[1] + row * stride[2];
        for (let column = 0; column < width; column++) pixels[written++] = data[start + column * stride[3]];
      }
    }
  }
  return pixels;
}
