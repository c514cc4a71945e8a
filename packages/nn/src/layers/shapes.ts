import { formatShape, type Shape, ShapeError, shapeOf, type Tensor, ValueError } from '@tapegrad/core';

/**
 * The shape of what a layer gives, from what its op says of inputs of that shape; both without the batch axis. Errors of
 * the op are thrown in the name of the layer.
 *
 * @param compute the op, called with a batch of one input and with what else is needed, such as weights
 * @param shapes the shapes of what else is needed
 * @throws ShapeError when the op cannot take inputs of that shape
 * @throws ValueError when an option of the op is out of range
 */
export function outputShapeOf(
  name: string,
  inputShape: Shape,
  compute: (...inputs: Tensor[]) => Tensor,
  ...shapes: readonly Shape[]
): Shape {
  return inNameOf(name, () => shapeOf(compute, [1, ...inputShape], ...shapes)).slice(1);
}

/** What `work` gives; what it throws about shapes and options, in the name of the layer. */
export function inNameOf<Result>(name: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof ShapeError) throw new ShapeError({ ...details(error), operation: name });
    if (error instanceof ValueError) throw new ValueError({ ...details(error), operation: name });
    throw error;
  }
}

/** Throws a ShapeError in the name of the layer unless inputs are `[channels, ...axes]`. */
export function checkAxes(name: string, inputShape: Shape, axes: readonly string[]): void {
  if (inputShape.length === 1 + axes.length) return;
  throw new ShapeError({
    operation: name,
    got: `inputs of shape ${formatShape(inputShape)}`,
    wanted: `[channels, ${axes.join(', ')}], without the batch axis`,
    remedy: 'Put the layer before Flatten, or give the model inputs with a channel axis',
  });
}

/** Throws a ShapeError in the name of the layer unless inputs have channels: `[channels, ...]`. */
export function checkChannels(name: string, inputShape: Shape): void {
  if (inputShape.length > 0) return;
  throw new ShapeError({
    operation: name,
    got: `inputs of shape ${formatShape(inputShape)}`,
    wanted: '[channels, ...], without the batch axis',
    remedy: 'Give the model inputs with a channel axis',
  });
}

/** The error for a layer that would mix the examples of a batch. */
export function batchAxis(operation: string): ValueError {
  return new ValueError({
    operation,
    got: 'axis 0, that of the batch',
    wanted: 'an axis of each example, from 1 on',
    remedy: 'A model takes batches of any size; do that outside of it',
  });
}

function details({ got, wanted, remedy }: ShapeError | ValueError) {
  return { got, wanted, remedy };
}
