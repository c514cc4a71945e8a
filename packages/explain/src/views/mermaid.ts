import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import { checkDescription } from '../description/checkDescription.ts';
import type { StepDescription, TapeDescription } from '../description/description.ts';
import { passedText, stepCard } from '../notation/card.ts';
import type { Direction, PictureOptions } from '../notation/direction.ts';
import { pictureOptions } from '../notation/direction.ts';
import { onOneLine } from '../notation/lines.ts';
import { stepsByLayer } from '../notation/step.ts';

/**
 * The tape as a Mermaid flowchart, as Markdown on GitHub shows it: a box for each step with its value and cotangent, a
 * frame around each layer, and an arrow for each input; one that goes both ways where the step passes something back,
 * which stands beside it.
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor(3, { dtype: 'float64' }), 'x'));
 * toMermaid(describeTape(tape, { output: y })).split('\n')[0] // "flowchart TD"
 */
export function toMermaid(description: TapeDescription, options: PictureOptions = {}, ...surplus: []): string {
  checkSurplus('toMermaid', surplus);
  const { direction = 'down' } = checkOptions('toMermaid', options, pictureOptions);
  checkDescription('toMermaid', description);
  const { steps } = description;
  const layers = [...stepsByLayer(steps)];
  const outside = steps.filter(({ layer }) => layer === null);
  return [
    `flowchart ${direction === 'down' ? 'TD' : 'LR'}`,
    ...layers.map(([name, steps], index) => frame(name, steps, index)),
    ...outside.map((step) => `  ${node(step)}`),
    ...steps.flatMap((step) => arrows(step, direction)),
    '',
  ].join('\n');
}

function frame(name: string, steps: readonly StepDescription[], index: number): string {
  const rows = steps.map((step) => `    ${node(step)}`);
  return [`  subgraph layer${index}[${quote([name])}]`, ...rows, '  end'].join('\n');
}

/** Leaves are rounded. Blanks are one, for a page shows no more of them. */
function node(step: StepDescription): string {
  const lines = stepCard(step).map(({ text }) => text.trim().replace(/ +/g, ' '));
  const [open, close] = Object.keys(step.inputs).length === 0 ? '()' : '[]';
  return `s${step.index}${open}${quote(lines)}${close}`;
}

/** One arrow for both ways: an arrow of its own for the way back would turn the order of the boxes around. */
function arrows(step: StepDescription, direction: Direction): string[] {
  return Object.entries(step.inputs).map(([input, from]) => {
    const passed = passedText(step, input);
    if (passed === null) return `  s${from} -->|${quote([input])}| s${step.index}`;
    return `  s${from} <-->|${quote([input, `${direction === 'down' ? '↑' : '←'} ${passed}`])}| s${step.index}`;
  });
}

/**
 * Letters, digits, and the signs that mean nothing to Mermaid within quotes, nor to the Markdown and HTML behind it. A
 * dash, plus or full stop before a blank could begin a list, and a colon before another sign a style.
 */
const meaningful = /[^\p{L}\p{M}\p{N} .,:=+∂…↑←%()[\]/-]|%(?=[%{])|[-+.](?= )|:(?! )/gu;

/** A string of Mermaid, in quotes; what has a meaning is written as an entity, `#34;`. */
function quote(lines: readonly string[]): string {
  const escaped = lines.map((line) => onOneLine(line).replace(meaningful, (sign) => `#${sign.codePointAt(0)};`));
  return `"${escaped.join('<br>') || ' '}"`;
}
