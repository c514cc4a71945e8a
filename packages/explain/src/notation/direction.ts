import type { OptionNames } from '@tapegrad/core/authors';
/** Which way the steps of a picture follow each other. */
export type Direction = 'down' | 'right';

export interface PictureOptions {
  /** Which way later steps lie: `down` (default), or `right`. */
  readonly direction?: Direction;
}

export const pictureOptions: OptionNames<PictureOptions> = { direction: 'optional' };
