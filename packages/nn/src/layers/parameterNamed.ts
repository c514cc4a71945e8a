import { type Parameter, ValueError } from '@tapegrad/core';

/**
 * The parameter of that name among those of a model.
 *
 * @throws ValueError listing the names there are
 */
export function parameterNamed(type: string, parameters: readonly Parameter[], name: string): Parameter {
  const found = parameters.find((parameter) => parameter.name === name);
  if (found) return found;
  throw new ValueError({
    operation: `${type}.parameter`,
    got: `the name '${name}'`,
    wanted: `one of ${parameters.map((parameter) => parameter.name).join(', ')}`,
    remedy: 'Take the name of a layer, as `summary(model)` prints it, and `.weight` or `.bias`',
  });
}
