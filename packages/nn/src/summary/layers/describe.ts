import type { BuiltLayer } from '../../layers/layer.ts';
import { convolutions } from './convolutions.ts';
import type { Describe, Description } from './description.ts';
import { elementwise } from './elementwise.ts';
import { normalisations } from './normalisations.ts';
import { poolings } from './poolings.ts';
import { resizing } from './resizing.ts';
import { structure } from './structure.ts';

/** What is known of the layers of this package, by their type. */
const table: ReadonlyMap<string, Describe> = new Map([
  ...convolutions,
  ...poolings,
  ...resizing,
  ...normalisations,
  ...elementwise,
  ...structure,
]);

/**
 * What a layer sees and does: what it says itself, by the methods `window` and `cost` that a layer of your own may have,
 * or what is known of its type. The rest is unknown.
 */
export function describe(built: BuiltLayer): Description {
  const { layer, inputShape, outputShape } = built;
  const own = { window: layer.window?.(inputShape, outputShape), cost: layer.cost?.(inputShape, outputShape) };
  if (own.window && own.cost) return own;
  const known = table.get(layer.type)?.(built, describe);
  return { window: own.window ?? known?.window, cost: own.cost ?? known?.cost };
}
