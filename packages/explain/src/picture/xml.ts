import { onOneLine } from '../notation/lines.ts';
import type { Box } from './boxes.ts';
import { round } from './path.ts';

/** Text as it may stand in XML, between tags and in attributes. */
export function escapeXml(text: string): string {
  return onOneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** One line of text that begins at a point of its base line. */
export function text(kind: string, x: number, y: number, size: number, words: string): string {
  return `<text class="${kind}" x="${round(x)}" y="${round(y)}" font-size="${size}">${escapeXml(words)}</text>`;
}

/** A box with rounded corners. */
export function rectangle(kind: string, { x, y, width, height }: Box, radius: number): string {
  const [left, top, wide, high] = [x, y, width, height].map(round);
  return `<rect class="${kind}" x="${left}" y="${top}" width="${wide}" height="${high}" rx="${radius}"/>`;
}
