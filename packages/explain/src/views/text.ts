import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkDescription } from '../description/checkDescription.ts';
import type { NumbersDescription, StepDescription, TapeDescription } from '../description/description.ts';
import { onOneLine, shorten } from '../notation/lines.ts';
import { formatNumbers, isCut, summarise } from '../notation/numbers.ts';
import { stepRow } from '../notation/step.ts';

export interface TextOptions {
  /** Whether numbers are shown; else only the rows, as `String(tape)` prints them. Default: true. */
  readonly numbers?: boolean;
}

const textOptions: OptionNames<TextOptions> = { numbers: 'optional flag' };

const pageWidth = 120;
const indent = '   ';
const keyWidth = 'cotangent  '.length;

/** One line below a row: what it is, the numbers, and where they come from or go to. */
interface Line {
  readonly key: string;
  readonly numbers: NumbersDescription | null;
  readonly note: string;
}

/**
 * The tape as a small program, as `String(tape)` prints it, and below each row its numbers: its value, the cotangent
 * that arrives there, by whom each part of it was passed, and what the step passes on to whom.
 *
 * For 120 columns: numbers are rounded to five significant digits, and what does not fit is cut with `…`.
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor(3, { dtype: 'float64' }), 'x'));
 * toText(describeTape(tape, { output: y })).split('\n')[0] // "%0 [] watched x"
 */
export function toText(description: TapeDescription, options: TextOptions = {}, ...surplus: []): string {
  checkSurplus('toText', surplus);
  const { numbers = true } = checkOptions('toText', options, textOptions);
  checkDescription('toText', description);
  if (!numbers) return description.steps.map(stepRow).join('\n');
  return description.steps.map((step) => block(step, description.output)).join('\n');
}

function block(step: StepDescription, output: number | null): string {
  const layer = step.layer === null ? '' : onOneLine(`   in ${step.layer}`);
  const lines = [value(step), ...cotangent(step, output), ...passed(step)];
  return [`${stepRow(step)}${layer}`, ...align(lines)].join('\n');
}

function value({ value }: StepDescription): Line {
  return { key: 'value', numbers: value, note: '' };
}

function cotangent({ index, needsGradient, cotangent, contributions }: StepDescription, output: number | null): Line[] {
  if (cotangent === null) {
    return output !== null && needsGradient ? [{ key: 'cotangent', numbers: null, note: 'none arrives' }] : [];
  }
  const sources = contributions.map(({ from, input }) => `from %${from}, its ${input}`);
  const note = index === output ? 'the walk back begins here' : sources.length === 1 ? sources[0] : '';
  const whole = { key: 'cotangent', numbers: cotangent, note };
  if (contributions.length < 2) return [whole];
  const parts = contributions.map((part, index) => ({
    key: index === 0 ? '        =' : '        +',
    numbers: part.cotangent,
    note: sources[index],
  }));
  return [whole, ...parts];
}

function passed({ passed }: StepDescription): Line[] {
  return passed.map(({ input, to, cotangent }, index) => ({
    key: index === 0 ? 'passes' : '',
    numbers: cotangent,
    note: `to %${to}, its ${input}`,
  }));
}

/** The lines below a row, so that keys, numbers and notes stand below each other. */
function align(lines: readonly Line[]): string[] {
  const room = pageWidth - indent.length - keyWidth;
  const notes = lines.map(({ note }) => shorten(onOneLine(note), 40));
  const forNotes = Math.max(...notes.map((note) => (note ? note.length + 2 : 0)));
  const withSummary = lines.map(({ numbers }) => {
    if (numbers === null) return '';
    if (!isCut(numbers, room - forNotes)) return formatNumbers(numbers, room - forNotes);
    const summary = `  (${summarise(numbers)})`;
    return `${formatNumbers(numbers, Math.max(20, room - forNotes - summary.length))}${summary}`;
  });
  const widest = Math.max(...withSummary.map((text, index) => (notes[index] ? text.length : 0)));
  return lines.map(({ key, numbers }, index) => {
    const text = numbers && notes[index] ? withSummary[index].padEnd(widest + 2) : withSummary[index];
    return `${indent}${key.padEnd(keyWidth)}${text}${notes[index]}`.trimEnd();
  });
}
