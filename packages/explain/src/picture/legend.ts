import { columns, onOneLine } from '../notation/lines.ts';
import type { Size } from './boxes.ts';
import { arrowHead } from './path.ts';
import { labelLetters } from './sizes.ts';
import { text } from './xml.ts';

const margin = 20;
const titleSize = 15;
const arrowLength = 34;
const gap = 8;

/** The room that the title and what explains the arrows take, above the picture. */
export function legendSize(title: string, hasWayBack: boolean): Size {
  const words = entries(hasWayBack).reduce((sum, { words }) => sum + entryWidth(words), 0);
  const widest = Math.max(columns(onOneLine(title)) * titleSize * 0.63, words);
  return { width: Math.ceil(widest) + 2 * margin, height: 62 };
}

/** The title, and what the two kinds of arrows are. */
export function legend(title: string, hasWayBack: boolean): string {
  let x = margin;
  const parts = entries(hasWayBack).map(({ kind, colour, words, isBack }) => {
    const from = x;
    x += entryWidth(words);
    const tip = { x: isBack ? from : from + arrowLength, y: 50 };
    const line = `<path class="${kind}" d="M${from} 50 H${from + arrowLength}"/>`;
    const head = `<path class="${kind}-head" d="${arrowHead(tip, 'right', isBack)}"/>`;
    return `${line}${head}${text(colour, from + arrowLength + gap, 54, labelLetters.size, words)}`;
  });
  return `${text('title', margin, 28, titleSize, title)}${parts.join('')}`;
}

function entries(hasWayBack: boolean) {
  const there = { kind: 'there', colour: 'value', words: 'values, forwards', isBack: false };
  const back = { kind: 'back', colour: 'cotangent', words: 'cotangents, backwards', isBack: true };
  return hasWayBack ? [there, back] : [there];
}

function entryWidth(words: string): number {
  return arrowLength + gap + columns(words) * labelLetters.width + 3 * gap;
}
