import type { Branches } from '../../layers/branches.ts';
import type { BuiltLayer } from '../../layers/layer.ts';
import type { Residual } from '../../layers/residual.ts';
import type { Model } from '../../models/model.ts';
import { averagePoolingCost } from '../costs/poolingCost.ts';
import { rowCost } from '../costs/rowCost.ts';
import type { LayerWindow } from '../windows/axisMove.ts';
import { everywhereMove } from '../windows/everywhereMove.ts';
import { rowWindow, widerWindow } from '../windows/rowMove.ts';
import { product } from '../working.ts';
import type { Describe, Description } from './description.ts';
import { describeJoin } from './joins.ts';

type DescribeLayer = (inner: BuiltLayer) => Description;

function windowOf(row: readonly BuiltLayer[], describe: DescribeLayer): LayerWindow | undefined {
  return rowWindow(row.map((inner) => ({ name: inner.name, window: describe(inner).window })));
}

/** The costs of all these together; unknown as soon as one of them is. */
function costOf(descriptions: readonly Description[]): Description['cost'] {
  const known = descriptions.map(({ cost }) => cost).filter((cost) => cost !== undefined);
  return known.length === descriptions.length ? rowCost(known) : undefined;
}

/** Of the ways from one input, the window that sees most. */
function widest(windows: readonly (LayerWindow | undefined)[]): LayerWindow | undefined {
  const known = windows.filter((window) => window !== undefined);
  return known.length === windows.length && known.length > 0 ? known.reduce(widerWindow) : undefined;
}

/** Layers one behind the other. */
export const sequential: Describe = ({ layer }, describe) => {
  const { layers } = layer as unknown as { readonly layers: readonly BuiltLayer[] };
  return { window: windowOf(layers, describe), cost: costOf(layers.map(describe)) };
};

/** Rows of layers side by side, and what brings them together. */
export const branches: Describe = ({ layer, inputShape, outputShape }, describe) => {
  const { branches, join } = layer as unknown as Branches;
  const shapes = branches.map((row) => row.at(-1)?.outputShape ?? inputShape);
  return {
    window: widest(branches.map((row) => windowOf(row, describe))),
    cost: costOf([...branches.flat().map(describe), describeJoin(join, shapes, outputShape)]),
  };
};

/** y = f(x) + s(x): one addition for each output, besides what the layers of f and of the shortcut s do. */
export const residual: Describe = ({ layer, outputShape }, describe) => {
  const { layers, shortcut } = layer as unknown as Residual;
  const sum = { cost: { flops: product('out', outputShape) } };
  return {
    window: widest([windowOf(layers, describe), windowOf(shortcut, describe)]),
    cost: costOf([...[...layers, ...shortcut].map(describe), sum]),
  };
};

/** A model within another one: each of its values sees what the widest way from the input to it sees. */
export const model: Describe = ({ layer }, describe) => {
  const { layers, sources } = layer as unknown as Model;
  const windows = new Map<string, LayerWindow | undefined>([['input', 'position']]);
  const descriptions = layers.map(({ id, layer, from, inputShapes, outputShape }) => {
    const before = widest(from.map((each) => windows.get(each)));
    const description =
      'joins' in layer
        ? describeJoin(layer, inputShapes, outputShape)
        : describe({ name: id, layer, inputShape: inputShapes[0], outputShape });
    const row = [
      { name: 'before', window: before },
      { name: id, window: description.window },
    ];
    windows.set(id, rowWindow(row));
    return description;
  });
  return { window: windows.get(sources.output), cost: costOf(descriptions) };
};

/** The gate sees the mean of each channel, and so everything. */
export const squeezeExcitation: Describe = ({ layer, inputShape }, describe) => {
  const { layers } = layer as unknown as { readonly layers: readonly BuiltLayer[] };
  const [channels, ...lengths] = inputShape;
  const squeeze = lengths.length > 0 ? [{ cost: averagePoolingCost([channels], lengths) }] : [];
  const gating = { cost: { flops: product('gate·x', inputShape) } };
  return {
    window: lengths.map((length, at) => everywhereMove(`axis ${at + 1}`, length)),
    cost: costOf([...squeeze, ...layers.map(describe), gating]),
  };
};
