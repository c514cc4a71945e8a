import { ValueError } from '../errors.ts';
import { kindOf } from '../kinds.ts';
import { nearestName } from './nearestName.ts';

/**
 * Whether something is an object of options: made by `{ … }`, or an object of any class that has properties. An array, a
 * tensor or an ndarray is none, nor is an object whose properties nobody can see, as a date.
 */
export function isOptionsObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  if (isCollection(value)) return false;
  for (const _ in value) return true;
  return false;
}

/**
 * Whether it has many values and no names: arrays, ndarrays, tensors, maps and sets, which all know their size; or is random
 * numbers or an optimiser, whose state is nothing to choose.
 */
function isCollection(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || ArrayBuffer.isView(value) || 'size' in prototype || 'state' in prototype;
}

/** An option that the function does not have. */
export function unknownOption(operation: string, name: string, names: readonly string[]): ValueError {
  const nearest = nearestName(name, names);
  return new ValueError({
    operation,
    got: `an option called ${name}`,
    wanted: names.join(', ') || 'no options',
    remedy: nearest ? `Perhaps ${nearest} is meant` : 'Leave it out',
  });
}

/** An option that has no default and was not given. */
export function missingOption(operation: string, name: string): ValueError {
  return new ValueError({ operation, got: `${name} is missing`, wanted: `{ ${name}: … }`, remedy: `Give ${name}` });
}

/** A number or a truth value that came as a text. */
export function quotedOption(operation: string, name: string, text: string): ValueError {
  const meant = text
    .trim()
    .replace(/^(yes|on)$/i, 'true')
    .replace(/^(no|off)$/i, 'false');
  return new ValueError({
    operation,
    got: `${name} is the text '${text}'`,
    wanted: 'a number or a truth value',
    remedy: `Leave out the quotes: \`${meant}\``,
  });
}

/** An argument behind the last one. */
export function surplusArgument(operation: string, value: unknown): ValueError {
  const [option] = isOptionsObject(value) ? Object.keys(value as object) : [];
  return new ValueError({
    operation,
    got: option ? `an option called ${option}` : `one argument too many, ${kindOf(value)}`,
    wanted: 'no argument there',
    // `torch.add` and `torch.sub` take it.
    remedy: option === 'alpha' ? 'Multiply first, as in `add(x, multiply(y, alpha))`' : 'Leave it out',
  });
}

/** Something else where options are wanted. */
export function noOptions(operation: string, value: unknown, names: readonly string[]): ValueError {
  const [first] = names;
  return new ValueError({
    operation,
    got: kindOf(value),
    wanted: first ? `options by name, as in { ${first}: … }` : 'no options',
    remedy: first ? `Choose from ${names.join(', ')}` : 'Leave it out',
  });
}
