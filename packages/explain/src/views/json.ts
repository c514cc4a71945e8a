import { ValueError } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import type { NumbersDescription, StepDescription, TapeDescription } from '../description/description.ts';
import { asList, asObject, asWhole, field, orNull, wrong } from '../json/checks.ts';
import { checkWayBack } from '../json/checkWayBack.ts';
import { encodeNumber, encodePlain } from '../json/encoding.ts';
import { readStep } from '../json/readStep.ts';

const format = 'tapegrad-tape';
const version = 1;

/**
 * The description as JSON, without a loss: `fromJson` gives the same back. One step a line, so that two of them can be
 * compared with any tool.
 *
 * The numbers that JSON does not know are written as strings: "NaN", "Infinity", "-Infinity", "-0". Among the options of an
 * op, where strings may stand, a string that looks like one of these has an apostrophe in front: "'NaN".
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor(3, { dtype: 'float64' }), 'x'));
 * toJson(describeTape(tape, { output: y })).startsWith('{') // true
 */
export function toJson({ output, steps }: TapeDescription, ...surplus: []): string {
  checkSurplus('toJson', surplus);
  const rows = steps.map((step) => `\n${JSON.stringify(encodeStep(step))}`);
  const head = `"format":${JSON.stringify(format)},"version":${version},"output":${output}`;
  return `{${head},"steps":[${rows.join(',')}\n]}\n`;
}

/**
 * The description that {@link toJson} wrote. Everything is checked, so that what comes from elsewhere can be trusted
 * to be one: types, shapes, indices, and that what steps received is what others passed. Fields it does not know are left out.
 *
 * @example
 * using tape = new Tape();
 * const y = square(tape.watch(tensor(3, { dtype: 'float64' }), 'x'));
 * fromJson(toJson(describeTape(tape, { output: y }))).steps.length // 2
 * @throws ValueError when the text is not JSON, or naming the path of what is wrong: `steps[3].inputs.x is 7`
 */
export function fromJson(text: string, ...surplus: []): TapeDescription {
  checkSurplus('fromJson', surplus);
  const fields = asObject(parse(text), 'the file');
  const kind = field(fields, 'format');
  if (kind !== format) throw wrong('format', kind, `"${format}"`);
  if (field(fields, 'version') !== version) throw wrong('version', field(fields, 'version'), `${version}`);
  const items = asList(field(fields, 'steps'), 'steps', (item) => item);
  const steps = items.map((item, index) => readStep(item, `steps[${index}]`, index, items.length));
  const output = orNull(field(fields, 'output'), 'output', (value, path) =>
    asWhole(value, path, steps.length, 'the number of a step, or null'),
  );
  const description = { steps, output };
  checkWayBack(description);
  return description;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ValueError(
      { operation: 'fromJson', got: 'a text that is not JSON', wanted: 'JSON', remedy: 'Read what `toJson` wrote' },
      { cause },
    );
  }
}

function encodeStep({ value, cotangent, contributions, passed, attributes, ...rest }: StepDescription): object {
  return {
    ...rest,
    attributes: encodePlain(attributes),
    value: encodeNumbers(value),
    cotangent: cotangent && encodeNumbers(cotangent),
    contributions: contributions.map((part) => ({ ...part, cotangent: encodeNumbers(part.cotangent) })),
    passed: passed.map((part) => ({ ...part, cotangent: encodeNumbers(part.cotangent) })),
  };
}

function encodeNumbers(description: NumbersDescription): object {
  const { numbers, smallest, largest } = description;
  return {
    ...description,
    numbers: numbers.map(encodeNumber),
    smallest: smallest === null ? null : encodeNumber(smallest),
    largest: largest === null ? null : encodeNumber(largest),
  };
}
