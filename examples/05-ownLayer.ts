/*
 * Your own layer.
 *
 * A layer makes its parameters in `build`, when it learns the shape of its input, and computes in `call`. This one learns
 * for each feature how much of it to let through its relu below zero (PReLU).
 */
import { full, multiply, Parameter, Random, relu, type Shape, subtract, Tape, type Tensor } from '@tapegrad/core';
import { spirals } from '@tapegrad/datasets';
import { Adam, accuracy, type BuildContext, Dense, type Layer, Sequential, softmaxCrossEntropy } from '@tapegrad/nn';

/** y = max(x, 0) - slope·max(-x, 0), with one slope for each feature. `[batch, features]` to `[batch, features]`. */
class PReLU implements Layer {
  readonly type = 'PReLU';
  readonly kind = 'prelu';
  private slope: Parameter | undefined;

  get parameters(): readonly Parameter[] {
    return this.slope ? [this.slope] : [];
  }

  /** Takes the shape of one input, without the batch axis, and returns that of one output. */
  build(inputShape: Shape, { name, dtype }: BuildContext): Shape {
    this.slope = new Parameter(`${name}.slope`, full(inputShape, 0.25, { dtype }));
    return inputShape;
  }

  call(x: Tensor): Tensor {
    if (!this.slope) throw new Error('build the layer first, say by putting it into a Sequential');
    return subtract(relu(x), multiply(this.slope, relu(multiply(-1, x))));
  }
}

const random = new Random(1);
const model = new Sequential(
  [
    new Dense({ outFeatures: 16 }),
    new PReLU(),
    new Dense({ outFeatures: 16 }),
    new PReLU(),
    new Dense({ outFeatures: 2 }),
  ],
  { inputShape: [2], random },
);

const { inputs, labels } = spirals({ count: 200, random });
const optimiser = new Adam(model.parameters, { learningRate: 0.02 });
for (let step = 0; step <= 400; step++) {
  using tape = new Tape();
  const logits = model.call(tape.constant(inputs));
  const loss = softmaxCrossEntropy(logits, labels);
  optimiser.step(tape.gradients(loss));
  if (step % 100 === 0)
    console.log(`step ${step}  loss ${loss.item().toFixed(4)}  accuracy ${accuracy(logits, labels)}`);
}
console.log(
  'learned slopes',
  Array.from(model.parameter('prelu1.slope').toFlatArray(), (slope) => slope.toFixed(2)).join(' '),
);
