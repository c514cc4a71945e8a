import { checkBytes, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { PictureError } from '../errors.ts';
import { readJpeg } from './jpeg/readJpeg.ts';
import type { Picture } from './picture.ts';
import { readPng } from './png.ts';

/** What {@link readPicture} needs beside the bytes. */
export interface ReadPictureOptions {
  /** The file's name, for the messages of errors. */
  readonly name: string;
  /** The most pixels that the picture may have. Default: 2^22, as many as 2048 × 2048. */
  readonly mostPixels?: number;
}

const readPictureOptions: OptionNames<ReadPictureOptions> = { name: 'required', mostPixels: 'optional' };

/**
 * The picture in a PNG or JPEG file; which of them it is, its first bytes say, whatever its name is.
 *
 * @example await readPicture(bytes, { name: 'mine.jpg' })
 * @throws PictureError when it is neither
 * @throws PngError or JpegError as `readPng` and `readJpeg` do
 */
export async function readPicture(bytes: Uint8Array, options: ReadPictureOptions, ...surplus: []): Promise<Picture> {
  checkSurplus('readPicture', surplus);
  const { name } = checkOptions('readPicture', options, readPictureOptions);
  checkBytes('readPicture', bytes);
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return readPng(bytes, options);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(bytes, options);
  throw new PictureError({
    operation: name,
    got: bytes.length === 0 ? 'an empty file' : 'a file that begins neither as a PNG nor as a JPEG does',
    wanted: 'a PNG or JPEG picture',
    remedy: 'Convert it, or take it out',
  });
}
