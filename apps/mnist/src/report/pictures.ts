import type { ImageDataset } from '@tapegrad/datasets';
import { encode } from 'fast-png';

/** A picture within a page. */
export interface InlinePicture {
  readonly address: string;
  readonly width: number;
  readonly height: number;
}

/** An image of a dataset as it is stored: grey, or red, green and blue. */
export function pictureOf({ images }: ImageDataset, sample: number): InlinePicture {
  const [, channels, height, width] = images.shape;
  const shown = channels === 3 ? 3 : 1;
  const data = new Uint8Array(height * width * shown);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      for (let channel = 0; channel < shown; channel++) data[at++] = images.get(sample, channel, row, column);
    }
  }
  return inline(data, width, height, shown);
}

/** The colours of weights: orange below 0, white at 0, blue above. Also those who see fewer colours tell them apart. */
const [negative, positive] = [
  [213, 94, 0],
  [0, 114, 178],
] as const;

/** The filters of a first layer, [outputs, inputs, height, width]: one picture each, on a scale from -largest to largest. */
export function filterPictures(
  weights: ArrayLike<number>,
  [outputs, inputs, height, width]: readonly number[],
  largest: number,
): InlinePicture[] {
  const size = inputs * height * width;
  return Array.from({ length: outputs }, (_, filter) => {
    const data = new Uint8Array(height * width * 3);
    for (let pixel = 0; pixel < height * width; pixel++) {
      const at = (channel: number): number => weights[filter * size + channel * height * width + pixel] / largest;
      const colour = inputs === 3 ? [at(0), at(1), at(2)].map((value) => 127.5 * (1 + value)) : colourOf(at(0));
      for (let channel = 0; channel < 3; channel++) data[pixel * 3 + channel] = Math.round(colour[channel]);
    }
    return inline(data, width, height, 3);
  });
}

/** Numbers over an image, row by row, on a scale from -largest to largest: orange, white, blue. */
export function mapPicture(
  numbers: ArrayLike<number>,
  { height, width }: { readonly height: number; readonly width: number },
  largest: number,
): InlinePicture {
  const data = new Uint8Array(height * width * 3);
  for (let pixel = 0; pixel < height * width; pixel++) {
    data.set(colourOf(numbers[pixel] / largest).map(Math.round), pixel * 3);
  }
  return inline(data, width, height, 3);
}

function colourOf(value: number): number[] {
  const end = value < 0 ? negative : positive;
  return end.map((full) => 255 + (full - 255) * Math.min(1, Math.abs(value)));
}

function inline(data: Uint8Array, width: number, height: number, channels: number): InlinePicture {
  const png = encode({ data, width, height, channels, depth: 8 });
  return { address: `data:image/png;base64,${Buffer.from(png).toString('base64')}`, width, height };
}
