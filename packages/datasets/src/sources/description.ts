import type { ImageDataset } from '../dataset/dataset.ts';

/** One file of a dataset, as it is once unpacked. */
export interface DataFile {
  /** Its name, without `.gz`. */
  readonly name: string;
  /** The length of its content after gunzip. */
  readonly bytes: number;
  /** The shape of the array in it, when it is an IDX file. */
  readonly shape?: readonly number[];
  /** The SHA-256 of its content after gunzip, where that is known. */
  readonly sha256?: string;
  /** Length and SHA-256 of the gzip file that the publisher serves, where it is that which they vouch for. */
  readonly gzip?: { readonly bytes: number; readonly sha256: string };
}

/** One file that holds all files of a dataset. */
export interface ArchiveFile {
  readonly name: string;
  readonly format: 'zip' | 'tar.gz';
  readonly bytes: number;
  readonly sha256: string;
  /** What stands before and behind a file's name inside of it: `gzip/` and `.gz`. */
  readonly prefix: string;
  readonly suffix: string;
}

/** What is known of a dataset before it is there: its files, where they can be had, and how they are read. Plain data. */
export interface DatasetDescription {
  /** Small letters, digits and hyphens; also the name of its folder in the cache. */
  readonly name: string;
  /** As a heading says it: `Fashion-MNIST`. */
  readonly title: string;
  /** The classes' names, by number. */
  readonly classes: readonly string[];
  /** Channels, height and width of an image. */
  readonly imageShape: readonly [number, number, number];
  readonly files: readonly DataFile[];
  /** The archive in which the files are served; without one, each is served by itself, with `.gz` behind its name. */
  readonly archive?: ArchiveFile;
  /** Where the files can be had: each address followed by a file's name. */
  readonly mirrors: readonly string[];
  /** Below a data folder, the folders in which other programs put the files, with forward slashes. */
  readonly layouts: readonly string[];
  /** The two halves, out of the files' contents by their names. */
  readonly read: (contents: ReadonlyMap<string, Uint8Array>) => Halves;
}

/** The two halves of a dataset, without a word on where they come from. */
export interface Halves {
  readonly train: ImageDataset;
  readonly test: ImageDataset;
}
