import { ValueError } from '@tapegrad/core';
import { MissingFileError } from '../../errors.ts';
import { readFormats, Skipped } from './skippedPictures.ts';

/** A file or a folder below the folder of a dataset, with forward slashes in its path. */
export interface PictureEntry {
  readonly path: string;
  readonly isFolder: boolean;
  /** Its bytes. */
  readonly read?: () => Promise<Uint8Array> | Uint8Array;
}

/** A picture that is to be read. */
export interface PictureFile {
  /** Its whole path, for the messages of errors. */
  readonly name: string;
  /** The number of its class. */
  readonly label: number;
  readonly read: () => Promise<Uint8Array> | Uint8Array;
}

/** The pictures of a folder, sorted into their classes. */
export interface ClassifiedPictures {
  readonly classes: readonly string[];
  readonly files: readonly PictureFile[];
  /** What is passed over though it looks as if it were meant. */
  readonly skipped: Skipped;
}

/** By code unit, the same everywhere. */
const byName = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/**
 * Sorts what lies in a folder: each folder in it is a class, and the pictures in that are the class's, both in the order of their
 * names. Names that begin with a dot are passed over.
 *
 * @param root the folder's path, for the messages of errors
 * @param isReadable whether a file is a picture that is read, by its name. Default: by the endings of PNG and JPEG
 * @throws MissingFileError when there are no classes, or a class has no pictures
 * @throws ValueError when there are more than 256 classes
 */
export function classify(
  operation: string,
  root: string,
  entries: readonly PictureEntry[],
  isReadable: (name: string) => boolean = (name) => readFormats.test(name),
): ClassifiedPictures {
  const skipped = new Skipped();
  const within = new Map<string, PictureEntry[]>();
  for (const entry of entries) {
    const steps = entry.path.split('/');
    if (steps.some((step) => step.startsWith('.'))) continue;
    const [first, ...rest] = steps;
    if (rest.length === 0 && !entry.isFolder) skipped.see({ name: first, isFolder: false }, 'outside');
    else {
      const members = within.get(first) ?? [];
      within.set(first, members);
      if (rest.length > 0) members.push({ ...entry, path: rest.join('/') });
    }
  }
  const classes = [...within.keys()].sort(byName);
  const remedy = 'Check the path and who may read it';
  if (classes.length === 0) {
    throw new MissingFileError({
      operation: `${operation}: ${root}`,
      got: `no folders in it${skipped.beside()}`,
      wanted: 'a folder for each class',
      remedy: skipped.remedy ?? remedy,
    });
  }
  if (classes.length > 256) {
    throw new ValueError({
      operation,
      got: `${classes.length} folders in ${root}`,
      wanted: 'at most 256 classes',
      remedy: 'Put some classes together',
    });
  }
  const files: PictureFile[] = [];
  for (const [label, className] of classes.entries()) {
    const others = new Skipped();
    const folders = new Set<string>();
    const before = files.length;
    for (const { path, isFolder, read } of (within.get(className) ?? []).sort((a, b) => byName(a.path, b.path))) {
      const [first, ...deeper] = path.split('/');
      if (isFolder || deeper.length > 0) folders.add(first);
      else if (read && isReadable(path)) files.push({ name: `${root}/${className}/${path}`, label, read });
      else others.see({ name: path, isFolder: false }, 'class');
    }
    for (const name of folders) others.see({ name, isFolder: true }, 'class');
    if (files.length === before) {
      throw new MissingFileError({
        operation: `${operation}: ${root}/${className}`,
        got: `no PNG or JPEG pictures in it${others.beside()}`,
        wanted: 'the pictures of a class',
        remedy: others.remedy ?? remedy,
      });
    }
    skipped.add(others);
  }
  return { classes, files, skipped };
}
