import { formatShape, full, multiply, type Tensor, transpose } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { Dense } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { otherShape, type Recipe, recipe, type Translate, type Translation } from './translate.ts';

/** Dense layers that are one node, by operation; what is a product of matrices stands in arithmetic.ts. */
export const products: Readonly<Record<string, Translate>> = {
  Gemm: (translation) => {
    const { node, attributes, inputShape } = translation;
    attributes.only('transA', 0);
    if (inputShape.length !== 1) throw otherShape(translation, '[features]: rows, not images');
    return dense(translation, {
      weight: node.inputs[1],
      bias: node.inputs[2],
      isTransposed: attributes.whole('transB', 0) !== 0,
      factors: { weight: attributes.float('alpha', 1), bias: attributes.float('beta', 1) },
    });
  },
};

export interface DenseParts {
  /** The name of the weight, `[in, out]`, or `[out, in]` if it is transposed. */
  readonly weight: string | undefined;
  readonly bias?: string | undefined;
  readonly isTransposed?: boolean;
  /** What weight and bias are multiplied by. */
  readonly factors?: { readonly weight: number; readonly bias: number };
}

/** y = x·W + b along the last axis. */
export function dense(translation: Translation, parts: DenseParts): Recipe {
  const { node, inputShape, shelf } = translation;
  const { isTransposed = false, factors = { weight: 1, bias: 1 } } = parts;
  const constant = shelf.constant(node.label, parts.weight, 'weight');
  const inFeatures = inputShape.at(-1);
  if (inFeatures === undefined) throw otherShape(translation, '[…, features]');
  if (constant.shape.length !== 2 || constant.shape[isTransposed ? 1 : 0] !== inFeatures) {
    throw new OnnxError({
      operation: node.label,
      got: `inputs of shape ${formatShape(inputShape)} and a weight of ${formatShape(constant.shape.slice(0, 8))}`,
      wanted: isTransposed ? `a weight [out, ${inFeatures}]` : `a weight [${inFeatures}, out]`,
      remedy: 'Check that the file is whole',
    });
  }
  const given = scaled(shelf.weight(node.label, constant), factors.weight);
  const weight = isTransposed ? given : transpose(given);
  const [outFeatures] = weight.shape;
  const bias = biasOf(translation, parts.bias, outFeatures);
  const lastAxis = inputShape.length > 1 ? { lastAxis: true } : {};
  return recipe(() => new Dense({ outFeatures, bias: bias !== undefined, initialiser: () => weight, ...lastAxis }), {
    weight,
    bias: bias && scaled(bias, factors.bias),
  });
}

/** One number for each output, or one for all of them. */
function biasOf({ node, shelf }: Translation, name: string | undefined, outFeatures: number): Tensor | undefined {
  const constant = shelf.optional(node.label, name, 'bias');
  if (!constant) return undefined;
  if (sizeOf(constant.shape) !== 1) return shelf.weight(node.label, constant, [outFeatures]);
  return full([outFeatures], shelf.number(node.label, constant), { dtype: shelf.dtype });
}

function scaled(x: Tensor, factor: number): Tensor {
  return factor === 1 ? x : multiply(x, factor);
}
