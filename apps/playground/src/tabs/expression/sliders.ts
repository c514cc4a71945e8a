/** Of a longer list nobody drags one number. */
const most = 6;

/** The numbers of a text such as `2` or `3, 1, -3`, each to be dragged; `undefined` where something else is written there. */
export function draggable(text: string): readonly number[] | undefined {
  const parts = text.replace(/^\s*\[(.*)\]\s*$/, '$1').split(',');
  if (parts.length > most) return undefined;
  const numbers = parts.map((part) => (/^\s*-?(\d+\.?\d*|\.\d+)\s*$/.test(part) ? Number(part) : Number.NaN));
  return numbers.every((number) => Number.isFinite(number)) ? numbers : undefined;
}

/** The text with one of its numbers dragged to another value; brackets stay where they were. */
export function dragged(text: string, index: number, value: number): string {
  const numbers = draggable(text) ?? [];
  const written = numbers.map((number, at) => String(at === index ? value : number)).join(', ');
  return /^\s*\[/.test(text) ? `[${written}]` : written;
}

/** How far a slider reaches: to 5, or as far as the number that is there. */
export const reachOf = (number: number): number => Math.max(5, Math.ceil(Math.abs(number)));
