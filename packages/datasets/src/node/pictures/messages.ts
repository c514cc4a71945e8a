import type { PictureForm } from '../../pictures/form.ts';
import type { Picture } from '../../pictures/picture.ts';

/** Files that are decoded in one go, their bytes one after the other. */
export interface PackedFiles {
  readonly bytes: Uint8Array;
  /** Where each file ends. */
  readonly ends: readonly number[];
  readonly names: readonly string[];
}

/** What a worker is told. */
export interface ToDecoder {
  readonly request: number;
  readonly files: PackedFiles;
  readonly form: PictureForm;
}

/** What it tells: the pictures, or that it could not be done; why comes out when it is tried in place. */
export interface FromDecoder {
  readonly request: number;
  readonly pictures?: readonly Picture[];
}
