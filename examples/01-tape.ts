/*
 * The tape.
 *
 * A tape writes down each step of a computation. `tape.gradients` then walks back over the steps and applies the chain
 * rule to each. Here y = x²·e^-x, whose slope (2x - x²)·e^-x is known, so that it can be compared.
 */
import { exp, multiply, negate, Tape, tensor } from '@tapegrad/core';

const x0 = 0.5;

// All memory of the computation belongs to the tape, and goes back at the end of the block.
{
  using tape = new Tape();

  // Only what is watched has a gradient. float64 shows all 16 digits; the default is float32.
  const x = tape.watch(tensor(x0, { dtype: 'float64' }), 'x');
  const y = multiply(multiply(x, x), exp(negate(x)));

  // The tape prints as a small program. x stands in it twice: the walk back adds both contributions.
  console.log(String(tape));
  console.log(`y = ${y.item()}`);

  // Gradients are a value that you ask for; nothing is stored in x.
  const slope = tape.gradients(y).get(x).item();
  console.log(`slope by the tape     ${slope}`);
}

console.log(`slope by hand         ${(2 * x0 - x0 ** 2) * Math.exp(-x0)}`);

// The same by finite differences. Without a tape ops compute their value, and nothing is written down.
const f = (number: number): number => {
  const x = tensor(number, { dtype: 'float64' });
  return multiply(multiply(x, x), exp(negate(x))).item();
};
const h = 1e-5;
console.log(`slope by differences  ${(f(x0 + h) - f(x0 - h)) / (2 * h)}`);
