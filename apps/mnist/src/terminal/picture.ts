import type { ImageDataset } from '@tapegrad/datasets';
import { type Colour, painted } from './colours.ts';
import type { Screen } from './screen.ts';

/** A picture as rows of colours. */
export type Picture = readonly (readonly Colour[])[];

/** One image of a dataset, grey or in colours. */
export function pictureAt({ images }: ImageDataset, index: number): Picture {
  const [, channels, height, width] = images.shape;
  const at = (channel: number, row: number, column: number): number =>
    images.get(index, channels < 3 ? 0 : channel, row, column);
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column): Colour => [at(0, row, column), at(1, row, column), at(2, row, column)]),
  );
}

/** How many columns of characters a picture of a width has at most: with more, it would have no more detail. */
export function columnsOf(pixels: number, { colourBits, isUnicode }: Screen): number {
  return colourBits < 8 && isUnicode ? Math.ceil(pixels / 2) : pixels;
}

/**
 * A picture in rows of characters: with colours two pixels in each, one above the other; without them 2×4 dots of Braille; in
 * ASCII the denser the brighter.
 */
export function pictureLines(picture: Picture, columns: number, screen: Screen): string[] {
  const rows = Math.max(1, Math.round((columns * picture.length) / picture[0].length / 2));
  if (screen.colourBits >= 8) return halfBlocks(scaled(picture, columns, 2 * rows), screen);
  if (screen.isUnicode) return braille(scaled(picture, 2 * columns, 4 * rows));
  return shades(scaled(picture, columns, rows));
}

function halfBlocks(picture: Picture, screen: Screen): string[] {
  return pairsOf(picture).map(([upper, lower]) => {
    const row: { text: string; colour: Colour; background: Colour }[] = [];
    upper.forEach((colour, column) => {
      const [background, last] = [lower[column], row.at(-1)];
      // Neighbours of the same colours share their codes: the background of a picture is most of it.
      if (last && same(last.colour, colour) && same(last.background, background)) last.text += '▀';
      else row.push({ text: '▀', colour, background });
    });
    return row.map(({ text, ...colours }) => painted(text, colours, screen)).join('');
  });
}

const same = (one: Colour, other: Colour): boolean => one.every((part, index) => part === other[index]);

function pairsOf(picture: Picture): [upper: readonly Colour[], lower: readonly Colour[]][] {
  return Array.from({ length: picture.length / 2 }, (_, row) => [picture[2 * row], picture[2 * row + 1]]);
}

/** The bits of the dots of a character, as they stand: two columns and four rows. */
const dots = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

function braille(picture: Picture): string[] {
  const threshold = thresholdOf(picture.flat().map(brightness));
  return Array.from({ length: picture.length / 4 }, (_, row) =>
    Array.from({ length: picture[0].length / 2 }, (_, column) => {
      const bits = dots.map((pair, y) =>
        pair.map((bit, x) => (brightness(picture[4 * row + y][2 * column + x]) > threshold ? bit : 0)),
      );
      return String.fromCodePoint(0x2800 + bits.flat().reduce((sum, bit) => sum + bit, 0));
    }).join(''),
  );
}

/** What parts bright from dark: half way between the means of both (Ridler and Calvard, 1978). */
function thresholdOf(numbers: readonly number[]): number {
  const mean = (some: readonly number[]): number =>
    some.reduce((sum, each) => sum + each, 0) / Math.max(1, some.length);
  let threshold = mean(numbers);
  for (let round = 0; round < 10; round++) {
    const [bright, dark] = [numbers.filter((each) => each > threshold), numbers.filter((each) => each <= threshold)];
    threshold = (mean(bright) + mean(dark)) / 2;
  }
  return threshold;
}

const ramp = ' .:-=+*#%@';

function shades(picture: Picture): string[] {
  return picture.map((row) =>
    row.map((colour) => ramp[Math.min(ramp.length - 1, Math.floor((brightness(colour) / 256) * ramp.length))]).join(''),
  );
}

/** How bright a colour looks, from 0 to 255 (ITU-R BT.601). */
const brightness = ([red, green, blue]: Colour): number => 0.299 * red + 0.587 * green + 0.114 * blue;

/** A picture of another size: each new pixel is the mean of what it covers of the old ones. */
function scaled(picture: Picture, width: number, height: number): Picture {
  const [fromHeight, fromWidth] = [picture.length, picture[0].length];
  if (fromHeight === height && fromWidth === width) return picture;
  const columns = Array.from({ length: width }, (_, x) => covered(x, fromWidth / width, fromWidth));
  return Array.from({ length: height }, (_, y) => {
    const rows = covered(y, fromHeight / height, fromHeight);
    return columns.map((columnsOfPixel): Colour => {
      const mean = (part: 0 | 1 | 2): number => {
        let [sum, area] = [0, 0];
        for (const [row, tall] of rows) {
          for (const [column, wide] of columnsOfPixel) {
            sum += tall * wide * picture[row][column][part];
            area += tall * wide;
          }
        }
        return sum / area;
      };
      return [mean(0), mean(1), mean(2)];
    });
  });
}

/** Which of `count` old rows or columns a new one covers, and how much of each; one new is as long as `length` old. */
function covered(at: number, length: number, count: number): [index: number, share: number][] {
  const [start, end] = [at * length, (at + 1) * length];
  const parts: [number, number][] = [];
  for (let index = Math.floor(start); index < Math.min(count, end); index++) {
    const share = Math.min(end, index + 1) - Math.max(start, index);
    if (share > 0) parts.push([index, share]);
  }
  return parts;
}
