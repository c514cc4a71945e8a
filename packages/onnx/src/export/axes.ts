import { Broadcast, Constant, Permute, Reduce, type ReduceOptions, Slice, type SliceOptions, Take } from '@tapegrad/nn';
import type { GraphWriter } from './graphWriter.ts';
import { exporting, type LayerContext, type LayerExport } from './layerExport.ts';

/** What a reduction is called. */
const reductions = {
  logSumExp: 'ReduceLogSumExp',
  max: 'ReduceMax',
  mean: 'ReduceMean',
  min: 'ReduceMin',
  product: 'ReduceProd',
  sum: 'ReduceSum',
} as const;

/** Layers that say what happens along which axes; these count with the batch axis, here and there. */
export const alongAxes: readonly LayerExport[] = [
  exporting(Permute, ({ options }, { name, input, inputShape, graph }) => {
    const rank = inputShape.length + 1;
    const perm = options.order.map((axis) => (axis < 0 ? axis + rank : axis));
    return graph.node(name, 'Transpose', [input], { perm });
  }),
  exporting(Slice, ({ options }, { name, input, graph }) => part(graph, name, input, options)),
  exporting(Take, ({ options }, { name, input, graph }) =>
    graph.node(name, 'Gather', [input, graph.wholes(`${name}.indices`, options.indices)], { axis: options.axis }),
  ),
  exporting(Broadcast, ({ options }, { name, input, graph }) =>
    // A length of 1 for the batch, which stays as it is.
    graph.node(name, 'Expand', [input, graph.wholes(`${name}.shape`, [1, ...options.shape])]),
  ),
  exporting(Constant, ({ options }, { name, input, graph, weight }) => {
    // As many examples as come in.
    const lengths = graph.node(`${name}.lengths`, 'Shape', [input], { start: 0, end: 1 });
    const shape = graph.node(`${name}.shape`, 'Concat', [lengths, graph.wholes(`${name}.rest`, options.shape)], {
      axis: 0,
    });
    return graph.node(name, 'Expand', [weight('weight'), shape]);
  }),
  exporting(Reduce, reduce),
];

/** What is kept of one axis. */
export function part(graph: GraphWriter, name: string, input: string, options: SliceOptions): string {
  const { axis, start = 0, end = Number.MAX_SAFE_INTEGER, step = 1 } = options;
  const lists = Object.entries({ starts: start, ends: end, axes: axis, steps: step });
  return graph.node(name, 'Slice', [
    input,
    ...lists.map(([which, number]) => graph.wholes(`${name}.${which}`, [number])),
  ]);
}

function reduce({ options }: Reduce, { name, input, inputShape, graph }: LayerContext): string {
  const rank = inputShape.length + 1;
  const axes = [options.axes].flat().map((axis) => (axis < 0 ? axis + rank : axis));
  return reduction(graph, name, input, { ...options, axes });
}

/** A reduction over axes counted from the front. They are an input of sums, and of the others since opset 18. */
export function reduction(
  graph: GraphWriter,
  name: string,
  input: string,
  { by, axes, keepDims = false }: ReduceOptions & { readonly axes: readonly number[] },
): string {
  const keepdims = keepDims ? 1 : 0;
  if (by === 'sum' || graph.opset.offers(18)) {
    return graph.node(name, reductions[by], [input, graph.wholes(`${name}.axes`, axes)], { keepdims });
  }
  return graph.node(name, reductions[by], [input], { axes, keepdims });
}
