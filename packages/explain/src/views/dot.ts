import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import { checkDescription } from '../description/checkDescription.ts';
import type { StepDescription, TapeDescription } from '../description/description.ts';
import { passedText, stepCard } from '../notation/card.ts';
import type { PictureOptions } from '../notation/direction.ts';
import { pictureOptions } from '../notation/direction.ts';
import { onOneLine } from '../notation/lines.ts';
import { cotangentColour, valueColour } from '../notation/palette.ts';
import { stepsByLayer } from '../notation/step.ts';

/**
 * The tape as a graph in the DOT language of Graphviz: a box for each step with its value and cotangent, a frame around
 * each layer, a solid edge for each input, and back along it, dashed, what the step passes to that input.
 *
 * @example
 * using tape = new Tape();
 * const loss = sum(square(tape.watch(tensor([1, 2]), 'x')));
 * // In a file, `dot -Tsvg tape.dot` makes a picture of it.
 * toDot(describeTape(tape, { output: loss })).slice(0, 7) // "digraph"
 */
export function toDot(description: TapeDescription, options: PictureOptions = {}, ...surplus: []): string {
  checkSurplus('toDot', surplus);
  const { direction = 'down' } = checkOptions('toDot', options, pictureOptions);
  checkDescription('toDot', description);
  const { steps } = description;
  const layers = [...stepsByLayer(steps)];
  const outside = steps.filter(({ layer }) => layer === null);
  return [
    'digraph tape {',
    `  graph [rankdir=${direction === 'down' ? 'TB' : 'LR'}, fontname="monospace", style=rounded, color=gray];`,
    '  node [shape=box, fontname="monospace", fontsize=10];',
    '  edge [fontname="monospace", fontsize=9];',
    ...layers.map(([name, steps], index) => cluster(name, steps, index)),
    ...outside.map((step) => `  ${node(step)}`),
    ...steps.flatMap(forwards),
    ...steps.flatMap(backwards),
    '}',
    '',
  ].join('\n');
}

function cluster(name: string, steps: readonly StepDescription[], index: number): string {
  const rows = steps.map((step) => `    ${node(step)}`);
  return [`  subgraph cluster_${index} {`, `    label=${quote([name])};`, ...rows, '  }'].join('\n');
}

function node(step: StepDescription): string {
  const isLeaf = Object.keys(step.inputs).length === 0;
  const lines = stepCard(step).map(({ text }) => text);
  return `s${step.index} [label=${quote(lines, '\\l')}${isLeaf ? ', style=rounded' : ''}];`;
}

function forwards({ index, inputs }: StepDescription): string[] {
  return Object.entries(inputs).map(
    ([input, from]) => `  s${from} -> s${index} [label=${quote([input])}, color="${valueColour}"];`,
  );
}

/** Written from the earlier step to the later one, with its head at the tail: boxes keep the order of the way there. */
function backwards(step: StepDescription): string[] {
  const colours = `color="${cotangentColour}", fontcolor="${cotangentColour}"`;
  return step.passed.map(({ input, to }) => {
    const label = quote([`∂ ${input}`, passedText(step, input) ?? '']);
    return `  s${to} -> s${step.index} [label=${label}, dir=back, style=dashed, ${colours}];`;
  });
}

/**
 * A string of DOT. `\l` ends a line that stands on the left. The language reads backslashes and entities such as `&amp;`
 * in labels, so both are escaped.
 */
function quote(lines: readonly string[], lineEnd = '\\n'): string {
  const escaped = lines.map((line) =>
    onOneLine(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;'),
  );
  return `"${escaped.join(lineEnd)}${lineEnd === '\\l' ? lineEnd : ''}"`;
}
