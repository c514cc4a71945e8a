/** A point of a glyph, [x, y]: digits are drawn in a box of 1 high (y, downwards) and about 0.7 wide (x). */
export type Point = readonly [number, number];

/** One movement of the pen: a smooth curve through the points, or straight lines from point to point. */
export interface Stroke {
  readonly kind: 'curve' | 'lines';
  readonly points: readonly Point[];
}

/** The strokes that make up one way of writing a digit. */
export type Glyph = readonly Stroke[];

const curve = (...points: Point[]): Stroke => ({ kind: 'curve', points });
const lines = (...points: Point[]): Stroke => ({ kind: 'lines', points });

/** The ways in which people write each digit: `glyphs[7]` holds those of the 7. Each is drawn equally often. */
export const glyphs: readonly (readonly Glyph[])[] = [
  [
    // A closed oval, and one whose ends cross at the top.
    [
      curve(
        [0.38, 0],
        [0.12, 0.13],
        [0, 0.5],
        [0.12, 0.87],
        [0.36, 1],
        [0.6, 0.87],
        [0.7, 0.5],
        [0.6, 0.13],
        [0.36, 0],
      ),
    ],
    [
      curve(
        [0.5, 0.06],
        [0.26, 0.02],
        [0.04, 0.3],
        [0.04, 0.72],
        [0.3, 1],
        [0.6, 0.8],
        [0.68, 0.4],
        [0.5, 0.08],
        [0.3, 0.1],
      ),
    ],
  ],
  [
    // A bare stroke, one with an upstroke, and one with a foot as well.
    [lines([0.35, 0], [0.35, 1])],
    [lines([0.14, 0.24], [0.38, 0], [0.38, 1])],
    [lines([0.16, 0.2], [0.37, 0], [0.37, 1]), lines([0.12, 1], [0.62, 1])],
  ],
  [
    // A sharp corner at the foot, and a loop there.
    [
      curve([0.04, 0.24], [0.14, 0.06], [0.38, 0], [0.62, 0.16], [0.56, 0.46], [0.3, 0.76], [0.02, 1]),
      lines([0.02, 1], [0.7, 0.98]),
    ],
    [
      curve(
        [0.06, 0.2],
        [0.28, 0],
        [0.56, 0.1],
        [0.58, 0.38],
        [0.38, 0.72],
        [0.14, 0.98],
        [0.02, 0.88],
        [0.16, 0.78],
        [0.42, 0.92],
        [0.74, 0.94],
      ),
    ],
  ],
  [
    // Two bows, two bows in one sweep, and a flat top.
    [
      curve([0.04, 0.14], [0.28, 0], [0.56, 0.1], [0.54, 0.34], [0.24, 0.47]),
      curve([0.24, 0.47], [0.58, 0.56], [0.64, 0.8], [0.4, 1], [0, 0.88]),
    ],
    [
      curve(
        [0.06, 0.08],
        [0.36, 0],
        [0.58, 0.18],
        [0.44, 0.4],
        [0.3, 0.46],
        [0.46, 0.5],
        [0.66, 0.72],
        [0.46, 0.97],
        [0.06, 0.96],
      ),
    ],
    [lines([0.06, 0.02], [0.62, 0], [0.3, 0.4]), curve([0.3, 0.4], [0.58, 0.5], [0.64, 0.78], [0.4, 1], [0.02, 0.9])],
  ],
  [
    // Open at the top, round and open, and closed.
    [lines([0.1, 0], [0.02, 0.54], [0.7, 0.52]), lines([0.54, 0.04], [0.5, 1])],
    [
      curve([0.08, 0.02], [0.04, 0.36], [0.16, 0.52], [0.4, 0.5], [0.58, 0.36]),
      lines([0.62, 0], [0.58, 0.36], [0.54, 1]),
    ],
    [lines([0.46, 0], [0, 0.66], [0.7, 0.66]), lines([0.48, 0], [0.46, 1])],
  ],
  [
    // A bow under a separate roof, and one sweep.
    [
      lines([0.64, 0.02], [0.16, 0], [0.1, 0.44]),
      curve([0.1, 0.44], [0.36, 0.36], [0.62, 0.52], [0.6, 0.84], [0.32, 1], [0, 0.9]),
    ],
    [
      lines([0.66, 0], [0.2, 0.04]),
      curve([0.2, 0.04], [0.1, 0.34], [0.3, 0.44], [0.56, 0.6], [0.54, 0.88], [0.3, 1], [0.02, 0.94]),
    ],
  ],
  [
    // A bent back, and a straight one.
    [
      curve(
        [0.56, 0],
        [0.26, 0.2],
        [0.04, 0.58],
        [0.1, 0.9],
        [0.36, 1],
        [0.6, 0.84],
        [0.54, 0.58],
        [0.3, 0.52],
        [0.08, 0.74],
      ),
    ],
    [
      curve(
        [0.36, 0],
        [0.18, 0.3],
        [0.06, 0.66],
        [0.14, 0.94],
        [0.4, 0.98],
        [0.56, 0.78],
        [0.42, 0.6],
        [0.2, 0.66],
        [0.08, 0.84],
      ),
    ],
  ],
  [
    // Plain, with a bar, and with a curved stem below a hooked roof.
    [lines([0, 0.03], [0.66, 0], [0.26, 1])],
    [lines([0, 0.03], [0.66, 0], [0.24, 1]), lines([0.16, 0.5], [0.62, 0.47])],
    [lines([0.02, 0.2], [0.05, 0.04], [0.64, 0.02]), curve([0.64, 0.02], [0.46, 0.38], [0.34, 0.7], [0.3, 1])],
  ],
  [
    // One pen movement, and two loops on top of each other.
    [
      curve(
        [0.58, 0.12],
        [0.34, 0],
        [0.1, 0.16],
        [0.3, 0.44],
        [0.58, 0.72],
        [0.42, 0.98],
        [0.12, 0.94],
        [0.08, 0.7],
        [0.34, 0.48],
        [0.58, 0.26],
        [0.54, 0.06],
      ),
    ],
    [
      curve([0.34, 0.45], [0.12, 0.3], [0.16, 0.06], [0.4, 0], [0.58, 0.16], [0.52, 0.36], [0.34, 0.45]),
      curve([0.34, 0.45], [0.06, 0.62], [0.08, 0.92], [0.34, 1], [0.62, 0.88], [0.6, 0.6], [0.34, 0.45]),
    ],
  ],
  [
    // A straight stem, a bent one, and a hook at the foot.
    [
      curve([0.6, 0.16], [0.36, 0], [0.08, 0.14], [0.08, 0.4], [0.34, 0.48], [0.56, 0.32], [0.6, 0.14]),
      lines([0.6, 0.14], [0.56, 1]),
    ],
    [
      curve(
        [0.58, 0.2],
        [0.4, 0],
        [0.1, 0.12],
        [0.1, 0.38],
        [0.34, 0.46],
        [0.54, 0.28],
        [0.58, 0.12],
        [0.56, 0.5],
        [0.42, 0.8],
        [0.26, 1],
      ),
    ],
    [
      curve(
        [0.6, 0.18],
        [0.36, 0],
        [0.08, 0.16],
        [0.12, 0.42],
        [0.38, 0.46],
        [0.58, 0.24],
        [0.62, 0.46],
        [0.56, 0.84],
        [0.3, 1],
        [0.06, 0.9],
      ),
    ],
  ],
];
