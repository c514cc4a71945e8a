import type { ActivationName, LayerName, OperandName } from './fields.ts';

/** What an operand is called in a layer. */
export function letterOf(layer: LayerName, name: OperandName): string {
  if (layer === 'batchNorm') return { x: 'x', weight: 'γ', bias: 'β' }[name];
  return { x: 'x', weight: 'w', bias: 'b' }[name];
}

/** What the activations are called in their papers, alike in both languages. */
export const activationLabels: Readonly<Record<ActivationName, string>> = {
  relu: 'ReLU',
  leakyRelu: 'Leaky ReLU (0.01)',
  relu6: 'ReLU6',
  elu: 'ELU',
  softplus: 'Softplus',
  silu: 'SiLU',
  gelu: 'GELU',
  hardSwish: 'Hard swish',
};
