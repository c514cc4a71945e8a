import { formatShape } from '../tensor/shape.ts';
import type { Step } from './step.ts';

/** A recorded tape as a small program, one row a step. */
export function printSteps(steps: readonly Step[]): string {
  return steps.map(printStep).join('\n');
}

/** One row: the step's number, the shape of its output, and what made it: `%5 [2, 3] pad(x: %4) value=0`. */
export function printStep({ index, operation, name, inputs, attributes, output }: Step): string {
  const head = `%${index} ${formatShape(output.shape)} ${operation}`;
  const sources = Object.entries(inputs).map(([input, from]) => `${input}: %${from}`);
  if (sources.length === 0) {
    const value = output.rank === 0 && operation === 'constant' ? ` ${output.item()}` : '';
    return `${head}${value}${name ? ` ${name}` : ''}`;
  }
  const options = Object.entries(attributes).map(([option, value]) => ` ${option}=${printOption(value)}`);
  return `${head}(${sources.join(', ')})${options.join('')}`;
}

/** JSON, but for the infinities, which it does not know. */
function printOption(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
