import { checkFunction } from '../kinds.ts';
import { checkShape, type Shape, sizeOf } from '../tensor/shape.ts';
import { viewOf } from '../tensor/strided.ts';
import { type Entry, Tensor } from '../tensor/tensor.ts';
import { PlainTape } from './plainTape.ts';

/**
 * The shape that ops give for inputs of the given shapes. On a tape an op checks its inputs and knows its output's shape
 * before anything is computed, so this costs next to nothing; where an op asks for numbers all the same, they are zeros.
 *
 * @param compute what to do with inputs of type float32
 * @example shapeOf((x, weight) => conv2d(x, weight, { padding: 1 }), [1, 3, 32, 32], [16, 3, 3, 3]) // [1, 16, 32, 32]
 * @throws what the ops throw when the shapes do not fit
 */
export function shapeOf(compute: (...inputs: Tensor[]) => Tensor, ...shapes: readonly Shape[]): Shape {
  checkFunction('shapeOf', 'compute', compute, 'Give what is to be computed first, then the shapes of its inputs');
  for (const shape of shapes) checkShape('shapeOf', shape);
  // Not `using`, whose stand-in for older browsers is half a kilobyte of each page.
  const tape = new PlainTape();
  try {
    const inputs = shapes.map((shape) => {
      const entry = zerosOf(shape);
      const input = new Tensor(entry, tape, { entry });
      tape.recording.write(input, entry);
      return input;
    });
    return compute(...inputs).shape;
  } finally {
    tape.release();
  }
}

function zerosOf(shape: Shape): Entry {
  return {
    operation: 'zeros',
    inputs: {},
    attributes: {},
    vjps: {},
    shape,
    dtype: 'float32',
    compute: (memory) => viewOf(memory.zeros('float32', sizeOf(shape)), shape),
    needs: [],
    isView: false,
    details: undefined,
    parameters: [],
  };
}
