import { definitionsFor } from './definitions.ts';
import type { Drawing } from './drawing.ts';
import { fontFaces } from './fonts.ts';
import { drawBox, drawField } from './svgBoxes.ts';
import { inlined } from './svgInline.ts';
import { drawTexts } from './svgTexts.ts';

/**
 * A part of the page as an SVG of its own: boxes, texts, lines and pictures where they stand, in the colours of the moment.
 * What is there for those who listen alone is left out. The fonts of formulas come along.
 */
export async function svgOf(element: HTMLElement): Promise<string> {
  const { left, top, width, height } = element.getBoundingClientRect();
  const drawing: Drawing = { left, top, parts: [] };
  draw(element, drawing);
  const body = drawing.parts.join('\n');
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">`,
    `<defs>${await fontFaces(body)}${definitionsFor(body)}</defs>`,
    body,
    '</svg>',
  ].join('\n');
}

function draw(element: Element, drawing: Drawing): void {
  const style = getComputedStyle(element);
  if (isHidden(element, style)) return;
  if (element instanceof SVGSVGElement) {
    drawing.parts.push(inlined(element, drawing));
    return;
  }
  drawBox(element, style, drawing);
  if (drawField(element, style, drawing)) return;
  const isClipped = style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
  if (isClipped) drawing.parts.push(clipped(element.getBoundingClientRect(), drawing));
  for (const node of element.childNodes) {
    if (node instanceof Element) draw(node, drawing);
    else if (node instanceof Text) drawTexts(node, style, drawing);
  }
  if (isClipped) drawing.parts.push('</g>');
}

/** What is there for those who listen alone, and what is there to be pressed: a picture does nothing. */
const leftOut = '.unseen, .katex-mathml, .settings-fold, .steps-transport, .steps-keys, button:not(.steps-box)';

/** What is not to be seen, and what is left out. */
function isHidden(element: Element, style: CSSStyleDeclaration): boolean {
  if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return true;
  if (element.matches(leftOut)) return true;
  return element instanceof HTMLElement && element.checkVisibility?.({ contentVisibilityAuto: true }) === false;
}

/** The beginning of a group that ends where its element does. */
function clipped({ left, top, width, height }: DOMRect, drawing: Drawing): string {
  const shape = `M${left - drawing.left} ${top - drawing.top}h${width}v${height}h${-width}z`;
  return `<g style="clip-path: path('${shape}')">`;
}
