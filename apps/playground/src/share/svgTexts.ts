import type { Drawing } from './drawing.ts';

/** A line of text on the page. */
interface Line {
  text: string;
  readonly left: number;
  readonly top: number;
  right: number;
}

const pen = document.createElement('canvas').getContext('2d');

/** Draws the text of a node, line by line as the page breaks it, each as wide as it is there. */
export function drawTexts(node: Text, style: CSSStyleDeclaration, { left, top, parts }: Drawing): void {
  for (const line of linesOf(node)) {
    const y = line.top - top + ascentOf(style);
    parts.push(
      `<text x="${line.left - left}" y="${y}" textLength="${line.right - line.left}" lengthAdjust="spacingAndGlyphs" ${lookOf(style)}>${escaped(line.text)}</text>`,
    );
  }
}

/** Draws a text that is no node of the page: the value of a field. */
export function drawLine(
  text: string,
  { x, middle, style }: { readonly x: number; readonly middle: number; readonly style: CSSStyleDeclaration },
  { parts }: Drawing,
): void {
  parts.push(`<text x="${x}" y="${middle}" dominant-baseline="central" ${lookOf(style)}>${escaped(text)}</text>`);
}

/** How a text looks, as attributes. */
export function lookOf(style: CSSStyleDeclaration): string {
  return `fill="${style.color}" font-family="${style.fontFamily.replaceAll('"', "'")}" font-size="${style.fontSize}" font-weight="${style.fontWeight}" font-style="${style.fontStyle}" xml:space="preserve"`;
}

function linesOf(node: Text): Line[] {
  const range = document.createRange();
  const lines: Line[] = [];
  let at = 0;
  for (const sign of node.data) {
    range.setStart(node, at);
    at += sign.length;
    range.setEnd(node, at);
    const box = range.getClientRects()[0];
    // White space that the page swallows has no box.
    if (!box || box.width === 0) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.top - box.top) < 2) {
      last.text += sign;
      last.right = box.right;
    } else lines.push({ text: sign, left: box.left, top: box.top, right: box.right });
  }
  return lines.filter(({ text }) => text.trim() !== '');
}

/** How far below the top of its box the line lies that letters stand on. */
function ascentOf(style: CSSStyleDeclaration): number {
  const size = Number.parseFloat(style.fontSize);
  if (!pen) return 0.8 * size;
  pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return pen.measureText('x').fontBoundingBoxAscent;
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
