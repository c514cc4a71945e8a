import type { DataType } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import type { NumbersDescription } from '../description/description.ts';
import { asList, asNumber, asObject, asText, asWhole, field, orNull, wrong } from './checks.ts';

/**
 * The numbers of a tensor, which must agree with each other.
 *
 * @throws ValueError naming the path of what is wrong
 */
export function readNumbers(value: unknown, path: string): NumbersDescription {
  const fields = asObject(value, path);
  const shape = asList(field(fields, 'shape'), `${path}.shape`, asWhole);
  const size = asWhole(field(fields, 'size'), `${path}.size`);
  const product = sizeOf(shape);
  if (size !== product) throw wrong(`${path}.size`, size, `${product}, the product of the shape`);
  const numbers = asList(field(fields, 'numbers'), `${path}.numbers`, asNumber);
  if (numbers.length > size || (numbers.length === 0 && size > 0)) {
    throw wrong(`the length of ${path}.numbers`, numbers.length, size > 0 ? `from 1 to ${size}` : '0');
  }
  const dtype = readDataType(field(fields, 'dtype'), `${path}.dtype`);
  return { shape, dtype, size, numbers, ...readRange(fields, path, size) };
}

function readRange(
  fields: Readonly<Record<string, unknown>>,
  path: string,
  size: number,
): Pick<NumbersDescription, 'smallest' | 'largest'> {
  const [smallest, largest] = ['smallest', 'largest'].map((name) => {
    const number = orNull(field(fields, name), `${path}.${name}`, asNumber);
    if ((number === null) !== (size === 0)) {
      throw wrong(`${path}.${name}`, number, size === 0 ? 'null, where there are no numbers' : 'a number');
    }
    return number;
  });
  return { smallest, largest };
}

function readDataType(value: unknown, path: string): DataType {
  const text = asText(value, path);
  if (text !== 'float32' && text !== 'float64') throw wrong(path, text, '"float32" or "float64"');
  return text;
}
