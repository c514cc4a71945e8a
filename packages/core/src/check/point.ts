import { checkFunction, checkList } from '../kinds.ts';
import type { Random } from '../random/random.ts';
import { type Numbers, tensor } from '../tensor/create.ts';
import { checkTensor } from '../tensor/kinds.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** A function of tensors that is to be differentiated. */
export type Differentiable = (...inputs: Tensor[]) => Tensor;

/** The point at which derivatives are checked, in float64. */
export function pointOf(operation: string, f: Differentiable, inputs: readonly Numbers[]): Tensor[] {
  const remedy = 'Give a function made of ops, then the numbers of each of its arguments: `gradcheck(relu, [[1, -2]])`';
  checkFunction(operation, 'f', f, remedy);
  checkList(operation, 'inputs', inputs, { wanted: 'a list with the numbers of each argument', remedy });
  return inputs.map((numbers) => tensor(numbers, { dtype: 'float64' }));
}

/** What `f` returns there, checked. */
export function outputOf(operation: string, f: Differentiable, point: readonly Tensor[]): Tensor {
  const value = f(...point);
  checkTensor(operation, 'what f returns', value, 'Compute it from ops, so that it has a derivative');
  return value;
}

/** A random direction: numbers from -1 to 1, in the shape of x. */
export function randomLike(x: Tensor, random: Random): Tensor {
  return tensor(
    Float64Array.from({ length: x.size }, () => random.uniform(-1, 1)),
    { shape: x.shape },
  );
}
