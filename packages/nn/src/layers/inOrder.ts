import { formatShape, type Shape, ShapeError, type Tensor, warn, within } from '@tapegrad/core';
import { checkHas, checkList, checkNumberList } from '@tapegrad/core/authors';
import { buildOrReuse } from './built.ts';
import { channelsLastAdvice, looksChannelsLast } from './inputAdvice.ts';
import type { BuildContext, BuiltLayer, CallContext, Layer } from './layer.ts';
import { Names } from './names.ts';

/**
 * Builds layers one behind the other, and names them by kind and number (`conv1`, `relu1`, `conv2`), with the name of the
 * context in front. Those that were built before are taken as they are.
 *
 * @throws ShapeError naming the layer that cannot take what the one before gives
 */
export function buildInOrder(
  layers: readonly Layer[],
  inputShape: Shape,
  context: BuildContext,
): { readonly built: readonly BuiltLayer[]; readonly outputShape: Shape } {
  checkList('the model', 'layers', layers, {
    wanted: 'a list of layers',
    remedy: 'Put the layers into a list: `new Sequential([new Flatten(), new Dense({ outFeatures: 10 })], { … })`',
  });
  const names = new Names(context.name);
  const built: BuiltLayer[] = [];
  let shape = inputShape;
  for (const [index, layer] of layers.entries()) {
    checkLayer(`layers[${index}]`, layer);
    const next = buildOrReuse(layer, shape, names, context);
    built.push(next);
    shape = next.outputShape;
  }
  return { built, outputShape: shape };
}

/** Throws a DataTypeError unless `layer` is one. */
export function checkLayer(what: string, layer: unknown): void {
  checkHas('the model', what, layer, ['kind', 'build', 'call'], {
    wanted: 'a layer',
    remedy: 'Make each with `new`: `new ReLU()`, not `ReLU` and not the op `relu`',
  });
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
