import { add, type Gradients, multiply, sum, TapeError, Tensor } from '@tapegrad/core';
import { checkClose, type Tolerance } from '../compare.ts';
import { MalformedCase } from '../outcome.ts';
import { numbersOf, type StoredTensor, toTensor } from '../stored.ts';
import type { Arguments } from './arguments.ts';
import type { NumericCase, Outputs } from './numericCase.ts';

type Stored = Readonly<Record<string, StoredTensor>>;

/** Checks ∂L/∂input for all inputs that are wanted and, where the case has them, the gradients of those gradients. */
export function checkGradients(numeric: NumericCase, inputs: Arguments, outputs: Outputs, tolerance: Tolerance): void {
  const { tape, precision } = inputs;
  const isTwice = numeric.second !== undefined;
  const cotangents = new Map<string, Tensor>();
  for (const [name, stored] of Object.entries(numeric.cotangents)) {
    const cotangent = toTensor(stored, precision);
    cotangents.set(name, isTwice ? tape.watch(cotangent, `cotangent of ${name}`) : cotangent);
  }
  const gradients = gradientsOf(inputs, outputs, cotangents, isTwice);
  compare(`${precision} gradient to `, gradients, numeric.grads ?? {}, (name) => inputs.tensor(name), tolerance);
  if (!numeric.second) return;

  const { vectors, grads, cotangents: wantedCotangents } = numeric.second;
  const products = Object.entries(vectors).map(([name, vector]) =>
    sum(multiply(gradients.get(inputs.tensor(name)), toTensor(vector, precision))),
  );
  if (products.length === 0) throw new MalformedCase('grad_grads holds no vectors');
  const projected = products.reduce((total, product) => add(total, product));
  const second = secondGradients(inputs, projected, { ...grads, ...wantedCotangents });
  compare(`${precision} second gradient to `, second, grads, (name) => inputs.tensor(name), tolerance);
  compare(
    `${precision} second gradient to the cotangent of `,
    second,
    wantedCotangents,
    (name) => of(cotangents, name),
    tolerance,
  );
}

/** The gradients of L: of the one output with its cotangent, or of Σ output·cotangent. */
function gradientsOf(
  inputs: Arguments,
  outputs: Outputs,
  cotangents: ReadonlyMap<string, Tensor>,
  differentiable: boolean,
): Gradients {
  const options = { differentiable, nonFinite: 'allow' } as const;
  if (cotangents.size === 0) return inputs.tape.gradients(onlyTensor(outputs), options);
  if (cotangents.size === 1 && !differentiable) {
    const [[name, cotangent]] = cotangents;
    return inputs.tape.gradients(outputTensor(outputs, name), { ...options, cotangent });
  }
  const parts = [...cotangents].map(([name, cotangent]) => sum(multiply(outputTensor(outputs, name), cotangent)));
  return inputs.tape.gradients(
    parts.reduce((total, part) => add(total, part)),
    options,
  );
}

/** The gradients of S; where S depends on nothing, as where L is linear, an empty set: every gradient is 0. */
function secondGradients({ tape }: Arguments, projected: Tensor, wanted: Stored): Pick<Gradients, 'has' | 'get'> {
  try {
    return tape.gradients(projected, { nonFinite: 'allow' });
  } catch (error) {
    const isFlat = Object.values(wanted).every((stored) => numbersOf(stored).every((number) => number === 0));
    if (!(error instanceof TapeError) || !isFlat) throw error;
    return { has: () => false, get: (x) => x };
  }
}

/** An input that the loss does not depend on has a gradient of 0. */
function compare(
  what: string,
  gradients: Pick<Gradients, 'has' | 'get'>,
  wanted: Stored,
  tensorOf: (name: string) => Tensor,
  tolerance: Tolerance,
): void {
  for (const [name, want] of Object.entries(wanted)) {
    const x = tensorOf(name);
    const got = gradients.has(x)
      ? { shape: gradients.get(x).shape, numbers: gradients.get(x).toFlatArray() }
      : { shape: x.shape, numbers: new Float64Array(x.size) };
    checkClose(`${what}${name}`, got, { shape: want.shape, numbers: numbersOf(want) }, tolerance);
  }
}

function onlyTensor(outputs: Outputs): Tensor {
  const tensors = Object.values(outputs).filter((output) => output instanceof Tensor);
  if (tensors.length === 1) return tensors[0];
  throw new MalformedCase(`gradients without cotangents, of ${tensors.length} outputs`);
}

function outputTensor(outputs: Outputs, name: string): Tensor {
  const output = outputs[name];
  if (output instanceof Tensor) return output;
  throw new MalformedCase(`a cotangent for ${name}, which is not an output with a gradient`);
}

function of(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const found = tensors.get(name);
  if (found) return found;
  throw new MalformedCase(`a second gradient to the cotangent of ${name}, which is missing`);
}
