import { type Shape, type Tensor, within } from '@tapegrad/core';
import type { BuildContext, BuiltLayer, CallContext, Layer } from './layer.ts';

/**
 * Builds layers one behind the other, and names them by kind and number (`conv1`, `relu1`, `conv2`), with `prefix` in front.
 *
 * @throws ShapeError naming the layer that cannot take what the one before gives
 */
export function buildInOrder(
  layers: readonly Layer[],
  inputShape: Shape,
  { name: prefix, random, dtype }: BuildContext,
): { readonly built: readonly BuiltLayer[]; readonly outputShape: Shape } {
  const counts = new Map<string, number>();
  const built: BuiltLayer[] = [];
  let shape = inputShape;
  for (const layer of layers) {
    const count = (counts.get(layer.kind) ?? 0) + 1;
    counts.set(layer.kind, count);
    const name = `${prefix}${layer.kind}${count}`;
    const outputShape = layer.build(shape, { name, random, dtype });
    built.push({ name, layer, inputShape: shape, outputShape });
    shape = outputShape;
  }
  return { built, outputShape: shape };
}

/** The output of layers one behind the other, each of which marks on the tape what it does. */
export function callInOrder(built: readonly BuiltLayer[], x: Tensor, context?: CallContext): Tensor {
  return built.reduce((input, { name, layer }) => within(input, name, () => layer.call(input, context)), x);
}
