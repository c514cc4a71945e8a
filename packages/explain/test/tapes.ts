import {
  conv2d,
  divide,
  linear,
  log,
  maxPool2d,
  mean,
  multiply,
  type Numbers,
  Parameter,
  Random,
  relu,
  reshape,
  type Shape,
  softmaxCrossEntropyRows,
  subtract,
  sum,
  Tape,
  type Tensor,
  tensor,
  within,
} from '@tapegrad/core';
import { type DescribeOptions, describeTape } from '../src/description/describeTape.ts';
import type { TapeDescription } from '../src/description/description.ts';

/** A description of the tape that `compute` records, walked back from what it returns. */
export function described(compute: (tape: Tape) => Tensor, options: DescribeOptions = {}): TapeDescription {
  using tape = new Tape();
  return describeTape(tape, { output: compute(tape), ...options });
}

const float64 = (numbers: Numbers): Tensor => tensor(numbers, { dtype: 'float64' });

/** A value used twice, x, and one that is broadcast, b: Σ (x·x - b)·x. */
export function usedTwice(tape: Tape): Tensor {
  const x = tape.watch(
    float64([
      [1, 2],
      [3, 4],
    ]),
    'x',
  );
  const b = tape.watch(float64([0.5, -1]), 'b');
  return sum(multiply(subtract(multiply(x, x), b), x));
}

/** Cross-entropy of two rows of logits. */
export function crossEntropy(tape: Tape): Tensor {
  const logits = tape.watch(
    float64([
      [3, 1, -3],
      [0, 0, 0],
    ]),
    'logits',
  );
  return mean(
    softmaxCrossEntropyRows(
      logits,
      float64([
        [1, 0, 0],
        [0, 0, 1],
      ]),
    ),
  );
}

/** 0/0, and a NaN on its way: Σ ln(x/x). */
export function notANumber(tape: Tape): Tensor {
  const x = tape.watch(float64([0, 1, 2]), 'x');
  return sum(log(divide(x, x)));
}

/** A CNN of float32, in layers: a convolution with its relu and pooling, a dense layer, the loss of two images of 4 × 4. */
export class TinyNet {
  readonly kernel = new Parameter('conv.weight', uniform([2, 1, 3, 3], 1));
  readonly weight = new Parameter('dense.weight', uniform([3, 8], 2));
  readonly bias = new Parameter('dense.bias', uniform([3], 3));
  readonly images = uniform([2, 1, 4, 4], 4);
  readonly labels = tensor([
    [1, 0, 0],
    [0, 0, 1],
  ]);

  get parameters(): readonly Parameter[] {
    return [this.kernel, this.weight, this.bias];
  }

  loss(tape: Tape): Tensor {
    const images = tape.constant(this.images, 'images');
    const features = within(images, 'conv', () => conv2d(images, this.kernel, { padding: 'same' }));
    const pooled = within(images, 'pool', () => maxPool2d(relu(features), { kernelSize: 2 }));
    const logits = within(images, 'dense', () => linear(reshape(pooled, [2, 8]), this.weight, { bias: this.bias }));
    return mean(softmaxCrossEntropyRows(logits, this.labels));
  }
}

function uniform(shape: Shape, seed: number): Tensor {
  const random = new Random(seed);
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(
    Array.from({ length: size }, () => random.uniform(-1, 1)),
    { shape },
  );
}
