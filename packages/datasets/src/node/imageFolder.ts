import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { ValueError, warn } from '@tapegrad/core';
import { checkOptions, checkSurplus, ndarrayOf, type OptionNames } from '@tapegrad/core/authors';
import type { ImageDataset } from '../dataset.ts';
import { MissingFileError, PngError } from '../errors.ts';
import { opaque, withColour } from '../picture.ts';
import { type Picture, readPng } from '../png.ts';
import { Skipped } from './skippedPictures.ts';

/** How {@link imageFolder} reads. */
export interface ImageFolderOptions {
  /** What the dataset is called. Default: the folder's path. */
  readonly name?: string;
  /** The grey, from 0 to 255, that shows through pixels which are not opaque. Default: 0. */
  readonly background?: number;
  /** The most pixels of one picture. Default: 2^22. */
  readonly mostPixels?: number;
  /** The most numbers of all pictures together. Default: 2^30. */
  readonly mostNumbers?: number;
}

const imageFolderOptions: OptionNames<ImageFolderOptions> = {
  name: 'optional',
  background: 'optional',
  mostPixels: 'optional',
  mostNumbers: 'optional',
};

/** No picture of few pixels is packed in more than this. */
const mostFileBytes = 2 ** 26;

/**
 * A dataset out of a folder with one folder for each class, in which the class's pictures lie as PNG files.
 *
 * Classes are the subfolders, and pictures the files whose names end in `.png`, both in the order of their names (by code
 * unit, the same everywhere); names that begin with a dot and all other files are passed over. What looks as if it were
 * meant, pictures of another format or outside of the classes' folders, is counted in a warning, `SKIPPED_PICTURES`. All
 * pictures must have one size. When all are grey, images have one channel, otherwise three. Links are followed only
 * inside the folder.
 *
 * @returns images of shape [count, channels, height, width], labels of shape [count]; the classes are the folders' names
 * @example const { images, classes } = await imageFolder('flowers');
 * @throws MissingFileError when the folder cannot be read, has no classes, or has a class without pictures or a link that
 *   leaves it
 * @throws PngError naming the file, when one is damaged, too large, or of another size than the first
 * @throws ValueError when there are more than 256 classes, or an option is out of range
 */
export async function imageFolder(
  path: string,
  options: ImageFolderOptions = {},
  ...surplus: []
): Promise<ImageDataset> {
  checkSurplus('imageFolder', surplus);
  const {
    name = path,
    background = 0,
    mostPixels = 2 ** 22,
    mostNumbers = 2 ** 30,
  } = checkOptions('imageFolder', options, imageFolderOptions);
  if (!(background >= 0 && background <= 255)) {
    throw outOfRange(`background is ${background}`, 'a number from 0 to 255', 'Leave it out for black');
  }
  const root = await realpath(path).catch((error: unknown) => {
    throw missing(path, `it cannot be read (${codeOf(error)})`, 'a folder with a folder for each class', error);
  });
  const skipped = new Skipped();
  const entries = await namesIn(root, root);
  for (const entry of entries) if (!entry.isFolder) skipped.see(entry, 'outside');
  const classes = entries.filter(({ isFolder }) => isFolder).map((entry) => entry.name);
  if (classes.length === 0) {
    throw missing(path, `no folders in it${skipped.beside()}`, 'a folder for each class', undefined, skipped.remedy);
  }
  if (classes.length > 256) {
    throw outOfRange(`${classes.length} folders in ${path}`, 'at most 256 classes', 'Put some classes together');
  }
  const pictures: Picture[] = [];
  const labels: number[] = [];
  let first: { readonly file: string; readonly width: number; readonly height: number } | undefined;
  for (const [label, className] of classes.entries()) {
    const folder = join(root, className);
    const within = await namesIn(folder, root);
    const files = within.filter((entry) => !entry.isFolder && /\.png$/i.test(entry.name));
    const others = new Skipped();
    for (const entry of within) if (!files.includes(entry)) others.see(entry, 'class');
    if (files.length === 0) {
      const got = `no PNG pictures in it${others.beside()}`;
      throw missing(folder, got, 'the PNG files of a class', undefined, others.remedy);
    }
    skipped.add(others);
    for (const entry of files) {
      const file = join(folder, entry.name);
      const picture = opaque(readPng(await readPicture(file), { name: file, mostPixels }), background);
      const { width, height } = picture;
      first ??= { file, width, height };
      if (width !== first.width || height !== first.height) {
        throw oddOne(file, `${width}×${height} pixels`, `${first.width}×${first.height} pixels, as ${first.file} has`);
      }
      pictures.push(picture);
      labels.push(label);
      if (3 * pictures.length * width * height > mostNumbers) {
        throw oddOne(file, 'too many pictures to be held in memory', `at most ${mostNumbers} numbers in all`);
      }
    }
  }
  if (!skipped.isEmpty) {
    warn({
      code: 'SKIPPED_PICTURES',
      operation: `imageFolder: ${path}`,
      message: `passed over ${skipped}, and read ${pictures.length} PNG files. ${skipped.remedy}.`,
    });
  }
  const channels = pictures.every((picture) => picture.channels === 1) ? 1 : 3;
  const { width, height } = first ?? { width: 0, height: 0 };
  const images = new Uint8Array(pictures.length * channels * height * width);
  for (const [index, picture] of pictures.entries()) {
    images.set(withColour(picture, channels), index * channels * height * width);
  }
  return {
    name,
    images: ndarrayOf(images, [pictures.length, channels, height, width]),
    labels: ndarrayOf(Uint8Array.from(labels), [labels.length]),
    classes,
  };
}

/** The files and folders of a folder in the order of their names, links followed as far as they stay below `root`. */
async function namesIn(folder: string, root: string): Promise<{ name: string; isFolder: boolean }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw missing(folder, `it cannot be read (${codeOf(error)})`, 'a folder', error);
  });
  const found: { name: string; isFolder: boolean }[] = [];
  for (const entry of entries) {
    const { name } = entry;
    if (name.startsWith('.')) continue;
    if (!entry.isSymbolicLink()) {
      // Pipes and devices, of which reading might never end, are neither.
      if (entry.isDirectory() || entry.isFile()) found.push({ name, isFolder: entry.isDirectory() });
      continue;
    }
    const path = join(folder, name);
    const target = await realpath(path).catch(() => '');
    if (!target.startsWith(root + sep))
      throw missing(path, 'a link that leads out of the folder', 'links inside of it');
    const seen = await stat(target);
    if (seen.isDirectory() || seen.isFile()) found.push({ name, isFolder: seen.isDirectory() });
  }
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

async function readPicture(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > mostFileBytes) throw oddOne(file, `the file has ${size} bytes`, `at most ${mostFileBytes} bytes`);
    return await readFile(file);
  } catch (error) {
    if (error instanceof PngError) throw error;
    throw missing(file, `it cannot be read (${codeOf(error)})`, 'a PNG picture', error);
  }
}

function oddOne(file: string, got: string, wanted: string): PngError {
  return new PngError({ operation: file, got, wanted, remedy: 'Take it out of the folder, or save it anew' });
}

function missing(
  path: string,
  got: string,
  wanted: string,
  cause?: unknown,
  remedy = 'Check the path and who may read it',
): MissingFileError {
  return new MissingFileError({ operation: `imageFolder: ${path}`, got, wanted, remedy }, { cause });
}

function outOfRange(got: string, wanted: string, remedy: string): ValueError {
  return new ValueError({ operation: 'imageFolder', got, wanted, remedy });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
