import type { Random } from '@tapegrad/core';
import { recoloured } from './colour/colour.ts';
import { noisy } from './colour/noise.ts';
import { normalised } from './colour/normalise.ts';
import { withCutout } from './cut/cutout.ts';
import { flipped } from './cut/flip.ts';
import { cropped } from './cut/randomCrop.ts';
import { resizedCropped } from './cut/resizedCrop.ts';
import type { ImageBatch } from './imageBatch.ts';
import type { Transform } from './kinds.ts';
import { bent } from './move/elastic.ts';
import { rotated } from './move/rotate.ts';
import { scaled } from './move/scale.ts';
import { shifted } from './move/shift.ts';
import { changedByOwn } from './own.ts';

/** The batch, changed by chance; its memory may be written to, and given back. */
export function transformed(batch: ImageBatch, transform: Transform, random: Random): ImageBatch {
  switch (transform.kind) {
    case 'compose':
      return transform.transforms.reduce((so, each) => transformed(so, each, random), batch);
    case 'normalise':
      return normalised(batch, transform);
    case 'brightness':
    case 'contrast':
    case 'saturation':
      return recoloured(batch, transform, random);
    case 'noise':
      return noisy(batch, transform, random);
    case 'flip':
      return flipped(batch, transform, random);
    case 'randomCrop':
      return cropped(batch, transform, random);
    case 'resizedCrop':
      return resizedCropped(batch, transform, random);
    case 'cutout':
      return withCutout(batch, transform, random);
    case 'shift':
      return shifted(batch, transform, random);
    case 'rotate':
      return rotated(batch, transform, random);
    case 'scale':
      return scaled(batch, transform, random);
    case 'elastic':
      return bent(batch, transform, random);
    case 'own':
      return changedByOwn(batch, transform, random);
  }
}
