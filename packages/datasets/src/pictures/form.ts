import { ValueError } from '@tapegrad/core';
import { opaque, type Picture } from './picture.ts';
import { readPicture } from './readPicture.ts';
import { type PictureFit, type PictureSize, resized, sizeOf } from './resize.ts';

/** What every picture of a dataset is brought to while it is read. */
export interface PictureOptions {
  /** What the dataset is called. */
  readonly name?: string;
  /** The size that all pictures are brought to. Default: that of the first, and all others must have it. */
  readonly size?: PictureSize;
  /** How they come to it. Default: 'stretch'. */
  readonly fit?: PictureFit;
  /** 1 for grey, 3 for red, green and blue. Default: 1 when all pictures are grey, otherwise 3. */
  readonly channels?: 1 | 3;
  /** The grey, from 0 to 255, that shows through pixels which are not opaque. Default: 0. */
  readonly background?: number;
  /** The most pixels of one picture. Default: 2^22. */
  readonly mostPixels?: number;
  /** The most numbers of all pictures together. Default: 2^30. */
  readonly mostNumbers?: number;
}

/** The same with what is left out filled in: plain data, which can be handed to another thread. */
export interface PictureForm {
  readonly size: readonly [number, number] | undefined;
  readonly fit: PictureFit;
  readonly background: number;
  readonly mostPixels: number;
}

/** @throws ValueError when an option is out of range */
export function pictureForm(operation: string, options: PictureOptions): PictureForm {
  const { size, fit = 'stretch', channels, background = 0, mostPixels = 2 ** 22 } = options;
  const refuse = (got: string, wanted: string, remedy: string) => new ValueError({ operation, got, wanted, remedy });
  if (!(background >= 0 && background <= 255)) {
    throw refuse(`background is ${background}`, 'a number from 0 to 255', 'Leave it out for black');
  }
  if (fit !== 'stretch' && fit !== 'cover')
    throw refuse(`fit is ${JSON.stringify(fit)}`, "'stretch' or 'cover'", 'Leave it out');
  if (channels !== undefined && channels !== 1 && channels !== 3) {
    throw refuse(
      `channels is ${JSON.stringify(channels)}`,
      '1 for grey or 3 for colour',
      'Leave it out to have what the files have',
    );
  }
  return { size: size === undefined ? undefined : sizeOf(size, operation), fit, background, mostPixels };
}

/** The picture in a file, opaque and in its size. */
export async function formedPicture(bytes: Uint8Array, name: string, form: PictureForm): Promise<Picture> {
  return formed(await readPicture(bytes, { name, mostPixels: form.mostPixels }), form);
}

/** The picture opaque and in its size. */
export function formed(picture: Picture, { background, size, fit }: PictureForm): Picture {
  const solid = opaque(picture, background);
  return size ? resized(solid, size, fit) : solid;
}
