import { ValueError } from '@tapegrad/core';
import { kindOf, wrongKind } from '@tapegrad/core/authors';
import type { Transform } from './kinds.ts';

const kinds: Readonly<Record<Transform['kind'], true>> = {
  compose: true,
  normalise: true,
  brightness: true,
  contrast: true,
  saturation: true,
  noise: true,
  flip: true,
  randomCrop: true,
  resizedCrop: true,
  cutout: true,
  shift: true,
  rotate: true,
  scale: true,
  elastic: true,
  own: true,
};

/**
 * @param isNormalised whether pixels are no longer from 0 to 1 when it begins
 * @returns whether they are not when it ends
 * @throws ValueError unless it is a transform of this package: data, and not a function; or when it changes colours of pixels that
 *   were normalised
 */
export function checkTransform(operation: string, transform: Transform, isNormalised = false): boolean {
  const given: unknown = transform;
  if (typeof given !== 'object' || given === null || !('kind' in given) || !Object.hasOwn(kinds, String(given.kind))) {
    throw new ValueError({
      operation,
      got: shown(given),
      wanted: 'a transform as data: `shift`, `horizontalFlip`, `brightness` and their like, or `compose` of them',
      remedy: 'Make one of your own with `ownTransform`',
    });
  }
  const odd = Object.entries(given).find(([, value]) => typeof value === 'bigint');
  if (odd)
    throw wrongKind(operation, `${given.kind}.${odd[0]}`, odd[1], {
      wanted: 'a number',
      remedy: 'Make the transform by its function',
    });
  switch (transform.kind) {
    case 'compose':
      return transform.transforms.reduce((so, each) => checkTransform(operation, each, so), isNormalised);
    case 'normalise':
      return true;
    case 'brightness':
    case 'contrast':
    case 'saturation':
      if (!isNormalised) return false;
      throw new ValueError({
        operation,
        got: `${transform.kind} of pixels that are normalised before`,
        wanted: 'pixels from 0 to 1',
        remedy: 'Leave out `mean` and `standardDeviation`, and let `normalise` be the last of the transforms',
      });
    default:
      return isNormalised;
  }
}

function shown(given: unknown): string {
  if (typeof given === 'function') return 'a function as transform';
  const hasKind = typeof given === 'object' && given !== null && 'kind' in given;
  return hasKind ? `a transform of the kind '${String(given.kind)}'` : `${kindOf(given)} as transform`;
}
