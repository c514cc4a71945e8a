import { DataTypeError, ValueError } from './errors.ts';

/**
 * What something is, in the words of a message: `undefined`, `the number 3`, `a list of 2`, `a Float32Array of 4`,
 * `an ndarray of shape [2, 2]`, `a tensor of shape [2, 2]`, `a Map`.
 */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'string') return `the text ${shortened(value)}`;
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function';
  if (typeof value !== 'object') return `${String(value)}, a ${typeof value}`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const name = nameOfClass(value);
  if ('shape' in value && Array.isArray(value.shape)) {
    const shape = `of shape [${value.shape.join(', ')}]`;
    if ('stride' in value && 'offset' in value) return `an ndarray ${shape}`;
    if ('dtype' in value) return `${name === 'Parameter' ? 'a parameter' : 'a tensor'} ${shape}`;
  }
  if (ArrayBuffer.isView(value) && 'length' in value) return withArticle(`${name} of ${value.length}`);
  return name === 'Object' ? 'an object' : withArticle(name);
}

/** Something as JSON writes it, for a message: also where there is a bigint in it, of which JSON knows nothing. */
export function inJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
}

/** Throws a DataTypeError in the name of `operation`: the argument `name` is of a kind that it does not take. */
export function wrongKind(
  operation: string,
  name: string,
  value: unknown,
  { wanted, remedy }: { readonly wanted: string; readonly remedy: string },
): DataTypeError {
  return new DataTypeError({ operation, got: `${name} is ${kindOf(value)}`, wanted, remedy });
}

/** Throws a DataTypeError unless `value` is a function. */
export function checkFunction(operation: string, name: string, value: unknown, remedy: string): void {
  if (typeof value !== 'function') throw wrongKind(operation, name, value, { wanted: 'a function', remedy });
}

/** Throws a DataTypeError unless `value` is a list. */
export function checkList(
  operation: string,
  name: string,
  value: unknown,
  advice: { readonly wanted: string; readonly remedy: string },
): void {
  if (!Array.isArray(value)) throw wrongKind(operation, name, value, advice);
}

/** Throws a DataTypeError unless `value` is an object that has all of `members`: methods, or fields that are there. */
export function checkHas(
  operation: string,
  name: string,
  value: unknown,
  members: readonly string[],
  advice: { readonly wanted: string; readonly remedy: string },
): void {
  const isObject = typeof value === 'object' && value !== null;
  if (isObject && members.every((member) => (value as Readonly<Record<string, unknown>>)[member] !== undefined)) return;
  throw wrongKind(operation, name, value, advice);
}

/** Throws a DataTypeError unless `value` is a Uint8Array, as file contents come. */
export function checkBytes(operation: string, value: unknown): void {
  if (value instanceof Uint8Array) return;
  throw wrongKind(operation, 'bytes', value, {
    wanted: 'a Uint8Array',
    remedy: 'Read the file first, for example with `await readFile(path)`, or wrap a buffer: `new Uint8Array(buffer)`',
  });
}

/** Throws a ValueError unless `value` is a text. */
export function checkText(operation: string, name: string, value: unknown, remedy: string): void {
  if (typeof value === 'string') return;
  throw new ValueError({ operation, got: `${name} is ${kindOf(value)}`, wanted: 'a text', remedy });
}

function shortened(text: string): string {
  return text.length > 40 ? `'${text.slice(0, 40)}…'` : `'${text}'`;
}

function nameOfClass(value: object): string {
  const made: unknown = value.constructor;
  return typeof made === 'function' && made.name ? made.name : 'Object';
}

function withArticle(noun: string): string {
  return `${/^[AEIO]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
