import type { BuiltLayer } from '../../layers/layer.ts';
import { rowCost } from '../costs/rowCost.ts';
import { rowWindow, widerWindow } from '../windows/rowMove.ts';
import { product } from '../working.ts';
import type { Describe } from './description.ts';

/** What a residual block holds: the layers of y = f(x) + s(x). */
interface Block {
  readonly layers: readonly BuiltLayer[];
  readonly shortcut: readonly BuiltLayer[];
}

/**
 * Sees what f or its shortcut sees, whichever is more; costs what all its layers do, and one addition for each output.
 * Where one of them is unknown, so is the block.
 */
export const residual: Describe = ({ layer, outputShape }, describe) => {
  const { layers, shortcut } = layer as unknown as Block;
  const windowOf = (row: readonly BuiltLayer[]) =>
    rowWindow(row.map((inner) => ({ name: inner.name, window: describe(inner).window })));
  const [body, other] = [windowOf(layers), windowOf(shortcut)];
  const costs = [...layers, ...shortcut].map((inner) => describe(inner).cost);
  const known = costs.filter((cost) => cost !== undefined);
  return {
    window: body && other && widerWindow(body, other),
    cost: known.length === costs.length ? rowCost(known, product('out', outputShape)) : undefined,
  };
};
