import type { Colour } from './colour/colour.ts';
import type { Noise } from './colour/noise.ts';
import type { Normalise } from './colour/normalise.ts';
import type { Cutout } from './cut/cutout.ts';
import type { Flip } from './cut/flip.ts';
import type { RandomCrop } from './cut/randomCrop.ts';
import type { ResizedCrop } from './cut/resizedCrop.ts';
import type { Elastic } from './move/elastic.ts';
import type { Rotate } from './move/rotate.ts';
import type { Scale } from './move/scale.ts';
import type { Shift } from './move/shift.ts';
import type { Own } from './own.ts';

/** Several transforms, one after the other. */
export interface Compose {
  readonly kind: 'compose';
  readonly transforms: readonly Transform[];
}

/** A change of images by chance. Plain data, so that a transform can be handed to another thread. */
export type Transform =
  | Compose
  | Normalise
  | Colour
  | Noise
  | Flip
  | RandomCrop
  | ResizedCrop
  | Cutout
  | Shift
  | Rotate
  | Scale
  | Elastic
  | Own;
