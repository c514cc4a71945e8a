import type { DataType, NestedList } from '@tapegrad/core';
import type { LossForm } from './losses/loss.ts';

/** The forms in which a result can be had. */
export const formats = ['text', 'markdown', 'json', 'svg'] as const;
export type Format = (typeof formats)[number];

/** What the command line asks for, read and ready to be computed. */
export interface Request {
  readonly form: LossForm;
  /** By input name. */
  readonly inputs: Readonly<Record<string, NestedList>>;
  /** By option name; those that nobody gave hold the default of the loss. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The names of the inputs to differentiate by. */
  readonly by: readonly string[];
  readonly dtype: DataType;
  readonly format: Format;
  /** Whether the text tells the way back step by step. */
  readonly hasDerivation: boolean;
  /** The file to write to; without one, standard output. */
  readonly output: string | undefined;
}
