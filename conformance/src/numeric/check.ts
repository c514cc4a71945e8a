import { type DataType, Tape, Tensor } from '@tapegrad/core';
import { Attributes } from '../attributes.ts';
import { checkClose, exact, type Tolerance } from '../compare.ts';
import { MalformedCase, Unsupported } from '../outcome.ts';
import { isFloat, numbersOf, type StoredTensor } from '../stored.ts';
import { Arguments } from './arguments.ts';
import { checkGradients } from './gradients.ts';
import type { NumericCase, NumericOp, Outputs } from './numericCase.ts';

/** Runs a case in every precision it is meant for. Throws what is wrong with it. */
export function checkNumeric(numeric: NumericCase, op: NumericOp): void {
  if (numeric.tolerances.length === 0) throw new MalformedCase('there is no tolerance for any precision');
  for (const [precision, tolerance] of numeric.tolerances) checkPrecision(numeric, op, precision, tolerance);
}

function checkPrecision(numeric: NumericCase, op: NumericOp, precision: DataType, tolerance: Tolerance): void {
  using tape = new Tape();
  const watched = new Set(
    [numeric.grads, numeric.second?.vectors, numeric.second?.grads].flatMap((tensors) => Object.keys(tensors ?? {})),
  );
  const inputs = new Arguments(numeric.inputs, new Attributes(numeric.attributes), { precision, tape, watched });
  const outputs = op(inputs);
  inputs.checkAllRead();
  checkOutputs(numeric.outputs, outputs, precision, tolerance);
  if (numeric.grads || numeric.second) checkGradients(numeric, inputs, outputs, tolerance);
}

function checkOutputs(
  wanted: Readonly<Record<string, StoredTensor>>,
  outputs: Outputs,
  precision: DataType,
  tolerance: Tolerance,
): void {
  for (const [name, want] of Object.entries(wanted)) {
    const got = outputs[name];
    if (got === undefined) throw new Unsupported(`output ${name}`);
    const numbers = got instanceof Tensor ? { shape: got.shape, numbers: got.toFlatArray() } : got;
    const known = { shape: want.shape, numbers: numbersOf(want) };
    checkClose(`${precision} ${name}`, numbers, known, isFloat(want.dtype) ? tolerance : exact);
  }
}
