import type { Selected } from './select.ts';

/** A part of a dataset whose name says so, where the whole has a name. */
export function named<Data extends object>(part: Selected<Data>, whole: Data, title: string): Selected<Data> {
  const { name } = whole as { readonly name?: unknown };
  return typeof name === 'string' && part !== null ? ({ ...part, name: `${name}, ${title}` } as Selected<Data>) : part;
}
