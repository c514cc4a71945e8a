import { multiply, type Parameter, type Tensor, ValueError } from '@tapegrad/core';
import type { GradientSource } from './optimiser.ts';

/**
 * Gradients scaled down, all by one factor, so that their norm as one long vector, √Σ g², is at most `maxNorm`:
 * factor = min(1, maxNorm / (norm + 1e-6)). The direction stays. As in PyTorch.
 *
 * @returns the scaled gradients, to be handed to an optimiser, and the norm before
 * @throws ValueError when maxNorm is not at least 0
 */
export function clipGradientNorm(
  gradients: GradientSource,
  parameters: readonly Parameter[],
  maxNorm: number,
): { gradients: GradientSource; totalNorm: number } {
  if (!(maxNorm >= 0)) {
    throw new ValueError({
      operation: 'clipGradientNorm',
      got: `maxNorm is ${maxNorm}`,
      wanted: 'a number of at least 0',
      remedy: 'Usual values are 0.1 to 10',
    });
  }
  let squares = 0;
  for (const parameter of parameters) {
    if (!gradients.has(parameter)) continue;
    for (const number of gradients.get(parameter).read()) squares += number * number;
  }
  const totalNorm = Math.sqrt(squares);
  const factor = Math.min(1, maxNorm / (totalNorm + 1e-6));
  const clipped = new Map<Tensor, Tensor>();
  for (const parameter of parameters) {
    if (gradients.has(parameter)) clipped.set(parameter, multiply(gradients.get(parameter), factor));
  }
  return {
    totalNorm,
    gradients: { has: (x) => clipped.has(x), get: (x) => clipped.get(x) ?? gradients.get(x) },
  };
}
