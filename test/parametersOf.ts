/** A function, or a class. */
export type Callable = (...given: unknown[]) => unknown;

/** The parameters of a function, or of the constructor of a class or of the class that it extends, as they are written. */
export function parametersOf(callable: Callable): readonly string[] {
  const source = String(callable);
  const isClass = source.startsWith('class');
  const start = isClass ? /\n\s*constructor\s*\(/.exec(source) : /\(/.exec(source);
  if (isClass && !start) {
    const parent = Object.getPrototypeOf(callable) as Callable;
    return parent === Function.prototype ? [] : parametersOf(parent);
  }
  return start ? listed(source, start.index + start[0].length) : [];
}

/** What stands between commas from an opening bracket on to the closing one. */
function listed(source: string, from: number): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of source.slice(from)) {
    if (depth === 0 && letter === ')') break;
    if ('([{'.includes(letter)) depth++;
    if (')]}'.includes(letter)) depth--;
    if (depth === 0 && letter === ',') parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
