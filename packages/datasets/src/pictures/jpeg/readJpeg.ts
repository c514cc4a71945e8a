import { checkBytes, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { Picture } from '../picture.ts';
import { interleaved, toRgb } from './colour.ts';
import { samplesOf } from './inverseDct.ts';
import { readSegments } from './segments.ts';
import { upsampled } from './upsample.ts';

/** What {@link readJpeg} needs beside the bytes. */
export interface ReadJpegOptions {
  /** The file's name, for the messages of errors. */
  readonly name: string;
  /** The most pixels that the picture may have. Default: 2^22, as many as 2048 × 2048. */
  readonly mostPixels?: number;
}

const readJpegOptions: OptionNames<ReadJpegOptions> = { name: 'required', mostPixels: 'optional' };

/**
 * The picture in a JPEG file: grey or colour, baseline or progressive, of 8 bits in Huffman coding. Its pixels are those that
 * libjpeg-turbo gives, bit for bit, and with it most other programs, so that a run here can be compared with one elsewhere. The
 * orientation that cameras note is not looked at, as in PyTorch.
 *
 * The size is read from the header, and refused when it is too large, before there is memory for it.
 *
 * Source: ITU-T T.81, "Digital compression and coding of continuous-tone still images", 1992.
 *
 * @example readJpeg(bytes, { name: 'mine.jpg' })
 * @throws JpegError when the file is damaged or no JPEG, has more pixels than it may, or is of a kind that is not read: for
 *   printing (CMYK), lossless, arithmetic coding, 12 bits
 */
export function readJpeg(bytes: Uint8Array, options: ReadJpegOptions, ...surplus: []): Picture {
  checkSurplus('readJpeg', surplus);
  const { name, mostPixels = 2 ** 22 } = checkOptions('readJpeg', options, readJpegOptions);
  checkBytes('readJpeg', bytes);
  const { frame, isYcc } = readSegments(bytes, name, mostPixels);
  const { width, height, components } = frame;
  const planes = components.map((component) => upsampled(frame, component, samplesOf(component)));
  if (planes.length === 1) return { width, height, channels: 1, data: planes[0] };
  const data = isYcc ? toRgb(planes[0], planes[1], planes[2]) : interleaved(planes);
  return { width, height, channels: 3, data };
}
