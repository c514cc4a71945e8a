import { formatShape } from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';
import type {
  ContributionDescription,
  NumbersDescription,
  PassedDescription,
  StepDescription,
} from '../description/description.ts';
import { deepestAttribute } from '../description/plainAttributes.ts';
import { asBoolean, asList, asObject, asText, asWhole, type Fields, field, orNull, wrong } from './checks.ts';
import { decodePlain } from './encoding.ts';
import { readNumbers } from './readNumbers.ts';

/**
 * One step, the `index`-th of `count`. What concerns several steps is checked by the caller.
 *
 * @throws ValueError naming the path of what is wrong
 */
export function readStep(value: unknown, path: string, index: number, count: number): StepDescription {
  const fields = asObject(value, path);
  const at = <Value>(name: string, read: (value: unknown, path: string) => Value): Value =>
    read(field(fields, name), `${path}.${name}`);
  if (at('index', asWhole) !== index)
    throw wrong(`${path}.index`, field(fields, 'index'), `${index}, its position in the list`);
  const result = at('value', readNumbers);
  return {
    index,
    operation: at('operation', asText),
    name: at('name', (value, path) => orNull(value, path, asText)),
    layer: at('layer', (value, path) => orNull(value, path, asText)),
    inputs: at('inputs', (value, path) => readInputs(value, path, index)),
    attributes: at('attributes', readAttributes),
    needsGradient: at('needsGradient', asBoolean),
    value: result,
    cotangent: at('cotangent', (value, path) => orNull(value, path, (value) => readCotangent(value, path, result))),
    contributions: at('contributions', (value, path) =>
      asList(value, path, (item, path) => readContribution(item, path, count)),
    ),
    passed: at('passed', (value, path) => asList(value, path, (item, path) => readPassed(item, path, index))),
  };
}

/** A cotangent, which has the shape and type of what it belongs to. */
function readCotangent(value: unknown, path: string, of: NumbersDescription): NumbersDescription {
  const cotangent = readNumbers(value, path);
  if (!sameShape(cotangent.shape, of.shape)) {
    throw wrong(`${path}.shape`, cotangent.shape, `${formatShape(of.shape)}, the shape of the value`);
  }
  if (cotangent.dtype !== of.dtype) throw wrong(`${path}.dtype`, cotangent.dtype, `${of.dtype}, the type of the value`);
  return cotangent;
}

function readInputs(value: unknown, path: string, index: number): Readonly<Record<string, number>> {
  const inputs = Object.entries(asObject(value, path));
  return Object.fromEntries(
    inputs.map(([name, from]) => [name, asWhole(from, `${path}.${name}`, index, `a step before ${index}`)]),
  );
}

function readAttributes(value: unknown, path: string): Fields {
  const fields = asObject(value, path);
  checkDepth(fields, path, 1);
  return asObject(decodePlain(fields), path);
}

/** A file may nest lists so deep that reading them would overflow the stack. */
function checkDepth(value: unknown, path: string, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > deepestAttribute) throw wrong(path, '…', `no more than ${deepestAttribute} levels`);
  for (const [name, item] of Object.entries(value)) checkDepth(item, `${path}.${name}`, depth + 1);
}

function readPassed(value: unknown, path: string, index: number): PassedDescription {
  const fields = asObject(value, path);
  return {
    input: asText(field(fields, 'input'), `${path}.input`),
    to: asWhole(field(fields, 'to'), `${path}.to`, index, `a step before ${index}`),
    cotangent: readNumbers(field(fields, 'cotangent'), `${path}.cotangent`),
  };
}

function readContribution(value: unknown, path: string, count: number): ContributionDescription {
  const fields = asObject(value, path);
  return {
    from: asWhole(field(fields, 'from'), `${path}.from`, count, 'the number of a step'),
    input: asText(field(fields, 'input'), `${path}.input`),
    cotangent: readNumbers(field(fields, 'cotangent'), `${path}.cotangent`),
  };
}
