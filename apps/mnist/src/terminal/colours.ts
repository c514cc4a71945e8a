import type { Screen } from './screen.ts';

/** Red, green and blue, each from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A text in one colour on another; as it is where there are no colours. */
export function painted(
  text: string,
  { colour, background }: { readonly colour?: Colour; readonly background?: Colour },
  { colourBits }: Screen,
): string {
  if (colourBits < 8) return text;
  const codes = [
    ...(colour ? [`38;${code(colour, colourBits)}`] : []),
    ...(background ? [`48;${code(background, colourBits)}`] : []),
  ];
  return codes.length === 0 ? text : `\u001B[${codes.join(';')}m${text}\u001B[0m`;
}

function code(colour: Colour, colourBits: number): string {
  return colourBits >= 24 ? `2;${colour.map(Math.round).join(';')}` : `5;${nearestOf256(colour)}`;
}

/** The number of a colour among the 256: 24 greys from 232 on, and a cube of 6×6×6 from 16 on. */
function nearestOf256([red, green, blue]: Colour): number {
  const [least, most] = [Math.min(red, green, blue), Math.max(red, green, blue)];
  if (most - least < 12) return 232 + Math.round((23 * (least + most)) / 2 / 255);
  const level = (share: number): number => Math.round((5 * share) / 255);
  return 16 + 36 * level(red) + 6 * level(green) + level(blue);
}
