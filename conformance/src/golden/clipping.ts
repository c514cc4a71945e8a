import { Parameter, type Tensor } from '@tapegrad/core';
import { clipGradientNorm, clipGradientValue, type GradientSource } from '@tapegrad/nn';
import type { Arguments } from '../numeric/arguments.ts';
import type { NumericOp, Outputs } from '../numeric/numericCase.ts';
import { MalformedCase } from '../outcome.ts';

/** Gradient clipping by itself: the gradients `g0`, `g1`, … are both the inputs and, clipped, the outputs. */
export const clipping: Readonly<Record<string, NumericOp>> = {
  clip_grad_norm: (inputs) => {
    const { parameters, source } = readGradients(inputs);
    const normType = inputs.attributes.number('norm_type') ?? 2;
    const clipped = clipGradientNorm(source, parameters, {
      maxNorm: inputs.attributes.number('max_norm') ?? 1,
      normType,
    });
    return {
      total_norm: { shape: [], numbers: [clipped.totalNorm] },
      ...byName(parameters, clipped.gradients),
    };
  },
  clip_grad_value: (inputs) => {
    const { parameters, source } = readGradients(inputs);
    return byName(
      parameters,
      clipGradientValue(source, parameters, { limit: inputs.attributes.number('clip_value') ?? 1 }),
    );
  },
};

/** Gradients that are given, as an optimiser or a clipping takes them. */
export function sourceOf(gradients: ReadonlyMap<Tensor, Tensor>): GradientSource {
  return {
    has: (x) => gradients.has(x),
    get: (x) => {
      const gradient = gradients.get(x);
      if (gradient) return gradient;
      throw new MalformedCase('a gradient that was skipped');
    },
  };
}

function readGradients(inputs: Arguments): { parameters: readonly Parameter[]; source: GradientSource } {
  const gradients = inputs.numbered('g');
  const parameters = gradients.map((gradient, index) => new Parameter(`g${index}`, gradient));
  return {
    parameters,
    source: sourceOf(new Map(parameters.map((parameter, index) => [parameter, gradients[index]]))),
  };
}

function byName(parameters: readonly Parameter[], gradients: GradientSource): Outputs {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, gradients.get(parameter)]));
}
