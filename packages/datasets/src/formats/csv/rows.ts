import { CsvError } from '../../errors.ts';

/** A row of a table, and the line on which it begins. */
export interface CsvRow {
  readonly fields: readonly string[];
  readonly line: number;
}

/**
 * The rows of a CSV text: fields between delimiters, rows between line ends (LF, CRLF or CR). A field in quotes may have both in it,
 * and a quote written as two. Empty lines are passed over.
 *
 * Source: RFC 4180, Shafranovich, "Common format and MIME type for comma-separated values (CSV) files", 2005.
 *
 * @throws CsvError when a quote is not closed, or something stands beside one
 */
export function csvRows(text: string, delimiter: string, name: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let line = 1;
  let begun = 1;
  for (let at = 0; at <= text.length; ) {
    let field: string;
    if (text[at] === '"') {
      const quoted = quotedField(text, at, name, line);
      line += lineEndsIn(text, at, quoted.end);
      field = quoted.field;
      at = quoted.end;
      if (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') {
        throw csvError(
          `${name}: line ${line}`,
          `${JSON.stringify(text.slice(at, at + 20))} behind a closing quote`,
          'a delimiter, or the end of the line',
        );
      }
    } else {
      const start = at;
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') {
        if (text[at] === '"')
          throw csvError(
            `${name}: line ${line}`,
            'a quote in a field that does not begin with one',
            'the whole field in quotes',
          );
        at++;
      }
      field = text.slice(start, at);
    }
    fields.push(field);
    if (text[at] === delimiter) {
      at++;
      continue;
    }
    // The end of a row: of an empty line there is one empty field.
    if (fields.length > 1 || fields[0] !== '') rows.push({ fields, line: begun });
    fields = [];
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
    begun = ++line;
  }
  return rows;
}

/** The field whose opening quote stands at `start`, and where it ends. */
function quotedField(text: string, start: number, name: string, line: number): { field: string; end: number } {
  let from = start + 1;
  const parts: string[] = [];
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw csvError(`${name}: line ${line}`, 'a quote that is never closed', 'a closing quote');
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return { field: parts.join('"'), end: quote + 1 };
    from = quote + 2;
  }
}

/** How many lines end in a part of the text. */
function lineEndsIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) count++;
  }
  return count;
}

/** An error about a part of a CSV file. */
export function csvError(
  operation: string,
  got: string,
  wanted: string,
  remedy = 'Mend the file, or write it anew',
): CsvError {
  return new CsvError({ operation, got, wanted, remedy });
}
