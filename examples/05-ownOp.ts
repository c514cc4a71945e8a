/*
 * Your own op.
 *
 * An op computes its value, and says for each input how a gradient g that arrives at its output goes on: a VJP, written in
 * ops, so that it can be differentiated again. `gradcheck` compares it with finite differences.
 */
import {
  exp,
  gradcheck,
  gradgradcheck,
  multiply,
  negate,
  operands,
  record,
  square,
  Tape,
  type Tensor,
  type TensorLike,
  tensor,
} from '@tapegrad/core';

/** y = e^(-x²), for each element: a bell. Slope -2x·y. */
function bell(x: TensorLike): Tensor {
  const inputs = operands('bell', { x });
  return record({
    operation: 'bell',
    inputs,
    shape: inputs.x.shape,
    value: (y) => {
      const x = inputs.x.read();
      for (let i = 0; i < y.length; i++) y[i] = Math.exp(-x[i] * x[i]);
    },
    vjps: { x: (g, y) => multiply(g, multiply(multiply(-2, inputs.x), y)) },
  });
}

using tape = new Tape();
const x = tape.watch(tensor([-1, 0, 0.5], { dtype: 'float64' }), 'x');
const y = bell(x);
console.log(String(tape));
console.log('value   ', y.toList());
console.log(
  'slope   ',
  tape
    .gradients(y, { cotangent: tensor([1, 1, 1], { dtype: 'float64' }) })
    .get(x)
    .toList(),
);
console.log('composed', exp(negate(square(x))).toList());

// Throws an error with both numbers where a derivative is wrong; the second asks for the derivative of the derivative.
gradcheck(bell, [[-1, 0, 0.5]]);
gradgradcheck(bell, [[-1, 0, 0.5]]);
console.log('both derivatives agree with finite differences');
