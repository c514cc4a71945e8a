/** A text in both languages of the site. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** Numbers by name. */
export type Numbers = Readonly<Record<string, number>>;

/** A number that the reader sets. */
export interface Knob {
  readonly label: string | Words;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  /** What it is when the page is opened. */
  readonly start: number;
}

/** What belongs to the way forward is blue, what belongs to the gradient vermilion; the others tell lines apart. */
export type Tone = 'value' | 'gradient' | 'third' | 'good';

/** Horizontal bars, one for each number. */
export interface Bars {
  readonly kind: 'bars';
  readonly title: Words;
  /** The ends of the axis. */
  readonly range: readonly [number, number];
  readonly bars: readonly { readonly label: string | Words; readonly of: string; readonly tone: Tone }[];
}

/** Functions of one number, with a line at where the reader stands. */
export interface Curves {
  readonly kind: 'curves';
  readonly title: Words;
  /** Into how many parts the axis is cut. Default: 120; fewer where the lines are straight between whole numbers. */
  readonly parts?: number;
  readonly x: { readonly label: string | Words; readonly knob: string };
  readonly y: readonly [number, number];
  readonly lines: readonly {
    readonly label: string | Words;
    readonly tone: Tone;
    /** The values at several x, the other numbers being as the reader has set them. */
    readonly values: (xs: readonly number[], at: Numbers) => readonly number[];
  }[];
}

/** Ways down the bowl (a·x² + b·y²)/2, seen from above. */
export interface Valley {
  readonly kind: 'valley';
  readonly title: Words;
  /** The curvatures along x and y. */
  readonly curvatures: (at: Numbers) => readonly [number, number];
  readonly range: readonly [number, number];
  readonly paths: readonly {
    readonly label: string | Words;
    readonly tone: Tone;
    readonly points: (at: Numbers) => readonly (readonly [number, number])[];
  }[];
}

/** A grid of numbers: an image, a filter, a matrix, a gradient. */
export interface Grid {
  readonly label: string | Words;
  readonly tone: Tone;
  /** Row by row: numbers that the library computes, or the names of knobs, which the reader then sets in the grid itself. */
  readonly rows: ((at: Numbers) => readonly (readonly number[])[]) | readonly (readonly string[])[];
  /** The cells with a frame around them, as row and column: those of which the piece speaks. */
  readonly framed?: (at: Numbers) => readonly (readonly [number, number])[];
}

/** Grids beside each other. */
export interface Grids {
  readonly kind: 'grids';
  readonly title: Words;
  readonly grids: readonly Grid[];
}

/** A table of numbers, a row for each step of a computation. */
export interface Table {
  readonly kind: 'table';
  readonly title: Words;
  readonly columns: readonly (string | Words)[];
  /** One cell for each column but the first, which holds the label; a cell without a number is not yet computed. */
  readonly rows: (
    at: Numbers,
  ) => readonly { readonly label: string | Words; readonly cells: readonly (number | undefined)[] }[];
}

export type Picture = Bars | Curves | Valley | Grids | Table;

/** A live piece: numbers the reader sets, numbers the library computes from them, and pictures of both. */
export interface Piece {
  readonly title: Words;
  readonly knobs: Readonly<Record<string, Knob>>;
  /** Computed by the library, whenever a knob is turned. */
  readonly compute: (at: Numbers) => Numbers;
  /** Those of the computed numbers that stand below the knobs, with their names. */
  readonly results: readonly { readonly label: string | Words; readonly of: string; readonly tone: Tone }[];
  readonly pictures: readonly Picture[];
}

/** What an exercise asks for. The right answer is computed by the library when it is needed. */
export type NumericAnswer =
  | { readonly kind: 'number'; readonly right: () => number; readonly tolerance: number }
  | { readonly kind: 'list'; readonly right: () => readonly number[]; readonly tolerance: number }
  | { readonly kind: 'shape'; readonly right: () => readonly number[] }
  | { readonly kind: 'choice'; readonly options: readonly Words[]; readonly right: number };

/** Values of the names of a formula. */
export type Point = Readonly<Record<string, number | number[]>>;

/**
 * A formula in the Lab's language, of whatever form: it is right where it gives the right values at several points. Texts are not
 * compared.
 */
export interface FormulaAnswer {
  readonly kind: 'formula';
  /** Where it is looked at; each point has a value for each name. */
  readonly points: readonly Point[];
  /** The right value at a point, computed by the library. */
  readonly right: (at: Point) => number | readonly number[];
  /** As a solution has it. */
  readonly shown: string;
  /** Other ways in which people write it: a test sees that they pass. */
  readonly others: readonly string[];
}

export type Answer = NumericAnswer | FormulaAnswer;

/** A usual wrong answer, and what helps whoever gives it. A choice is given by its index, a formula by its text. */
export interface Slip {
  readonly given: () => number | readonly number[] | string;
  readonly remark: Words;
}

export interface Exercise {
  /** Under which progress is kept: it does not change when texts do. */
  readonly name: string;
  readonly task: Words;
  readonly answer: Answer;
  readonly hints: readonly Words[];
  readonly solution: Words;
  readonly slips: readonly Slip[];
}

/** A number that stands in a text as it is, and how it is computed: a test compares the two. */
export interface Fact {
  readonly text: string;
  readonly value: () => number;
}

/** What a page of the site computes and asks; its text stands in `pages`. */
export interface Chapter {
  readonly name: string;
  readonly pieces: Readonly<Record<string, Piece>>;
  readonly exercises: readonly Exercise[];
  readonly facts: readonly Fact[];
}
