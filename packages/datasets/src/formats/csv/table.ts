import { csvError, csvRows } from './rows.ts';

/** A table with names for its columns; all fields are texts. */
export interface CsvTable {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The words for a field in an error: `iris.csv: row 3 (line 4), column width`; rows are counted from 1, without the header. */
  locate(row: number, column: string): string;
}

/**
 * The table in a CSV text whose first row names the columns. Blanks around fields are no part of them.
 *
 * @throws CsvError when there is no header, two columns have one name or one has none, or a row has more or fewer fields than the
 *   header
 */
export function csvTable(text: string, delimiter: string, name: string): CsvTable {
  const [first, ...others] = csvRows(text, delimiter, name);
  if (!first) throw csvError(name, 'an empty file', 'a header that names the columns, and rows');
  const header = first.fields.map((field) => field.trim());
  const unnamed = header.indexOf('');
  if (unnamed >= 0)
    throw csvError(name, `column ${unnamed + 1} of the header without a name`, 'a name for each column');
  const twice = header.find((column, at) => header.indexOf(column) !== at);
  if (twice !== undefined) throw csvError(name, `two columns called ${twice}`, 'names that differ');
  const locate = (row: number, column: string): string =>
    `${name}: row ${row + 1} (line ${others[row].line}), column ${column}`;
  const rows = others.map(({ fields, line }, row) => {
    if (fields.length !== header.length) {
      throw csvError(
        `${name}: row ${row + 1} (line ${line})`,
        `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`,
        `${header.length}, as the header has`,
        'Mend the row, or pass the delimiter that the file has',
      );
    }
    return fields.map((field) => field.trim());
  });
  return { name, header, rows, locate };
}

/** A number written in the usual way, or `undefined`. */
export function numberOf(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** The different texts of a column: by their numbers where all are numbers, otherwise by code unit. */
export function categoriesOf(texts: readonly string[]): readonly string[] {
  const different = [...new Set(texts)];
  const numbers = new Map(different.map((text) => [text, numberOf(text)]));
  const byNumber = different.every((text) => numbers.get(text) !== undefined);
  return different.sort((one, other) => {
    if (byNumber) return (numbers.get(one) ?? 0) - (numbers.get(other) ?? 0) || (one < other ? -1 : 1);
    return one < other ? -1 : 1;
  });
}
