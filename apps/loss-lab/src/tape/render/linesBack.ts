import {
  type Explanation,
  formatNumbers,
  type Jacobian,
  type NumbersDescription,
  type StepDescription,
  stepRow,
  type TapeDescription,
} from '@tapegrad/explain';

/** A line below a step: what it is, the numbers, and where they come from or go to. */
export type Line = readonly [key: string, numbers: string, note: string];

/** The steps of the way back, from the output on: what arrives from whom, the local derivative by each input, and what that receives. */
export function linesBack(
  { steps, output }: TapeDescription,
  derivation: Explanation,
): { readonly head: string; readonly lines: readonly Line[] }[] {
  return steps
    .filter(({ cotangent }) => cotangent !== null)
    .toReversed()
    .map((step) => ({ head: stepRow(step), lines: [...arrived(step, output), ...passedOn(step, derivation)] }));
}

const room = 48;

/** What arrives; of several parts each with the step that it is from, and their sum. */
function arrived({ index, cotangent, contributions }: StepDescription, output: number | null): Line[] {
  if (cotangent === null) return [];
  const sources = contributions.map(({ from, input }) => `from %${from}, its ${input}`);
  const note = index === output ? 'the walk back begins here' : sources.length === 1 ? sources[0] : 'the sum';
  const parts = contributions.length < 2 ? [] : contributions;
  return [
    ...parts.map((part, at): Line => [at === 0 ? 'arrives' : '', formatNumbers(part.cotangent, room), sources[at]]),
    ['cotangent', formatNumbers(cotangent, room), note],
  ];
}

function passedOn({ index, passed }: StepDescription, { steps }: Explanation): Line[] {
  const explained = steps.find((step) => step.index === index)?.passed ?? [];
  return passed.flatMap(({ input, to, cotangent }): Line[] => {
    const jacobian = explained.find((one) => one.input === input)?.jacobian;
    const local: Line[] = jacobian
      ? [[`∂%${index}/∂%${to}`, formatNumbers(described(jacobian), room), `by its ${input}`]]
      : [];
    return [...local, ['passes', formatNumbers(cotangent, room), `to %${to}, its ${input}`]];
  });
}

/** A Jacobian as numbers to be written: a single one as such. */
function described({ rows, columns, entries }: Jacobian): NumbersDescription {
  const shape = rows * columns === 1 ? [] : [rows, columns];
  const numbers = entries.flat();
  return {
    shape,
    dtype: 'float64',
    size: numbers.length,
    numbers,
    smallest: Math.min(...numbers),
    largest: Math.max(...numbers),
  };
}
