import { reshape, type Tensor } from '@tapegrad/core';
import type { Arguments } from '../numeric/arguments.ts';
import type { Outputs } from '../numeric/numericCase.ts';

/**
 * Calls `op` with a batch `[batch, channels, ...axes]` of the input; a single example gets a batch axis, which is taken away
 * from what comes out.
 */
export function ofBatch(inputs: Arguments, axes: number, op: (x: Tensor) => Outputs): Outputs {
  const x = inputs.tensor('input');
  if (x.rank !== axes + 1) return op(x);
  const single: Record<string, Outputs[string]> = {};
  for (const [name, output] of Object.entries(op(reshape(x, [1, ...x.shape])))) {
    const shape = output.shape.slice(1);
    single[name] = 'numbers' in output ? { shape, numbers: output.numbers } : reshape(output, shape);
  }
  return single;
}
