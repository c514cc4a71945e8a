import { formatShape } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import type { NumbersDescription, StepDescription } from '../description/description.ts';
import { columns, shorten } from './lines.ts';
import { formatNumbers, formatRange, isCut, summarise } from './numbers.ts';
import { stepOptions, stepTitle } from './step.ts';

/** What a line of a card tells; pictures draw each kind in its own way. */
export type CardLineKind = 'title' | 'detail' | 'value' | 'cotangent';

export interface CardLine {
  readonly kind: CardLineKind;
  readonly text: string;
}

/** How many columns the lines of a card may take. */
export const cardColumns = 44;

/**
 * A step in a few short lines, for pictures: what it is, its shape and options, its value and the cotangent that
 * arrives. Of numbers that are too many to be shown there are the first, and from where to where they all go.
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor(3, { dtype: 'float64' }), 'x'));
 * stepCard(describeTape(tape, { output: y }).steps[1]).length // 4
 */
export function stepCard(step: StepDescription, ...surplus: []): readonly CardLine[] {
  checkSurplus('stepCard', surplus);
  const { value, cotangent } = step;
  const lines: CardLine[] = [
    { kind: 'title', text: stepTitle(step) },
    { kind: 'detail', text: `${formatShape(value.shape)} ${value.dtype}` },
    ...wrap(stepOptions(step)).map((text) => ({ kind: 'detail', text }) as const),
    ...numberLines('value', value, cotangent ? 'cotangent' : 'value'),
    ...(cotangent ? numberLines('cotangent', cotangent, 'cotangent') : []),
  ];
  return lines.map(({ kind, text }) => ({ kind, text: shorten(text, cardColumns) }));
}

/**
 * What a step passes to one of its inputs, to stand beside the arrow: all of it, or from where to where it goes.
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor(3, { dtype: 'float64' }), 'x'));
 * passedText(describeTape(tape, { output: y }).steps[1], 'x') // "3"
 */
export function passedText({ passed }: StepDescription, input: string, ...surplus: []): string | null {
  checkSurplus('passedText', surplus);
  const part = passed.find((part) => part.input === input);
  if (!part) return null;
  return isCut(part.cotangent, passedColumns)
    ? formatRange(part.cotangent)
    : formatNumbers(part.cotangent, passedColumns);
}

const passedColumns = 28;

/** Numbers behind their key, which takes as much room as the longest one. */
function numberLines(kind: 'value' | 'cotangent', numbers: NumbersDescription, longest: string): CardLine[] {
  const keyWidth = longest.length + 1;
  const first = { kind, text: `${kind.padEnd(keyWidth)}${formatNumbers(numbers, cardColumns - keyWidth)}` };
  if (!isCut(numbers, cardColumns - keyWidth)) return [first];
  const rest = summarise(numbers);
  const indent = Math.max(2, Math.min(keyWidth, cardColumns - rest.length));
  return [first, { kind, text: `${' '.repeat(indent)}${rest}` }];
}

/** Options on as many lines as they take. */
function wrap(options: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const option of options) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${option}` : option;
    if (lines.length > 0 && columns(longer) <= cardColumns) lines[lines.length - 1] = longer;
    else lines.push(option);
  }
  return lines;
}
