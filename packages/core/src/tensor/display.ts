import { TapegradError } from '../errors.ts';
import type { DataType, FloatArray } from '../kernels/dtype.ts';
import { formatShape, type Shape, sizeOf } from './shape.ts';

/** Up to so many numbers are shown; of more, the first and the last few of each axis. */
const mostShown = 100;
const edge = 3;

/** What `console.log` calls to show an object, in Node and Bun, and in Deno. */
export const inspectNode = Symbol.for('nodejs.util.inspect.custom');
export const inspectDeno = Symbol.for('Deno.customInspect');

/** What is read of a tensor to show it. */
interface Shown {
  readonly dtype: DataType;
  readonly shape: Shape;
  readonly size: number;
  readonly tape: { readonly ended: boolean } | null;
  toFlatArray(): FloatArray;
}

/** `float32 [3] [0.5,1,2]`, or why there are no numbers. */
export function textOf(x: Shown): string {
  const numbers = (): string => (x.size > mostShown ? `of ${x.size} numbers` : JSON.stringify(x).replaceAll('"', ''));
  return `${typeOf(x)} ${numbersOf(x, numbers)}`;
}

/** The same with a row of the last axis on a line. */
export function displayed(x: Shown): string {
  const text = numbersOf(x, () => displayNumbers(x.toFlatArray(), x.shape));
  return `${typeOf(x)}${text.includes('\n') ? '\n' : ' '}${text}`;
}

const typeOf = ({ dtype, shape }: Shown): string => `${dtype} ${formatShape(shape)}`;

const numbersOf = (x: Shown, show: () => string): string =>
  displaySafely(() => (x.tape?.ended ? '(its tape has ended)' : show()));

/**
 * The numbers as lists within lists, a row of the last axis on a line, in as few digits as tell them from their
 * neighbours: `[[0.1, 2], [3, 4]]` over two lines. Of more than a hundred, the first and last three along each axis.
 */
function displayNumbers(flat: FloatArray, shape: Shape): string {
  const cut = sizeOf(shape) > mostShown;
  const show = (axis: number, start: number, size: number): string => {
    if (axis === shape.length) return displayNumber(flat[start], flat instanceof Float32Array);
    const length = shape[axis];
    const part = length === 0 ? 0 : size / length;
    const parts: string[] = [];
    for (let index = 0; index < length; index++) {
      if (cut && index === edge && length > 2 * edge) {
        parts.push('…');
        index = length - edge;
      }
      parts.push(show(axis + 1, start + index * part, part));
    }
    const isRow = axis === shape.length - 1;
    return `[${parts.join(isRow ? ', ' : `,\n${' '.repeat(axis + 1)}`)}]`;
  };
  return show(0, 0, sizeOf(shape));
}

/** A number in as few digits as tell it from its neighbours of the same type; -0 as such. */
function displayNumber(number: number, isFloat32: boolean): string {
  if (Object.is(number, -0)) return '-0';
  if (!isFloat32 || !Number.isFinite(number)) return String(number);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(number.toPrecision(digits));
    if (Math.fround(short) === number) return String(short);
  }
  return String(Number(number.toPrecision(9)));
}

/** A number as JSON can hold it: NaN and the infinities, for which JSON has no sign, by their names. */
export function jsonNumber(number: number): number | string {
  return Number.isFinite(number) ? number : String(number);
}

/**
 * The text of `show`, or where it fails, why it did: a view of something for people must not throw an error of its own.
 */
export function displaySafely(show: () => string): string {
  try {
    return show();
  } catch (error) {
    return `(${error instanceof TapegradError ? error.got : error})`;
  }
}
