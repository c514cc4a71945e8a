import type { Drawing } from './drawing.ts';
import { drawLine } from './svgTexts.ts';

const sides = ['Top', 'Right', 'Bottom', 'Left'] as const;

/** Draws the ground and the borders of an element, where it has some. */
export function drawBox(element: Element, style: CSSStyleDeclaration, { left, top, parts }: Drawing): void {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return;
  const [x, y] = [box.left - left, box.top - top];
  const ground = isSeen(style.backgroundColor) ? style.backgroundColor : 'none';
  const borders = sides.map((side) => ({
    width: style[`border${side}Style`] === 'none' ? 0 : Number.parseFloat(style[`border${side}Width`]),
    colour: style[`border${side}Color`],
  }));
  const [first] = borders;
  const isEven = borders.every(({ width, colour }) => width === first.width && colour === first.colour);
  const stroke = isEven && first.width > 0 && isSeen(first.colour) ? first : undefined;
  if (ground !== 'none' || stroke) {
    const half = (stroke?.width ?? 0) / 2;
    parts.push(
      `<rect x="${x + half}" y="${y + half}" width="${Math.max(box.width - 2 * half, 0)}" height="${Math.max(box.height - 2 * half, 0)}" rx="${Number.parseFloat(style.borderTopLeftRadius) || 0}" fill="${ground}"${stroke ? ` stroke="${stroke.colour}" stroke-width="${stroke.width}"` : ''}/>`,
    );
  }
  if (isEven) return;
  const ends = [
    [x, y, x + box.width, y],
    [x + box.width, y, x + box.width, y + box.height],
    [x, y + box.height, x + box.width, y + box.height],
    [x, y, x, y + box.height],
  ];
  borders.forEach(({ width, colour }, side) => {
    if (width === 0 || !isSeen(colour)) return;
    const [x1, y1, x2, y2] = ends[side];
    parts.push(`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" stroke-width="${width}"/>`);
  });
}

/** Draws what a field shows: a field has no text within it. Whether the element was one. */
export function drawField(element: Element, style: CSSStyleDeclaration, drawing: Drawing): boolean {
  const { parts } = drawing;
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left - drawing.left, box.top - drawing.top];
  const middle = y + box.height / 2;
  if (element instanceof HTMLCanvasElement) {
    parts.push(
      `<image x="${x}" y="${y}" width="${box.width}" height="${box.height}" style="image-rendering: pixelated" href="${element.toDataURL()}"/>`,
    );
    return true;
  }
  if (element instanceof HTMLSelectElement) {
    drawLine(element.selectedOptions[0]?.text ?? '', { x: x + 12, middle, style }, drawing);
    return true;
  }
  if (!(element instanceof HTMLInputElement)) return false;
  const accent = style.accentColor === 'auto' ? style.color : style.accentColor;
  if (element.type === 'range') {
    const share = (element.valueAsNumber - Number(element.min)) / (Number(element.max) - Number(element.min));
    parts.push(
      `<path d="M${x} ${middle}h${box.width}" stroke="${style.color}" stroke-opacity="0.3" stroke-width="4"/>`,
    );
    parts.push(`<circle cx="${x + 8 + share * (box.width - 16)}" cy="${middle}" r="7" fill="${accent}"/>`);
  } else if (element.type === 'radio' || element.type === 'checkbox') {
    const radius = Math.min(box.width, box.height) / 2 - 1;
    if (style.opacity !== '0')
      parts.push(
        `<circle cx="${x + box.width / 2}" cy="${middle}" r="${radius}" fill="${element.checked ? accent : 'none'}" stroke="${accent}"/>`,
      );
  } else if (element.type !== 'file') {
    drawLine(element.value, { x: x + Number.parseFloat(style.paddingLeft), middle, style }, drawing);
  }
  return true;
}

const isSeen = (colour: string): boolean => !/rgba\(.*, 0\)|transparent|\/ 0\)/.test(colour);
