import type { StepDescription } from '../description/description.ts';
import { passedText, stepCard } from '../notation/card.ts';
import { columns, onOneLine, shorten } from '../notation/lines.ts';
import type { Size } from './boxes.ts';

/*
 * How much room a text takes is estimated: nobody measures letters without a browser. Letters of one width are three fifths of
 * their height wide in the fonts that people have, and a little more is reserved.
 */

/** A size of letters, and what a letter and a line of them take. */
interface Letters {
  readonly size: number;
  readonly width: number;
  readonly line: number;
}

export const cardLetters: Letters = { size: 12, width: 7.4, line: 17 };
export const labelLetters: Letters = { size: 11, width: 6.8, line: 15 };
export const cardPadding = 10;

/** The lines beside the arrow of an input: its name and, where a cotangent comes back, that. */
export function labelLines(
  step: StepDescription,
  input: string,
): { readonly name: string; readonly passed: string | null } {
  return { name: shorten(onOneLine(input), 24), passed: passedText(step, input) };
}

/** The room that the card of a step takes. */
export function cardSize(step: StepDescription): Size {
  const card = stepCard(step);
  const widest = Math.max(...card.map(({ text }) => columns(text)));
  return {
    width: Math.ceil(widest * cardLetters.width) + 2 * cardPadding,
    height: card.length * cardLetters.line + 2 * cardPadding,
  };
}

/** The room that the label of an input takes. */
export function labelSize(step: StepDescription, input: string): Size {
  const { name, passed } = labelLines(step, input);
  const widest = Math.max(columns(name), passed === null ? 0 : columns(`↑ ${passed}`));
  return { width: Math.ceil(widest * labelLetters.width), height: labelLetters.line * (passed === null ? 1 : 2) };
}
