import { add, exp, multiply, record, sum, Tape, type Tensor, tensor, within } from '@tapegrad/core';
import * as fc from 'fast-check';
import { describeTape } from '../src/description/describeTape.ts';
import type { TapeDescription } from '../src/description/description.ts';

/** Any text, with quotes, brackets, line ends, halves of pairs and words that languages of graphs know, more often than not. */
export const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          '"',
          "'",
          '\\',
          '\n',
          '\r',
          '<b>',
          '</text>',
          ']]>',
          '&amp;',
          '#quot;',
          '[',
          ']',
          '{',
          '}',
          '|',
          '%%{',
          '`',
        ],
        ...['-->', ';', 'end', 'style a:b#c;', '\u0000', '\ud800', '\ufffe', '\u202e', '層', '🙂', ' ', '- ', '1. '],
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((parts) => parts.join('')),
);

/** What options may hold: data of all kinds, and here and there what is none. */
const options = fc.anything({
  maxDepth: 2,
  values: [fc.double(), fc.integer(), texts, fc.boolean(), fc.constantFrom(null, undefined, 'NaN', "'-0", '-Infinity')],
});

/** An op as somebody might write one: 2x, and a cotangent of 2g. */
function twice(operation: string, input: string, attributes: Readonly<Record<string, unknown>>, x: Tensor): Tensor {
  return record({
    operation,
    inputs: { [input]: x },
    attributes,
    shape: x.shape,
    value: (y) => y.set(x.read().map((number) => 2 * number)),
    vjps: { [input]: (g: Tensor) => multiply(g, 2) },
  });
}

interface Entry {
  readonly kind: 'leaf' | 'constant' | 'exp' | 'add' | 'multiply' | 'sum' | 'twice';
  readonly a: number;
  readonly b: number;
  readonly text: string;
  readonly input: string;
  readonly layer: string | null;
  readonly numbers: readonly [number, number];
  readonly attributes: Readonly<Record<string, unknown>>;
}

const entries: fc.Arbitrary<Entry> = fc.record({
  kind: fc.constantFrom('leaf', 'constant', 'exp', 'add', 'multiply', 'sum', 'twice'),
  a: fc.nat(),
  b: fc.nat(),
  text: texts,
  // Core cannot hold an input of this name; a file can, see json.test.ts.
  input: texts.filter((text) => text !== '__proto__'),
  layer: fc.oneof(fc.constant(null), fc.constantFrom('conv', 'dense'), texts),
  numbers: fc.tuple(fc.double(), fc.double()),
  attributes: fc.dictionary(texts, options, { maxKeys: 3 }),
});

/** Descriptions of tapes of any ops, names, layers, options and numbers; most of them with the way back from a step. */
export const descriptions = (maxLength = 12): fc.Arbitrary<TapeDescription> =>
  fc
    .tuple(fc.array(entries, { maxLength }), fc.boolean(), fc.constantFrom(1, 2, Infinity))
    .map(([entries, isBackward, limit]) => {
      using tape = new Tape();
      const made: Tensor[] = [tape.watch(tensor([1, 2], { dtype: 'float64' }), 'first')];
      for (const entry of entries) made.push(within(made[0], entry.layer ?? '', () => compute(tape, made, entry)));
      if (!isBackward) return withoutLayers(describeTape(tape, { limit }));
      const output = made.findLast((x) => tape.steps[tape.indexOf(x) ?? 0].needsGradient) ?? made[0];
      const cotangent = tensor(new Float64Array(output.size).fill(1), { shape: output.shape });
      return withoutLayers(describeTape(tape, { output, cotangent, limit }));
    });

function compute(tape: Tape, made: readonly Tensor[], entry: Entry): Tensor {
  const [a, b] = [made[entry.a % made.length], made[entry.b % made.length]];
  const numbers = tensor(Float64Array.from(entry.numbers), { shape: [2] });
  switch (entry.kind) {
    case 'leaf':
      return tape.watch(numbers, entry.text);
    case 'constant':
      return tape.constant(numbers, entry.text);
    case 'exp':
      return exp(a);
    case 'add':
      return add(a, b);
    case 'multiply':
      return multiply(a, b);
    case 'sum':
      return sum(a);
    case 'twice':
      return twice(entry.text, entry.input, entry.attributes, a);
  }
}

/** Where there is no layer, `within` was called with an empty name. */
function withoutLayers(description: TapeDescription): TapeDescription {
  return { ...description, steps: description.steps.map((step) => ({ ...step, layer: step.layer || null })) };
}
