import { resolveAxis } from '@tapegrad/core/authors';
import { BatchNorm, GroupNorm, InstanceNorm, LayerNorm } from '@tapegrad/nn';
import { float } from './graphWriter.ts';
import { exporting, type LayerContext, type LayerExport } from './layerExport.ts';

/*
 * What a normalisation does not learn, a factor of 1 and a term of 0, stands in Constant nodes, so that an import can tell.
 */

/** Normalisations, with the statistics that are kept, if there are any: a file is for use, not for training. */
export const normalisations: readonly LayerExport[] = [
  exporting(BatchNorm, (layer, context) => {
    const { name, input, inputShape, graph } = context;
    const channels = inputShape.slice(0, 1);
    const inputs = [
      input,
      context.weight('weight') || graph.fixed(`${name}.ones`, 1, channels),
      context.weight('bias') || graph.fixed(`${name}.zeros`, 0, channels),
      context.weight('running_mean'),
      context.weight('running_var'),
    ];
    return graph.node(name, 'BatchNormalization', inputs, { epsilon: float(layer.options.epsilon ?? 1e-5) });
  }),
  exporting(LayerNorm, layerNorm),
  exporting(GroupNorm, groupNorm),
  exporting(InstanceNorm, (layer, context) => {
    const { name, input, inputShape, graph } = context;
    const channels = inputShape.slice(0, 1);
    const weight = context.weight('weight') || graph.fixed(`${name}.ones`, 1, channels);
    const bias = context.weight('bias') || graph.fixed(`${name}.zeros`, 0, channels);
    const attributes = { epsilon: float(layer.options.epsilon ?? 1e-5) };
    return graph.node(name, 'InstanceNormalization', [input, weight, bias], attributes);
  }),
];

/** LayerNormalization takes the last axes; others are brought to the end, and back. */
function layerNorm(layer: LayerNorm, context: LayerContext): string {
  const { name, input, inputShape, graph } = context;
  const { axes = -1, epsilon = 1e-5 } = layer.options;
  const rank = inputShape.length + 1;
  const over = (typeof axes === 'number' ? [axes] : [...axes])
    .map((axis) => resolveAxis(name, axis, rank))
    .sort((a, b) => a - b);
  const lengths = over.map((axis) => inputShape[axis - 1]);
  const weight = context.weight('weight') || graph.fixed(`${name}.ones`, 1, lengths);
  const bias = context.weight('bias') || graph.fixed(`${name}.zeros`, 0, lengths);
  const attributes = { axis: -over.length, epsilon: float(epsilon) };
  const order = [...Array(rank).keys()].filter((axis) => !over.includes(axis)).concat(over);
  if (order.every((axis, at) => axis === at)) {
    return graph.node(name, 'LayerNormalization', [input, weight, bias], attributes);
  }
  const turned = graph.node(`${name}.turned`, 'Transpose', [input], { perm: order });
  const normalised = graph.node(`${name}.normalised`, 'LayerNormalization', [turned, weight, bias], attributes);
  return graph.node(name, 'Transpose', [normalised], { perm: order.map((_, axis) => order.indexOf(axis)) });
}

function groupNorm(layer: GroupNorm, context: LayerContext): string {
  const { name, input, inputShape, graph } = context;
  const { groups, affine = true } = layer.options;
  const epsilon = float(layer.options.epsilon ?? 1e-5);
  const [channels] = inputShape;
  if (inputShape.length > 1 && graph.opset.offers(21)) {
    const weight = context.weight('weight') || graph.fixed(`${name}.ones`, 1, [channels]);
    const bias = context.weight('bias') || graph.fixed(`${name}.zeros`, 0, [channels]);
    return graph.node(name, 'GroupNormalization', [input, weight, bias], { num_groups: groups, epsilon });
  }
  // Each group as one channel of an instance normalisation; in a shape, 0 keeps the length of the batch.
  const rows = graph.wholes(`${name}.rows`, [0, groups, -1]);
  const grouped = graph.node(`${name}.grouped`, 'Reshape', [input, rows]);
  const scale = graph.fixed(`${name}.ones`, 1, [groups]);
  const shift = graph.fixed(`${name}.zeros`, 0, [groups]);
  const attributes = { epsilon };
  const normalised = graph.node(`${name}.normalised`, 'InstanceNormalization', [grouped, scale, shift], attributes);
  const shape = graph.wholes(`${name}.shape`, [0, ...inputShape]);
  if (!affine) return graph.node(name, 'Reshape', [normalised, shape]);
  const back = graph.node(`${name}.back`, 'Reshape', [normalised, shape]);
  const perChannel = [channels, ...inputShape.slice(1).map(() => 1)];
  const scaled = graph.node(`${name}.scaled`, 'Mul', [back, context.weight('weight', perChannel)]);
  return graph.node(name, 'Add', [scaled, context.weight('bias', perChannel)]);
}
