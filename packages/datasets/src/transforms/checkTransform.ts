import { ValueError } from '@tapegrad/core';
import { kindOf } from '@tapegrad/core/authors';
import type { Transform } from './kinds.ts';

const kinds: Readonly<Record<Transform['kind'], true>> = {
  compose: true,
  normalise: true,
  shift: true,
  rotate: true,
  elastic: true,
};

/** @throws ValueError unless it is a transform of this package: data, and not a function */
export function checkTransform(operation: string, transform: Transform): void {
  const given: unknown = transform;
  if (typeof given === 'object' && given !== null && 'kind' in given && Object.hasOwn(kinds, String(given.kind))) {
    if (transform.kind === 'compose') for (const each of transform.transforms) checkTransform(operation, each);
    return;
  }
  throw new ValueError({
    operation,
    got: shown(given),
    wanted: 'a transform as data: `shift`, `rotate`, `elastic`, `normalise` or `compose` of them',
    remedy: 'Change `images` of each batch in the loop where none of these will do',
  });
}

function shown(given: unknown): string {
  if (typeof given === 'function') return 'a function as transform';
  const hasKind = typeof given === 'object' && given !== null && 'kind' in given;
  return hasKind ? `a transform of the kind '${String(given.kind)}'` : `${kindOf(given)} as transform`;
}
