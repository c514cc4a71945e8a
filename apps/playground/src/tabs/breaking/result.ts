/** Something that the library said of its own accord. */
export interface Message {
  readonly kind: 'error' | 'warning';
  /** Its code, which stays the same across versions. */
  readonly name: string;
  /** In its own words. */
  readonly text: string;
}

/** Numbers that came out, in rows: a single one is one row of one. */
export interface Figure {
  /** What they are, in the words of the page; also what tests find them by. */
  readonly name: string;
  /** The sign for them, in LaTeX. */
  readonly symbol: string;
  readonly kind: 'value' | 'gradient';
  readonly rows: readonly (readonly number[])[];
}

/** A line of a chart. */
export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A way down, and the landscape it leads through: heights row by row, from the lowest y up. */
export interface Descent {
  readonly path: readonly (readonly [x: number, y: number])[];
  readonly width: number;
  readonly height: number;
  readonly heights: readonly number[];
  readonly across: number;
  readonly up: number;
}

/** What an experiment gave. */
export interface Result<End extends string = string> {
  readonly end: End;
  readonly figures: readonly Figure[];
  readonly messages: readonly Message[];
  /** What happened as formulas, with the numbers put in. */
  readonly formulas: readonly string[];
  readonly curves?: readonly Curve[];
  readonly descent?: Descent;
}
