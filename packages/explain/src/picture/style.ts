import { cotangentColour, valueColour } from '../notation/palette.ts';

/*
 * Letters in vermillion on white are a little darker than the lines, and on a dark page both colours give way to their
 * brighter neighbours in the same palette: all texts stand out from what is behind them by 4.5 to 1 or more.
 */

/** What follows the class of the picture in each selector, and what is said of it. */
type Rules = Readonly<Record<string, string>>;

const light: Rules = {
  '': 'font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace',
  ' text': 'fill: #1b1f24; white-space: pre',
  ' .paper': 'fill: #fff',
  ' .label': 'stroke: #fff; stroke-width: 4; stroke-linejoin: round; paint-order: stroke',
  ' .box': 'fill: #f6f8fa; stroke: #57606a',
  ' .constant .box': 'stroke-dasharray: 2 2',
  ' .output .box': 'stroke-width: 2.5',
  ' .frame': 'fill: none; stroke: #8c959f',
  ' .title': 'font-weight: bold',
  ' .detail': 'fill: #57606a',
  ' .value': `fill: ${valueColour}`,
  ' .cotangent': 'fill: #a84300',
  ' .there': `fill: none; stroke: ${valueColour}; stroke-width: 1.5`,
  ' .back': `fill: none; stroke: ${cotangentColour}; stroke-width: 1.5; stroke-dasharray: 5 3`,
  ' .there-head': `fill: ${valueColour}`,
  ' .back-head': `fill: ${cotangentColour}`,
};

const dark: Rules = {
  ' text': 'fill: #f0f3f6',
  ' .paper': 'fill: #0d1117',
  ' .label': 'stroke: #0d1117',
  ' .box': 'fill: #1b222c; stroke: #9198a1',
  ' .frame': 'stroke: #6e7681',
  ' .detail': 'fill: #b1bac4',
  ' .value': 'fill: #56b4e9',
  ' .cotangent': 'fill: #f0a35c',
  ' .there': 'stroke: #56b4e9',
  ' .back': 'stroke: #e69f00',
  ' .there-head': 'fill: #56b4e9',
  ' .back-head': 'fill: #e69f00',
};

/** The class of a picture, and of nothing else on a page. */
export const pictureClass = 'tapegrad-tape';

/** The style sheet of a picture, for light and dark pages. It speaks of nothing outside of the picture. */
export const pictureStyle = `${write(light)} @media (prefers-color-scheme: dark) { ${write(dark)} }`;

function write(rules: Rules): string {
  return Object.entries(rules)
    .map(([selector, says]) => `.${pictureClass}${selector} { ${says} }`)
    .join(' ');
}
