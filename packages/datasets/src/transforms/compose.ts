import { checkTransform } from './checkTransform.ts';
import type { Compose, Transform } from './kinds.ts';

/**
 * Several transforms, one after the other.
 *
 * @example compose(shift({ pixels: 2 }), rotate({ degrees: 10 })).kind // "compose"
 * @throws ValueError when one is not a transform, but a function, say; or works on pixels from 0 to 1 and comes after `normalise`
 */
export function compose(...transforms: readonly Transform[]): Compose {
  const composed: Compose = { kind: 'compose', transforms };
  checkTransform('compose', composed);
  return composed;
}
