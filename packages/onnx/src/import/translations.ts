import { activations } from './activations.ts';
import { arithmetic } from './arithmetic.ts';
import { comparisons } from './comparisons.ts';
import { convolutions } from './convolutions.ts';
import { products } from './dense.ts';
import { divisors } from './divisors.ts';
import { einsums } from './einsums.ts';
import { elementwise } from './elementwise.ts';
import { joins } from './joining.ts';
import { normalisations } from './normalisations.ts';
import { poolings } from './poolings.ts';
import { reductions } from './reductions.ts';
import { resizing } from './resizing.ts';
import { slices } from './slices.ts';
import { structure } from './structure.ts';
import type { Translate } from './translate.ts';

const table = (kinds: readonly Readonly<Record<string, Translate>>[]): ReadonlyMap<string, Translate> =>
  new Map(kinds.flatMap((each) => Object.entries(each)));

/** Operations that take what depends on the model's inputs as their first input, and nothing else of that kind. */
export const translations: ReadonlyMap<string, Translate> = table([
  ...[activations, elementwise, convolutions, poolings, reductions, resizing],
  ...[normalisations, divisors, products, structure, slices],
]);

/** Operations that take it at any position, and may take several. */
export const joining: ReadonlyMap<string, Translate> = table([arithmetic, comparisons, einsums, joins]);
