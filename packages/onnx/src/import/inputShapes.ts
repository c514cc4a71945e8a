import { formatShape, type Shape } from '@tapegrad/core';
import { sizeOf, wrongKind } from '@tapegrad/core/authors';
import { OnnxError } from '../errors.ts';
import { elementName, elementTypes } from '../format/elements.ts';
import type { ValueInfoProto } from '../format/valueInfoProto.ts';
import { isRecord } from './externalData.ts';

/** Inputs of more numbers than that are no inputs of a small CNN. */
const largestInput = 2 ** 28;

/** The shape of one input, or of each of several by name, without the batch axis. */
export type GivenShapes = Shape | Readonly<Record<string, Shape>> | undefined;

/** The shapes of a model's inputs, and the length of the batch if the file fixes it. */
export interface InputShapes {
  /** Without the batch axis. */
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly batch: number | undefined;
}

/** @throws OnnxError when a shape is not said, is none, or holds more numbers than a CNN takes */
export function inputShapesOf(
  names: readonly string[],
  declared: readonly ValueInfoProto[],
  given: GivenShapes,
): InputShapes {
  const byName = shapesByName(names, given);
  const shapes = new Map<string, Shape>();
  let batch: number | undefined;
  for (const name of names) {
    const one = inputShapeOf(
      declared.find((input) => input.name === name),
      byName.get(name),
      names.length > 1 ? ` ${name.slice(0, 80)}` : '',
    );
    shapes.set(name, one.shape);
    batch ??= one.batch;
  }
  return { shapes, batch };
}

/**
 * Looks at what is given as shapes, before anything else does: of a text that is a number it would be said that it wants no
 * quotes, and without them it is no shape either.
 *
 * @throws DataTypeError when it is no list of numbers, and no object of these
 */
export function checkGivenShapes(given: unknown): void {
  if (given === undefined) return;
  if (isRecord(given)) {
    for (const [name, shape] of Object.entries(given)) checkGivenShape(`inputShape.${name.slice(0, 80)}`, shape);
  } else {
    checkGivenShape('inputShape', given, ', or of each by its name');
  }
}

function checkGivenShape(name: string, shape: unknown, others = ''): void {
  const advice = {
    wanted: `the shape of one input in a list, without the batch axis${others}`,
    remedy: 'For example `importOnnx(bytes, { inputShape: [3, 32, 32] })`',
  };
  if (!Array.isArray(shape)) throw wrongKind('importOnnx', name, shape, advice);
  // Also what a hole gives.
  for (const [at, length] of shape.entries()) {
    if (typeof length !== 'number') throw wrongKind('importOnnx', `${name}[${at}]`, length, advice);
  }
}

/** The shapes that were given, after a look at their names. */
function shapesByName(names: readonly string[], given: GivenShapes): ReadonlyMap<string, Shape> {
  if (given === undefined) return new Map();
  if (Array.isArray(given) && names.length === 1) return new Map([[names[0], given]]);
  const entries = Array.isArray(given) ? [] : Object.entries(given as Readonly<Record<string, Shape>>);
  const isNamed = !Array.isArray(given) && entries.every(([name]) => names.includes(name));
  if (isNamed) return new Map(entries);
  throw new OnnxError({
    operation: 'importOnnx',
    got: `inputShape ${Array.isArray(given) ? formatShape(given) : `for ${Object.keys(given).slice(0, 8).join(', ')}`}, for a model with the inputs ${names.slice(0, 8).join(', ')}`,
    wanted: 'a shape for each input by its name',
    remedy: `Say them by name: \`importOnnx(bytes, { inputShape: { ${names.slice(0, 4).join(': [3, 32, 32], ')}: [3, 32, 32] } })\``,
  });
}

/**
 * The shape of one input, and the length of the batch if the file fixes it.
 *
 * @param called its name as messages write it, where there are several
 */
function inputShapeOf(
  input: ValueInfoProto | undefined,
  given: Shape | undefined,
  called: string,
): { shape: Shape; batch: number | undefined } {
  const tensor = input?.type?.tensorType;
  const type = tensor?.elemType;
  const dim = tensor?.shape?.dim ?? [];
  const numeric: readonly (number | undefined)[] = Object.values(elementTypes);
  if (!numeric.includes(type)) {
    throw new OnnxError({
      operation: 'importOnnx',
      got: `an input${called} of ${elementName(type)}`,
      wanted: 'float, double, float16 or whole numbers',
      remedy: 'Export the model before it is quantised',
    });
  }
  const [first, ...rest] = dim.map(({ dimValue }) => dimValue);
  const shape = given ?? rest.map((length) => length ?? 0);
  const fits =
    given === undefined ||
    dim.length === 0 ||
    (given.length === rest.length && rest.every((length, at) => length === undefined || length === given[at]));
  const size = sizeOf(shape);
  const isShape = shape.length <= 8 && shape.every((length) => Number.isSafeInteger(length) && length >= 1);
  if (fits && isShape && size <= largestInput && (dim.length > 0 || given)) {
    return { shape, batch: first !== undefined && first >= 1 ? first : undefined };
  }
  const said = dim.slice(0, 8).map(({ dimValue, dimParam }) => dimValue ?? (dimParam.slice(0, 20) || '?'));
  throw new OnnxError({
    operation: 'importOnnx',
    got: `an input${called} of shape [${said.join(', ')}]${given ? `, and the inputShape ${formatShape(given)}` : ''}`,
    wanted: `lengths of at least 1 behind the batch axis, and at most ${largestInput} numbers`,
    remedy: 'Say the shape of one input: `importOnnx(bytes, { inputShape: [3, 32, 32] })`',
  });
}
