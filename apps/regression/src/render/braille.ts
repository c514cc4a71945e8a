/** A canvas of dots, two across and four down in each character cell. */
export interface DotCanvas {
  /** Sets the dot there, counted from the upper left; outside of the canvas nothing happens. */
  readonly set: (x: number, y: number) => void;
  /** The sign of a cell; an empty string where no dot is set. */
  readonly cell: (column: number, row: number) => string;
}

/** Where the signs of braille begin in Unicode: the one without dots. */
const blank = 0x2800;

/** The bit of each dot of a cell, by row and then by column. */
const bits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

/** An empty canvas of `columns` by `rows` cells. */
export function dotCanvas(columns: number, rows: number): DotCanvas {
  const cells = new Uint8Array(columns * rows);
  return {
    set: (x, y) => {
      if (x < 0 || y < 0 || x >= 2 * columns || y >= 4 * rows) return;
      cells[Math.floor(y / 4) * columns + Math.floor(x / 2)] |= bits[y % 4][x % 2];
    },
    cell: (column, row) => {
      const dots = cells[row * columns + column];
      return dots === 0 ? '' : String.fromCharCode(blank + dots);
    },
  };
}
