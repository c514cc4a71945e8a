import { type NestedList, type Numbers, stack, Tensor, tensor } from '@tapegrad/core';
import type { Span } from '../syntax/tree.ts';
import { withItsPart } from './inItsPart.ts';
import { isNumbers, type Scope, type Value } from './value.ts';
import { notNumbers } from './valueErrors.ts';

/**
 * A value as a tensor: written numbers become constants, and of a list in which tensors stand, `[x, 2 * x]`, one tensor is made.
 *
 * @throws ExpressionError when it holds no numbers, or its lists are of different lengths
 */
export function asTensor(value: Value, span: Span, scope: Scope): Tensor {
  if (value instanceof Tensor) return value;
  return withItsPart(span, scope.text, () => {
    if (isNumbers(value) || isIndices(value)) return scope.constant(tensor(value, { dtype: scope.dtype }));
    if (Array.isArray(value)) return stack(value.map((item: Value) => asTensor(item, span, scope)));
    throw notNumbers(value, span, scope.text);
  });
}

/** Whether a value is an ndarray of indices, as `topK` gives it. */
function isIndices(value: Value): value is Exclude<Numbers, NestedList> {
  return typeof value === 'object' && value !== null && 'stride' in value && 'offset' in value;
}
