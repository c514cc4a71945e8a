import { checkBytes, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { Picture } from '../picture.ts';
import { decodeJpeg } from './decodeJpeg.ts';
import { jpegError, readJpegHeader } from './jpegHeader.ts';

/** What {@link readJpeg} needs beside the bytes. */
export interface ReadJpegOptions {
  /** The file's name, for the messages of errors. */
  readonly name: string;
  /** The most pixels that the picture may have. Default: 2^22, as many as 2048 × 2048. */
  readonly mostPixels?: number;
}

const readJpegOptions: OptionNames<ReadJpegOptions> = { name: 'required', mostPixels: 'optional' };

/**
 * The picture in a JPEG file: grey or colour, baseline or progressive, of 8 bits in Huffman coding. In Node it is decoded by
 * MozJPEG, whose pixels are those of libjpeg-turbo, and in a page by the browser. The orientation that cameras note is not
 * looked at, as in PyTorch.
 *
 * The size is read from the header, and refused when it is too large, before there is memory for it.
 *
 * @example await readJpeg(bytes, { name: 'mine.jpg' })
 * @throws JpegError when the file is damaged or no JPEG, has more pixels than it may, or is of a kind that is not read: for
 *   printing (CMYK), lossless, arithmetic coding, 12 bits
 */
export async function readJpeg(bytes: Uint8Array, options: ReadJpegOptions, ...surplus: []): Promise<Picture> {
  checkSurplus('readJpeg', surplus);
  const { name, mostPixels = 2 ** 22 } = checkOptions('readJpeg', options, readJpegOptions);
  checkBytes('readJpeg', bytes);
  const { width, height, components: channels } = readJpegHeader(bytes, name);
  if (width * height > mostPixels) {
    throw jpegError(name, `a picture of ${width}×${height} pixels`, `at most ${mostPixels} pixels`);
  }
  const decoded = await decodeJpeg(bytes, name);
  if (decoded.width !== width || decoded.height !== height) {
    throw jpegError(name, `${decoded.width}×${decoded.height} pixels`, `${width}×${height} pixels, as its header says`);
  }
  const data = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      data[pixel * channels + channel] = decoded.data[4 * pixel + channel];
    }
  }
  return { width, height, channels, data };
}
