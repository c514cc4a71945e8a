import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkDescription } from '../description/checkDescription.ts';
import type { StepDescription, TapeDescription } from '../description/description.ts';
import { stepCard } from '../notation/card.ts';
import type { Direction, PictureOptions } from '../notation/direction.ts';
import { onOneLine, shorten } from '../notation/lines.ts';
import { stepRow } from '../notation/step.ts';
import type { Box, Point } from '../picture/boxes.ts';
import { type EdgeLayout, type LayerLayout, layoutTape, type TapeLayout } from '../picture/layout.ts';
import { legend, legendSize } from '../picture/legend.ts';
import { arrowHead, pathThrough, round } from '../picture/path.ts';
import { cardLetters, cardPadding, labelLetters, labelLines } from '../picture/sizes.ts';
import { pictureClass, pictureStyle } from '../picture/style.ts';
import { escapeXml, rectangle, text } from '../picture/xml.ts';
import { toText } from './text.ts';

export interface SvgOptions extends PictureOptions {
  /** What the picture is called, above it and for those who hear it. Default: `A tape of 6 steps`. */
  readonly title?: string;
}

const svgOptions: OptionNames<SvgOptions> = { title: 'optional', direction: 'optional' };

/**
 * The tape as a picture in SVG: a box for each step with its value and the cotangent that arrives, a solid arrow for each
 * input, and back along it, dashed, what the step passes to that input. Layers whose steps stand together have a frame.
 *
 * It is text alone, made without a browser; it fits light and dark pages, and says in words what it shows.
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor(3, { dtype: 'float64' }), 'x'));
 * toSvg(describeTape(tape, { output: y })).slice(0, 4) // "<svg"
 * @throws ValueError when the tape has more than a thousand steps, or lines so long that the picture would take minutes
 */
export function toSvg(description: TapeDescription, options: SvgOptions = {}, ...surplus: []): string {
  checkSurplus('toSvg', surplus);
  checkOptions('toSvg', options, svgOptions);
  checkDescription('toSvg', description);
  const { steps, output } = description;
  const { title = `A tape of ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`, direction = 'down' } = options;
  const layout = layoutTape(description, { direction });
  const head = legendSize(title, output !== null);
  const width = Math.ceil(Math.max(layout.width, head.width));
  const height = Math.ceil(layout.height + head.height);
  const isBackward = (edge: EdgeLayout): boolean => steps[edge.to].passed.some(({ input }) => input === edge.input);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="${pictureClass}" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${summary(description)}</desc>`,
    `<style>${pictureStyle}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    legend(title, output !== null),
    `<g transform="translate(${round((width - layout.width) / 2)} ${head.height})">`,
    ...layout.layers.map(frame),
    ...layout.edges.map((edge) => arrows(edge, layout, isBackward(edge))),
    ...layout.edges.map((edge) => edgeLabel(edge, steps[edge.to], direction)),
    ...layout.steps.map((box) => stepBox(steps[box.step], box, output)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** The program, for those who hear the picture. */
function summary(description: TapeDescription): string {
  const { output } = description;
  const way = output === null ? '' : ` The way back begins at %${output}.`;
  return `${toText(description, { numbers: false }).split('\n').map(escapeXml).join('\n')}${way}`.trim();
}

function frame({ layer, x, y, width, height }: LayerLayout): string {
  const name = shorten(onOneLine(layer), Math.floor((width - 2 * cardPadding) / labelLetters.width));
  const label = text('detail', x + cardPadding, y + labelLetters.line, labelLetters.size, name);
  return `${rectangle('frame', { x, y, width, height }, 8)}${label}`;
}

function arrows({ there, back }: EdgeLayout, { direction }: TapeLayout, isBackward: boolean): string {
  const arrow = (kind: string, points: readonly Point[], tip: Point): string => {
    const head = arrowHead(tip, direction, kind === 'back');
    return `<path class="${kind}" d="${pathThrough(points, direction)}"/><path class="${kind}-head" d="${head}"/>`;
  };
  return arrow('there', there, there[there.length - 1]) + (isBackward ? arrow('back', back, back[0]) : '');
}

/** The name of the input and, where a cotangent comes back, that, with an arrow that points against the direction. */
function edgeLabel({ input, label: { x, y } }: EdgeLayout, step: StepDescription, direction: Direction): string {
  const { name, passed } = labelLines(step, input);
  const { size, line } = labelLetters;
  const first = text('label value', x, y + size, size, name);
  if (passed === null) return first;
  return first + text('label cotangent', x, y + line + size, size, `${direction === 'down' ? '↑' : '←'} ${passed}`);
}

function stepBox(step: StepDescription, box: Box, output: number | null): string {
  const isLeaf = Object.keys(step.inputs).length === 0;
  const kinds = [isLeaf && 'leaf', step.operation === 'constant' && 'constant', step.index === output && 'output'];
  const lines = stepCard(step).map(({ kind, text: words }, index) =>
    text(
      kind,
      box.x + cardPadding,
      box.y + cardPadding + index * cardLetters.line + cardLetters.size,
      cardLetters.size,
      words,
    ),
  );
  const title = `<title>${escapeXml(stepRow(step))}</title>`;
  const kind = ['step', ...kinds.filter(Boolean)].join(' ');
  return `<g class="${kind}">${title}${rectangle('box', box, isLeaf ? 14 : 3)}${lines.join('')}</g>`;
}
