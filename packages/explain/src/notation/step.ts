import { formatShape } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import type { StepDescription } from '../description/description.ts';
import { onOneLine } from './lines.ts';

/**
 * The row that core prints for a step: `%5 [2, 3] pad(x: %4) value=0`.
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor(3, { dtype: 'float64' }), 'x'));
 * stepRow(describeTape(tape, { output: y }).steps[1]) // "%1 [] multiply(x: %0, y: %0)"
 */
export function stepRow(step: StepDescription, ...surplus: []): string {
  checkSurplus('stepRow', surplus);
  const { index, operation, name, inputs, value } = step;
  const head = `%${index} ${formatShape(value.shape)} ${operation}`;
  const sources = Object.entries(inputs).map(([input, from]) => `${input}: %${from}`);
  if (sources.length > 0) return [onOneLine(`${head}(${sources.join(', ')})`), ...stepOptions(step)].join(' ');
  const number = value.shape.length === 0 && operation === 'constant' ? ` ${value.numbers[0]}` : '';
  return onOneLine(`${head}${number}${name ? ` ${name}` : ''}`);
}

/**
 * What a step is called: `%5 exp`, `%0 parameter conv1.weight`.
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor(3, { dtype: 'float64' }), 'x'));
 * stepTitle(describeTape(tape, { output: y }).steps[1]) // "%1 multiply"
 */
export function stepTitle({ index, operation, name }: StepDescription, ...surplus: []): string {
  checkSurplus('stepTitle', surplus);
  return onOneLine(`%${index} ${operation}${name ? ` ${name}` : ''}`);
}

/**
 * The options of a step, each as `padding="same"`.
 *
 * @example
 * using tape = new Tape();
 * const y = sum(tape.watch(tensor([1, 2], { dtype: 'float64' }), 'x'));
 * stepOptions(describeTape(tape, { output: y }).steps[1]) // ["axes=[0]", "keepDims=false"]
 */
export function stepOptions({ attributes }: StepDescription, ...surplus: []): readonly string[] {
  checkSurplus('stepOptions', surplus);
  return Object.entries(attributes).map(([option, value]) => onOneLine(`${option}=${formatOption(value)}`));
}

/** The steps of each layer, in order of appearance. */
export function stepsByLayer(steps: readonly StepDescription[]): ReadonlyMap<string, readonly StepDescription[]> {
  const layers = new Map<string, StepDescription[]>();
  for (const step of steps) {
    if (step.layer === null) continue;
    const known = layers.get(step.layer);
    if (known) known.push(step);
    else layers.set(step.layer, [step]);
  }
  return layers;
}

/** JSON, but for the numbers that it does not know. */
function formatOption(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(formatOption).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}:${formatOption(item)}`);
  return `{${entries.join(',')}}`;
}
