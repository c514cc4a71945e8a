import { type DataType, DataTypeError, type Parameter, type Tensor, ValueError } from '@tapegrad/core';
import { checkText } from '@tapegrad/core/authors';

/**
 * The parameter of that name among those of a model.
 *
 * @throws ValueError listing the names there are
 */
export function parameterNamed(type: string, parameters: readonly Parameter[], name: string): Parameter {
  checkText(`${type}.parameter`, 'the name', name, 'Take one such as `conv1.weight`');
  const found = parameters.find((parameter) => parameter.name === name);
  if (found) return found;
  throw new ValueError({
    operation: `${type}.parameter`,
    got: `the name '${name}'`,
    wanted: `one of ${parameters.map((parameter) => parameter.name).join(', ')}`,
    remedy: 'Take the name of a layer, as `summary(model)` prints it, and `.weight` or `.bias`',
  });
}

/** The error for an input of another type than the model's. */
export function otherType(operation: string, what: string, x: Tensor, dtype: DataType): DataTypeError {
  return new DataTypeError({
    operation,
    got: `${what} is ${x.dtype}, the model is ${dtype}`,
    wanted: 'inputs of the type of the model',
    remedy: `Give \`cast(x, '${dtype}')\`, or build the model with \`dtype: '${x.dtype}'\``,
  });
}

/**
 * The name of a model, after a look.
 *
 * @throws ValueError when it is empty or holds a point, which divides a name from those within it
 */
export function checkedName(operation: string, name: string | undefined): string | undefined {
  if (name === undefined) return name;
  checkText(operation, 'name', name, 'Name it by a word');
  if (/^[^.\s]+$/.test(name)) return name;
  throw new ValueError({
    operation,
    got: `the name ${JSON.stringify(name)}`,
    wanted: 'a word without points and spaces',
    remedy: "Take one such as 'encoder': a point divides it from the names of the layers, `encoder.conv1`",
  });
}
