import { type LossFamily, losses } from './losses.ts';

/** An expression to begin with, and what its names are, written as a reader would type them. */
export interface ExpressionExample {
  readonly family: 'first' | LossFamily;
  readonly expression: string;
  readonly values: Readonly<Record<string, string>>;
}

const first: readonly Omit<ExpressionExample, 'family'>[] = [
  { expression: 'x * exp(x)', values: { x: '2' } },
  { expression: 'sum(square(w @ x - t))', values: { w: '1, 2; 3, 4', x: '0.5, -1', t: '1, 0' } },
  { expression: 'sigmoid(w * x + b)', values: { w: '0.5', x: '2', b: '-1' } },
  { expression: '-ln(softmax(z)[1])', values: { z: '3, 1, -3' } },
  { expression: 'sum(relu(x))', values: { x: '-1, 0, 2' } },
  { expression: 'max(x)', values: { x: '2, 2, 1' } },
  { expression: 'sum(conv1d(x, w))', values: { x: '[[[1, 2, 0, -1]]]', w: '[[[1, -1]]]' } },
];

/** Expressions to begin with, and one for every loss of nn, by family. */
export const expressionExamples: readonly ExpressionExample[] = [
  ...first.map((example) => ({ family: 'first' as const, ...example })),
  ...Object.values(losses).map(({ family, expression, values }) => ({ family, expression, values })),
];
