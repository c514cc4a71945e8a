import { formatShape, type Shape } from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';

/** What to do with inputs of another shape than those of the model: for images whose channels come last, to transpose them. */
export function inputAdvice(x: Shape, inputShape: Shape): string {
  if (sameShape(x, inputShape))
    return `Put a batch axis of length 1 in front: \`reshape(x, ${formatShape([1, ...x])})\``;
  const [channels, ...lengths] = inputShape;
  const last = lengths.length;
  if (last > 0 && sameShape(x.slice(-inputShape.length), [...lengths, channels])) {
    const isBatch = x.length === inputShape.length + 1;
    const order = [last, ...lengths.keys()];
    if (isBatch) {
      return `Channels come first here: \`transpose(x, ${formatShape([0, ...order.map((axis) => axis + 1)])})\``;
    }
    if (x.length === inputShape.length) {
      const inOrder = `transpose(x, ${formatShape(order)})`;
      return `Channels come first here, behind a batch axis: \`reshape(${inOrder}, ${formatShape([1, ...inputShape])})\``;
    }
  }
  return 'Reshape x, or build the model for inputs of that shape';
}

/** Whether the shape of one input looks like that of an image whose channels come last: `[32, 32, 3]`, `[28, 28, 1]`. */
export function looksChannelsLast(inputShape: Shape): boolean {
  if (inputShape.length !== 3) return false;
  const [height, width, channels] = inputShape;
  return [1, 3, 4].includes(channels) && height >= 8 && width >= 8;
}

/** What to do when a model was given such a shape. */
export function channelsLastAdvice([height, width, channels]: Shape): string {
  return `Where channels come last, say inputShape ${formatShape([channels, height, width])} and give \`transpose(x, [0, 3, 1, 2])\``;
}
