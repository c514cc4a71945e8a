/** The steps of the chain from the logits to the loss, in their order. The last three are there where they are asked for. */
export const chainNames = [
  'logits',
  'max',
  'shift',
  'exp',
  'sum',
  'softmax',
  'log',
  'pick',
  'add',
  'negate',
  'total',
  'mean',
  'base',
] as const;

export type ChainName = (typeof chainNames)[number];
