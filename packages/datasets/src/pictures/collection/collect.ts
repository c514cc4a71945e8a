import { warn } from '@tapegrad/core';
import { ndarrayOf } from '@tapegrad/core/authors';
import type { ImageDataset } from '../../dataset/dataset.ts';
import { PictureError } from '../../errors.ts';
import { type Picture, withColour } from '../picture.ts';
import type { ClassifiedPictures, PictureFile } from './classify.ts';

/**
 * Throws when the pictures grow out of memory, or their sizes differ; to be asked as they come.
 *
 * @param mostNumbers of all pictures together, each counted as one of three colours
 */
export function pictureCheck(mostNumbers: number): (file: PictureFile, picture: Picture) => void {
  let first: { readonly name: string; readonly width: number; readonly height: number } | undefined;
  let numbers = 0;
  return ({ name }, { width, height }) => {
    first ??= { name, width, height };
    if (width !== first.width || height !== first.height) {
      throw oddOne(
        name,
        `${width}×${height} pixels`,
        `${first.width}×${first.height} pixels, as ${first.name} has`,
        'Pass a size to bring all pictures to, or take it out of the folder',
      );
    }
    numbers += 3 * width * height;
    if (numbers > mostNumbers) {
      throw oddOne(name, 'too many pictures to be held in memory', `at most ${mostNumbers} numbers in all`);
    }
  };
}

/** A dataset of pictures that all have one size, and colour where one of them has, unless `channels` says otherwise. */
export function datasetOf(
  { classes, files }: ClassifiedPictures,
  pictures: readonly Picture[],
  { name, channels = pictures.every((each) => each.channels === 1) ? 1 : 3 }: { name: string; channels?: 1 | 3 },
): ImageDataset {
  const { width, height } = pictures[0] ?? { width: 0, height: 0 };
  const size = channels * height * width;
  const images = new Uint8Array(pictures.length * size);
  for (const [index, picture] of pictures.entries()) images.set(withColour(picture, channels), index * size);
  return {
    name,
    images: ndarrayOf(images, [pictures.length, channels, height, width]),
    labels: ndarrayOf(
      Uint8Array.from(files, ({ label }) => label),
      [files.length],
    ),
    classes,
  };
}

/** What was passed over, as a sentence; the empty text where nothing was. */
export function skippedMessage({ skipped, files }: Pick<ClassifiedPictures, 'skipped' | 'files'>): string {
  return skipped.isEmpty ? '' : `passed over ${skipped}, and read ${files.length} pictures. ${skipped.remedy}.`;
}

/** Says what was passed over, where something was. */
export function tellSkipped(
  operation: string,
  path: string,
  sorted: Pick<ClassifiedPictures, 'skipped' | 'files'>,
): void {
  warnSkipped(operation, path, skippedMessage(sorted));
}

/** The same with a message that was made before; nothing where that is empty. */
export function warnSkipped(operation: string, path: string, message: string): void {
  if (message !== '') warn({ code: 'SKIPPED_PICTURES', operation: `${operation}: ${path}`, message });
}

/** An error about one picture of many. */
export function oddOne(
  file: string,
  got: string,
  wanted: string,
  remedy = 'Take it out of the folder, or save it anew',
): PictureError {
  return new PictureError({ operation: file, got, wanted, remedy });
}
