import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { messagesOf } from '../../../../core/test/messages.ts';
import { type CsvLabels, type CsvTargets, readCsv } from './readCsv.ts';

const name = 'some.csv';

describe('readCsv reads', () => {
  test('numbers, classes and targets, by the names of their columns', () => {
    const text = 'width,species,height\n1.5,virginica,-2e3\n.5,setosa,7\n3.,virginica,+0\n';
    const flowers = readCsv(text, { name, labels: 'species', targets: ['height'] });
    expect(flowers.features).toEqual(['width']);
    expect([flowers.inputs.shape, [...flowers.inputs.data]]).toEqual([
      [3, 1],
      [1.5, 0.5, 3],
    ]);
    expect([flowers.classes, [...flowers.labels.data]]).toEqual([
      ['setosa', 'virginica'],
      [1, 0, 1],
    ]);
    expect([flowers.targets.shape, [...flowers.targets.data]]).toEqual([
      [3, 1],
      [-2000, 7, 0],
    ]);
    expectTypeOf(flowers).toExtend<CsvLabels & CsvTargets>();
  });

  test('inputs alone, and has no labels then, in types either', () => {
    const table = readCsv('a,b,c\n1,2,3\n4,5,6\n', { name, inputs: ['c', 'a'] });
    expect([table.features, [...table.inputs.data]]).toEqual([
      ['c', 'a'],
      [3, 1, 6, 4],
    ]);
    expect(table).not.toHaveProperty('labels');
    expectTypeOf(table).not.toHaveProperty('labels');
  });

  test('categories as one input each', () => {
    const { inputs, features } = readCsv('colour,x\nred,1\nblue,2\nred,3\n', { name, categories: ['colour'] });
    expect(features).toEqual(['colour=blue', 'colour=red', 'x']);
    expect([...inputs.data]).toEqual([0, 1, 1, 1, 0, 2, 0, 1, 3]);
  });

  test('classes that are numbers in the order of the numbers', () => {
    const { classes, labels } = readCsv('x,digit\n0,10\n0,9\n0,2\n', { name, labels: 'digit' });
    expect([classes, [...labels.data]]).toEqual([
      ['2', '9', '10'],
      [2, 1, 0],
    ]);
  });

  test('quotes, line ends of all kinds, a mark of the byte order, blanks and other delimiters', () => {
    const text = '\ufeff"a ""b"", c"; kind \r\n1;"one\nline"\r\n\r\n 2 ; two \r3;"one\nline"';
    for (const source of [text, new TextEncoder().encode(text)]) {
      const { features, inputs, classes, labels } = readCsv(source, { name, labels: 'kind', delimiter: ';' });
      expect(features).toEqual(['a "b", c']);
      expect([...inputs.data]).toEqual([1, 2, 3]);
      expect([classes, [...labels.data]]).toEqual([
        ['one\nline', 'two'],
        [0, 1, 0],
      ]);
    }
  });

  test('back what was written, whatever stands in it', () => {
    const field = fc.string().filter((text) => text.trim() === text && text !== '' && !text.includes('\ufeff'));
    const written = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.float({ noNaN: true, noDefaultInfinity: true }), field), { minLength: 1 }),
        (rows) => {
          const text = `x,kind\n${rows.map(([x, kind]) => `${x},${written(kind)}`).join('\n')}`;
          const { inputs, classes, labels } = readCsv(text, { name, labels: 'kind' });
          expect([...inputs.data].map((x) => x + 0)).toEqual(rows.map(([x]) => x + 0));
          expect(Array.from(labels.data, (label) => classes[label])).toEqual(rows.map(([, kind]) => kind));
        },
      ),
    );
  });
});

test('readCsv names row and column of what is wrong', () => {
  const many = Array.from({ length: 1001 }, (_, row) => `name${row}`).join('\n');
  expect(
    messagesOf({
      empty: () => readCsv('', { name }),
      'no number': () => readCsv('x,y\n1,2\n"3\n",abc\n', { name }),
      'nothing in a field': () => readCsv('x,y\n1,\n', { name }),
      'no category': () => readCsv('x,y\n1,\n', { name, labels: 'y' }),
      'hexadecimal numbers': () => readCsv('x\n0x10\n', { name }),
      infinity: () => readCsv('x\nInfinity\n', { name }),
      'a field too few': () => readCsv('x,y\n1,2\n\n3\n', { name }),
      'another delimiter': () => readCsv('x;y\n1;2\n', { name, delimiter: ';;' }),
      'no such column': () => readCsv('x,y\n1,2\n', { name, labels: 'z' }),
      'two of a name': () => readCsv('x,x\n1,2\n', { name }),
      'a column without a name': () => readCsv('x,\n1,2\n', { name }),
      'an open quote': () => readCsv('x,y\n1,"2\n', { name }),
      'a quote within': () => readCsv('x,y\n1,2"3\n', { name }),
      'letters behind a quote': () => readCsv('x,y\n1,"2"3\n', { name }),
      'no UTF-8': () => readCsv(Uint8Array.of(0x78, 0x0a, 0xff), { name }),
      'names as categories': () => readCsv(`x\n${many}`, { name, labels: 'x' }),
      'no text': () => readCsv(7 as never, { name }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a column without a name": "CsvError: some.csv: column 2 of the header without a name; wanted a name for each column. Mend the file, or write it anew.",
      "a field too few": "CsvError: some.csv: row 2 (line 4): 1 field; wanted 2, as the header has. Mend the row, or pass the delimiter that the file has.",
      "a quote within": "CsvError: some.csv: line 2: a quote in a field that does not begin with one; wanted the whole field in quotes. Mend the file, or write it anew.",
      "an open quote": "CsvError: some.csv: line 2: a quote that is never closed; wanted a closing quote. Mend the file, or write it anew.",
      "another delimiter": "ValueError: readCsv: delimiter is ";;"; wanted one letter, and no quote or line end. Leave it out for a comma, or pass ';' or '\\t'.",
      "empty": "CsvError: some.csv: an empty file; wanted a header that names the columns, and rows. Mend the file, or write it anew.",
      "hexadecimal numbers": "CsvError: some.csv: row 1 (line 2), column x: "0x10"; wanted a number. Mend it, take out the row, or name the column in \`categories\` or \`labels\` where it is no number.",
      "infinity": "CsvError: some.csv: row 1 (line 2), column x: "Infinity"; wanted a number. Mend it, take out the row, or name the column in \`categories\` or \`labels\` where it is no number.",
      "letters behind a quote": "CsvError: some.csv: line 2: "3\\n" behind a closing quote; wanted a delimiter, or the end of the line. Mend the file, or write it anew.",
      "names as categories": "CsvError: some.csv: column x: 1001 categories; wanted at most 1000. Leave out a column of names, and read one of numbers as inputs.",
      "no UTF-8": "CsvError: some.csv: bytes that are no UTF-8; wanted a text in UTF-8. Save it in UTF-8.",
      "no category": "CsvError: some.csv: row 1 (line 2), column y: an empty field; wanted a category. Mend it, or take out the row.",
      "no number": "CsvError: some.csv: row 2 (line 3), column y: "abc"; wanted a number. Mend it, take out the row, or name the column in \`categories\` or \`labels\` where it is no number.",
      "no such column": "CsvError: some.csv: no column called z; wanted one of x, y. Check the spelling.",
      "no text": "DataTypeError: readCsv: source is the number 7; wanted a text or a Uint8Array. Read the file first.",
      "nothing in a field": "CsvError: some.csv: row 1 (line 2), column y: an empty field; wanted a number. Mend it, take out the row, or name the column in \`categories\` or \`labels\` where it is no number.",
      "two of a name": "CsvError: some.csv: two columns called x; wanted names that differ. Mend the file, or write it anew.",
    }
  `);
});
