import type { ImageDataset } from '@tapegrad/datasets';
import type { Examination, WrongImage } from '../examination.ts';
import { matrixLines, wrapped } from './matrix.ts';
import { columnsOf, pictureAt, pictureLines } from './picture.ts';
import type { Screen } from './screen.ts';

const gap = 2;
/** How many pictures there are at most, and how many rows of them. */
const [mostPictures, pictureRows] = [10, 2];
/** A picture has at least so many columns if it has the pixels; more, if four find room beside each other. */
const [fewestColumns, abreast] = [14, 4];

/** What a run comes to: the confusion matrix, and the pictures that the model is wrong about most. */
export function endingLines(
  { matrix, worst, wrong, count }: Examination,
  test: ImageDataset,
  screen: Screen,
): string[] {
  const { width } = screen;
  const text = `${count - wrong} of ${count} test images right, ${wrong} wrong:`;
  return ['', ...wrapped(text, width), ...matrixLines(matrix, test.classes, screen), ...pictures(worst, test, screen)];
}

/** The worst errors, drawn side by side as far as there is room. */
function pictures(worst: readonly WrongImage[], test: ImageDataset, screen: Screen): string[] {
  if (worst.length === 0) return [];
  const columns = tileColumns(test.images.shape[3], screen);
  const inRow = Math.max(1, Math.floor((screen.width + gap) / (columns + gap)));
  const drawn = worst.slice(0, Math.min(mostPictures, pictureRows * inRow));
  const tiles = drawn.map((image) => [
    ...pictureLines(pictureAt(test, image.index), columns, screen),
    ...captionOf(image, test.classes).map((line) => line.slice(0, columns).padEnd(columns)),
  ]);
  const rows = Array.from({ length: Math.ceil(tiles.length / inRow) }, (_, row) =>
    tiles.slice(row * inRow, (row + 1) * inRow),
  );
  return [
    '',
    ...wrapped(drawn.length === 1 ? 'the worst error:' : `the worst ${drawn.length} errors:`, screen.width),
    ...rows.flatMap(sideBySide),
  ];
}

function tileColumns(pixels: number, screen: Screen): number {
  const quarter = Math.floor((screen.width + gap) / abreast) - gap;
  return Math.min(columnsOf(pixels, screen), screen.width, Math.max(fewestColumns, quarter));
}

function captionOf({ right, named, probability }: WrongImage, classes: readonly string[]): string[] {
  return [`is ${classes[right]}`, `named ${classes[named]}`, `${Math.round(100 * probability)} % sure`];
}

function sideBySide(tiles: readonly (readonly string[])[]): string[] {
  return [...tiles[0].map((_, row) => tiles.map((tile) => tile[row]).join(' '.repeat(gap))), ''];
}
