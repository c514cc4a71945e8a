/*
 * A Hessian-vector product.
 *
 * Gradients taken with `differentiable: true` stand on the tape too, so that they can be differentiated again. The gradient
 * of ⟨∇f, v⟩ is H·v: a product with the matrix of all second derivatives, which is never written out. A few such products
 * find its largest eigenvalue λ, and with it 2 / λ, the learning rate beyond which gradient descent runs away.
 */
import { add, multiply, square, subtract, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { gradientDescent } from '@tapegrad/nn';

const double = (numbers: readonly number[]): Tensor => tensor(numbers, { dtype: 'float64' });

/** Rosenbrock's valley, (1 - a)² + 10·(b - a²)² for x = [a, b]: least at [1, 1], where H = [[82, -40], [-40, 20]]. */
function valley(x: Tensor): Tensor {
  const [a, b] = [sum(multiply(x, [1, 0])), sum(multiply(x, [0, 1]))];
  return add(square(subtract(1, a)), multiply(10, square(subtract(b, square(a)))));
}

/** H·v at `at`, for the Hessian H of f. */
function hessianVectorProduct(f: (x: Tensor) => Tensor, at: Tensor, v: Tensor): number[] {
  using tape = new Tape();
  const x = tape.watch(at);
  const gradient = tape.gradients(f(x), { differentiable: true }).get(x);
  return Array.from(
    tape
      .gradients(sum(multiply(gradient, v)))
      .get(x)
      .toFlatArray(),
  );
}

const least = double([1, 1]);
console.log('H·[1, 0] =', hessianVectorProduct(valley, least, double([1, 0])));
console.log('H·[0, 1] =', hessianVectorProduct(valley, least, double([0, 1])));

// Power iteration: whatever v was, H·v turns it towards the eigenvector of the largest eigenvalue.
let v = [1, 0];
let eigenvalue = 0;
for (let step = 0; step < 10; step++) {
  const product = hessianVectorProduct(valley, least, double(v));
  eigenvalue = Math.hypot(...product);
  v = product.map((number) => number / eigenvalue);
}
console.log('largest eigenvalue', eigenvalue, 'by hand', 51 + Math.sqrt(31 ** 2 + 40 ** 2));

// Started close to the least point, descent comes back just below that learning rate, and flees just above it.
for (const factor of [0.95, 1.05]) {
  const learningRate = (factor * 2) / eigenvalue;
  const path = gradientDescent(valley, double([1.001, 1]), { learningRate, steps: 40 });
  const values = [path[0], path[40]].map((x) => valley(x).item().toExponential(1));
  console.log(`learning rate ${learningRate.toFixed(4)}: from ${values[0]} to ${values[1]}`);
}
