import { type DataType, type NestedList, Tensor } from '@tapegrad/core';
import type { Span } from '../syntax/tree.ts';

/**
 * What a part of an expression gives: numbers, texts and truth values as they are written, tensors, lists of all of these, and what
 * functions give: objects of named results, and indices.
 */
export type Value = number | string | boolean | null | Tensor | readonly Value[] | object;

/** What an expression is evaluated with. */
export interface Scope {
  /** The text, for messages. */
  readonly text: string;
  /** The values of the names. */
  readonly values: ReadonlyMap<string, Tensor>;
  /** The type of all numbers that are written in it. */
  readonly dtype: DataType;
  /** Brings numbers that are written in the text to where the values are. */
  readonly constant: (x: Tensor) => Tensor;
  /** Called with all that a function gives, to say where it is too much. */
  readonly check: (result: unknown, span: Span) => void;
}

/** Whether a value is a list, or lists within lists, of written numbers alone. */
export function isNumbers(value: Value): value is NestedList {
  return typeof value === 'number' || (Array.isArray(value) && value.every(isNumbers));
}

/** Whether numbers stand in a value: a number, a tensor, or a list of them. */
export function isNumeric(value: Value): value is Tensor | NestedList | readonly Value[] {
  return typeof value === 'number' || value instanceof Tensor || (Array.isArray(value) && value.every(isNumeric));
}
