/*
 * A loss and its gradient.
 *
 * Softmax turns logits into probabilities p, and cross-entropy compares them with the target y. The gradient of both
 * together is p - y: what the model believes, less what is true. A few steps against it make the right class likely.
 */
import { softmax, Tape, tensor } from '@tapegrad/core';
import { softmaxCrossEntropy } from '@tapegrad/nn';

const classes = ['cat', 'dog', 'fish'];
const label = 1;
let logits = [3, 1, -3];

const show = (numbers: ArrayLike<number>): string =>
  Array.from(numbers, (number, index) => `${classes[index]} ${number.toFixed(4)}`).join('  ');

console.log(`The picture shows a ${classes[label]}.`);
for (let step = 0; step <= 5; step++) {
  using tape = new Tape();

  // One row for each picture of the batch; here there is one picture.
  const x = tape.watch(tensor([logits], { dtype: 'float64' }), 'logits');
  const loss = softmaxCrossEntropy(x, [label]);
  const gradient = tape.gradients(loss).get(x).toFlatArray();

  console.log(`step ${step}  loss ${loss.item().toFixed(4)}`);
  console.log(`  p         ${show(softmax(x).toFlatArray())}`);
  console.log(`  gradient  ${show(gradient)}`);

  // Against the gradient, by a step of size 2.
  logits = logits.map((logit, index) => logit - 2 * gradient[index]);
}
