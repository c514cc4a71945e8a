import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import type { ImageDataset } from '../dataset/dataset.ts';
import { type ReadPicturesOptions, readParts, readPicturesOptions } from './pictures/readParts.ts';

export type { ReadPicturesOptions } from './pictures/readParts.ts';

/**
 * A dataset out of a folder with one folder for each class, in which the class's pictures lie as PNG or JPEG files; or out of an
 * archive of such a folder, `.zip`, `.tar`, `.tar.gz` or `.tgz`.
 *
 * Classes are the subfolders, and pictures the files whose names end in `.png`, `.jpg`, `.jpeg`, `.jpe` or `.jfif`, both in the
 * order of their names (by code unit, the same everywhere); names that begin with a dot and all other files are passed over.
 * What looks as if it were meant, pictures of another format or outside of the classes' folders, is counted in a warning,
 * `SKIPPED_PICTURES`. All pictures must have one size, unless `size` brings them to it. When all are grey, images have one
 * channel, otherwise three. Links are followed only inside the folder.
 *
 * Pictures are decoded in several threads. From 1,000 on they are kept in the cache folder, and read from there as long as
 * neither the files (the archive's SHA-256; of a folder names, lengths and times) nor the options change.
 *
 * @param path of the folder or the archive
 * @returns images of shape [count, channels, height, width], labels of shape [count]; the classes are the folders' names
 * @example const { images, classes } = await imageFolder('flowers', { size: 64 });
 * @throws MissingFileError when the folder cannot be read, has no classes, or has a class without pictures or a link that
 *   leaves it
 * @throws PictureError, PngError or JpegError naming the file, when one is damaged, too large, or of another size than the first
 * @throws ArchiveError or GzipError when the archive is damaged
 * @throws ValueError when there are more than 256 classes, or an option is out of range
 */
export async function imageFolder(
  path: string,
  options: ReadPicturesOptions = {},
  ...surplus: []
): Promise<ImageDataset> {
  checkSurplus('imageFolder', surplus);
  const { name = path } = checkOptions('imageFolder', options, readPicturesOptions);
  const { datasets } = await readParts('imageFolder', path, [{ name, folder: '' }], options);
  return datasets[0];
}
