import {
  conv2d,
  linear,
  maxPool2d,
  mean,
  Parameter,
  relu,
  reshape,
  softmaxCrossEntropyRows,
  type Tape,
  type Tensor,
  tensor,
} from '../src/index.ts';
import { uniform } from './numbers.ts';

/** A CNN as small as one can be: two convolutions, a pooling, a dense layer and the loss, for two images of 6 × 6. */
export class SmallNet {
  readonly conv1 = new Parameter('conv1.weight', tensor(uniform([2, 1, 3, 3], { seed: 1 })));
  readonly conv2 = new Parameter('conv2.weight', tensor(uniform([2, 2, 3, 3], { seed: 2 })));
  readonly weight = new Parameter('dense.weight', tensor(uniform([3, 18], { seed: 3 })));
  readonly bias = new Parameter('dense.bias', tensor(uniform([3], { seed: 4 })));
  readonly images = tensor(uniform([2, 1, 6, 6], { seed: 5 }));
  readonly labels = tensor(
    [
      [1, 0, 0],
      [0, 0, 1],
    ],
    { dtype: 'float64' },
  );

  get parameters(): readonly Parameter[] {
    return [this.conv1, this.conv2, this.weight, this.bias];
  }

  loss(tape: Tape): Tensor {
    const features = relu(conv2d(tape.constant(this.images, 'images'), this.conv1, { padding: 'same' }));
    const pooled = maxPool2d(conv2d(features, this.conv2, { padding: 1 }), { kernelSize: 2 });
    const logits = linear(reshape(pooled, [2, 18]), this.weight, { bias: this.bias });
    return mean(softmaxCrossEntropyRows(logits, this.labels));
  }
}
