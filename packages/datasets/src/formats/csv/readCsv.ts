import { ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, ndarrayOf, type OptionNames, wrongKind } from '@tapegrad/core/authors';
import type { NdArray } from 'ndarray';
import { csvError } from './rows.ts';
import { type CsvTable, categoriesOf, csvTable, numberOf } from './table.ts';

/** Which columns of a table are what. */
export interface ReadCsvOptions {
  /** The file's name, for the messages of errors; also the dataset's. */
  readonly name: string;
  /** The column that says to which class a row belongs. */
  readonly labels?: string;
  /** The columns with the numbers that are to be predicted. */
  readonly targets?: readonly string[];
  /** The columns to predict from, in this order. Default: all others. */
  readonly inputs?: readonly string[];
  /** Those of the inputs that hold categories, and not numbers: each category becomes an input of its own, 1 or 0. */
  readonly categories?: readonly string[];
  /** What stands between two fields: one letter. Default: a comma. */
  readonly delimiter?: string;
}

const readCsvOptions: OptionNames<ReadCsvOptions> = {
  name: 'required',
  labels: 'optional',
  targets: 'optional list',
  inputs: 'optional list',
  categories: 'optional list',
  delimiter: 'optional',
};

/** Rows of numbers. */
export interface CsvInputs {
  readonly name: string;
  /** Of shape [count, features]. */
  readonly inputs: NdArray<Float32Array>;
  /** What each of the features is: the name of its column, or `column=category`. */
  readonly features: readonly string[];
}

/** What `labels` adds: the number of each row's class, and what the classes are called. */
export interface CsvLabels {
  /** Of shape [count]. */
  readonly labels: NdArray<Int32Array>;
  readonly classes: readonly string[];
}

/** What `targets` adds. */
export interface CsvTargets {
  /** Of shape [count, columns]. */
  readonly targets: NdArray<Float32Array>;
}

/** The dataset in a table, by what was asked for. */
export type CsvDataset<Options> = CsvInputs &
  (Options extends { readonly labels: string } ? CsvLabels : unknown) &
  (Options extends { readonly targets: readonly string[] } ? CsvTargets : unknown);

/** More categories in one column than this are names, and no categories. */
const mostCategories = 1000;
/** The most numbers of a table. */
const mostNumbers = 2 ** 28;

/**
 * A dataset out of a CSV file whose first row names the columns (RFC 4180): numbers as float32 `inputs`, a column of categories as
 * `labels` with their `classes`, columns of numbers as `targets`. Classes and categories are numbered in the order of their numbers where
 * all are numbers, otherwise of their letters (by code unit).
 *
 * @param source the text, or its bytes in UTF-8
 * @example
 * const iris = readCsv('width,species\n1.5,setosa\n2,virginica\n', { name: 'iris.csv', labels: 'species' });
 * iris.classes // ["setosa", "virginica"]
 * @throws CsvError naming row and column, when a field is no number or empty, a row has too many or too few fields, a quote is
 *   not closed, a column is not there, or the file is no UTF-8
 * @throws ValueError when the delimiter is not one letter
 */
export function readCsv<const Options extends ReadCsvOptions>(
  source: string | Uint8Array,
  options: Options,
  ...surplus: []
): CsvDataset<Options> {
  checkSurplus('readCsv', surplus);
  const all: ReadCsvOptions = options;
  const given = checkOptions('readCsv', all, readCsvOptions);
  const { name, labels, targets, categories = [], delimiter = ',' } = given;
  if (typeof delimiter !== 'string' || delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
    throw new ValueError({
      operation: 'readCsv',
      got: `delimiter is ${JSON.stringify(delimiter)}`,
      wanted: 'one letter, and no quote or line end',
      remedy: "Leave it out for a comma, or pass ';' or '\\t'",
    });
  }
  const table = csvTable(textOf(source, name), delimiter, name);
  const others = table.header.filter((column) => column !== labels && !targets?.includes(column));
  const inputs = given.inputs ?? others;
  for (const column of [...inputs, ...categories, ...(targets ?? []), ...(labels === undefined ? [] : [labels])]) {
    if (table.header.includes(column)) continue;
    throw csvError(name, `no column called ${column}`, `one of ${table.header.join(', ')}`, 'Check the spelling');
  }
  const parts = inputs.map((column) =>
    categories.includes(column) ? oneHotColumn(table, column) : numberColumn(table, column),
  );
  const features = parts.flatMap((part) => part.features);
  const dataset = { name, inputs: sideBySide(name, parts, table.rows.length), features };
  const more = {
    ...(labels !== undefined && labelsOfColumn(table, labels)),
    ...(targets && {
      targets: sideBySide(
        name,
        targets.map((column) => numberColumn(table, column)),
        table.rows.length,
      ),
    }),
  };
  return { ...dataset, ...more } as unknown as CsvDataset<Options>;
}

function textOf(source: string | Uint8Array, name: string): string {
  // A mark of the byte order is no part of the first name.
  if (typeof source === 'string') return source.replace(/^\ufeff/, '');
  if (!(source instanceof Uint8Array)) {
    throw wrongKind('readCsv', 'source', source, { wanted: 'a text or a Uint8Array', remedy: 'Read the file first' });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(source);
  } catch {
    throw csvError(name, 'bytes that are no UTF-8', 'a text in UTF-8', 'Save it in UTF-8');
  }
}

/** Some features of all rows: number `at` of row r is values[r * features.length + at]. */
interface Part {
  readonly features: readonly string[];
  readonly values: Float32Array;
}

function numberColumn(table: CsvTable, column: string): Part {
  const at = table.header.indexOf(column);
  const values = Float32Array.from(table.rows, (fields, row) => {
    const value = numberOf(fields[at]);
    if (value !== undefined) return value;
    const got = fields[at] === '' ? 'an empty field' : JSON.stringify(fields[at].slice(0, 40));
    const remedy = 'Mend it, take out the row, or name the column in `categories` or `labels` where it is no number';
    throw csvError(table.locate(row, column), got, 'a number', remedy);
  });
  return { features: [column], values };
}

function oneHotColumn(table: CsvTable, column: string): Part {
  const { names, numbers } = categoryColumn(table, column);
  checkSize(table.name, names.length * numbers.length);
  const values = new Float32Array(names.length * numbers.length);
  for (const [row, number] of numbers.entries()) values[row * names.length + number] = 1;
  return { features: names.map((each) => `${column}=${each}`), values };
}

function labelsOfColumn(table: CsvTable, column: string): CsvLabels {
  const { names, numbers } = categoryColumn(table, column);
  return { labels: ndarrayOf(numbers, [numbers.length]), classes: names };
}

function categoryColumn(table: CsvTable, column: string): { names: readonly string[]; numbers: Int32Array } {
  const at = table.header.indexOf(column);
  const texts = table.rows.map((fields) => fields[at]);
  const empty = texts.indexOf('');
  if (empty >= 0)
    throw csvError(table.locate(empty, column), 'an empty field', 'a category', 'Mend it, or take out the row');
  const names = categoriesOf(texts);
  if (names.length > mostCategories) {
    throw csvError(
      `${table.name}: column ${column}`,
      `${names.length} categories`,
      `at most ${mostCategories}`,
      'Leave out a column of names, and read one of numbers as inputs',
    );
  }
  const numberOfName = new Map(names.map((each, number) => [each, number]));
  return { names, numbers: Int32Array.from(texts, (text) => numberOfName.get(text) ?? 0) };
}

function sideBySide(name: string, parts: readonly Part[], count: number): NdArray<Float32Array> {
  const width = parts.reduce((sum, { features }) => sum + features.length, 0);
  checkSize(name, count * width);
  const numbers = new Float32Array(count * width);
  let before = 0;
  for (const { features, values } of parts) {
    for (let row = 0; row < count; row++) {
      for (let at = 0; at < features.length; at++) {
        numbers[row * width + before + at] = values[row * features.length + at];
      }
    }
    before += features.length;
  }
  return ndarrayOf(numbers, [count, width]);
}

function checkSize(name: string, numbers: number): void {
  if (numbers <= mostNumbers) return;
  throw csvError(name, `a table of ${numbers} numbers`, `at most ${mostNumbers}`, 'Name fewer columns in `inputs`');
}
