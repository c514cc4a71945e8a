import { formatShape, type Shape, ShapeError, type Tensor, warn, within } from '@tapegrad/core';
import { checkHas, checkList, checkNumberList } from '@tapegrad/core/authors';
import { channelsLastAdvice, looksChannelsLast } from './inputAdvice.ts';
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
  checkList('the model', 'layers', layers, {
    wanted: 'a list of layers',
    remedy: 'Put the layers into a list: `new Sequential([new Flatten(), new Dense({ outFeatures: 10 })], { … })`',
  });
  const counts = new Map<string, number>();
  const built: BuiltLayer[] = [];
  let shape = inputShape;
  for (const [index, layer] of layers.entries()) {
    checkHas('the model', `layers[${index}]`, layer, ['kind', 'build', 'call'], {
      wanted: 'a layer',
      remedy: 'Make each with `new`: `new ReLU()`, not `ReLU` and not the op `relu`',
    });
    const count = (counts.get(layer.kind) ?? 0) + 1;
    counts.set(layer.kind, count);
    const name = `${prefix}${layer.kind}${count}`;
    const outputShape = layer.build(shape, { name, random, dtype });
    built.push({ name, layer, inputShape: shape, outputShape });
    shape = outputShape;
  }
  return { built, outputShape: shape };
}

/**
 * The same for a whole model, where the channels of images may have been put last: a convolution would take the height for
 * them, and most often build.
 *
 * @throws ShapeError naming the layer that cannot take what the one before gives
 */
export function buildImages(
  layers: readonly Layer[],
  inputShape: Shape,
  context: BuildContext,
): ReturnType<typeof buildInOrder> {
  checkNumberList(
    'the model',
    'inputShape',
    inputShape,
    'Give the shape of one input, without the batch axis: `[1, 28, 28]`',
  );
  const isMisread = looksChannelsLast(inputShape) && ['conv', 'pool'].includes(layers[0]?.kind);
  try {
    const built = buildInOrder(layers, inputShape, context);
    if (isMisread) {
      const message = `inputs of ${formatShape(inputShape)} are ${inputShape[0]} channels of ${inputShape[1]} × ${inputShape[2]} pixels. ${channelsLastAdvice(inputShape)}.`;
      warn({ code: 'CHANNELS_LAST', operation: 'Sequential', message });
    }
    return built;
  } catch (error) {
    if (!isMisread || !(error instanceof ShapeError)) throw error;
    const { operation, got, wanted } = error;
    throw new ShapeError({ operation, got, wanted, remedy: channelsLastAdvice(inputShape) });
  }
}

/** The output of layers one behind the other, each of which marks on the tape what it does. */
export function callInOrder(built: readonly BuiltLayer[], x: Tensor, context?: CallContext): Tensor {
  return built.reduce((input, { name, layer }) => within(input, name, () => layer.call(input, context)), x);
}
