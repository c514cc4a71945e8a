import type { NestedList, Tensor } from '@tapegrad/core';
import type { OptionForm } from './options.ts';

/** One operand of a loss, as the command line asks for it. */
export interface InputForm {
  readonly description: string;
  /** What it is when nobody gives it, written as on the command line. */
  readonly example: string;
  /** A second name: `p` beside `of`. */
  readonly alias?: string;
  /** With 1, a single number is a row of one. Default: 0. */
  readonly leastRank?: 0 | 1;
  /**
   * What the numbers are. `classes` are indices, which have no gradient. `classesOrProbabilities` are probabilities where
   * they have the shape of the first input, else indices. Default: `numbers`.
   */
  readonly holds?: 'numbers' | 'classes' | 'classesOrProbabilities';
  /** Whether the loss is differentiated by it when nobody says otherwise. Default: true. */
  readonly isWatched?: boolean;
}

/** The values that a record of option forms reads. */
export type OptionValues<Forms> = {
  readonly [Name in keyof Forms]: Forms[Name] extends OptionForm<infer Value> ? Value : never;
};

/** What a derivative may depend on beside the numbers. */
export interface AskedFor {
  readonly inputs: Readonly<Record<string, NestedList>>;
  readonly options: Readonly<Record<string, unknown>>;
}

/** All there is to know of a loss: what the command line shows, asks for and computes. */
export interface LossForm {
  /** The subcommand: `smooth-l1`. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** The function of `@tapegrad/nn` that computes it: `smoothL1Loss`. */
  readonly computedBy: string;
  readonly title: string;
  /** Lines of plain signs, the loss and what its letters mean. */
  readonly formula: string;
  /** Its derivative by the inputs that are watched when nobody says otherwise. */
  readonly gradient: string;
  /** The same for what was asked for, where options change it; without it, `gradient` always holds. */
  readonly gradientFor?: (asked: AskedFor) => string;
  readonly inputs: Readonly<Record<string, InputForm>>;
  readonly options: Readonly<Record<string, OptionForm<unknown>>>;
  /** The loss of inputs on a tape; one number, or one for each element or row. */
  readonly compute: (inputs: Readonly<Record<string, Tensor>>, options: Readonly<Record<string, unknown>>) => Tensor;
}

interface Described<Inputs extends Record<string, InputForm>, Options extends Record<string, OptionForm<unknown>>>
  extends Omit<LossForm, 'aliases' | 'inputs' | 'options' | 'compute'> {
  readonly aliases?: readonly string[];
  readonly inputs: Inputs;
  readonly options: Options;
  readonly compute: (inputs: Readonly<Record<keyof Inputs, Tensor>>, options: OptionValues<Options>) => Tensor;
}

/** Describes a loss; `compute` gets its inputs and options by the names they are described under. */
export function lossForm<
  const Inputs extends Record<string, InputForm>,
  const Options extends Record<string, OptionForm<unknown>>,
>(described: Described<Inputs, Options>): LossForm {
  return {
    aliases: [],
    ...described,
    // The command line reads each option by its own form, so the values are of the types that the forms promise.
    compute: (inputs, options) =>
      described.compute(inputs as Record<keyof Inputs, Tensor>, options as OptionValues<Options>),
  };
}
