import { einsum, type Tensor, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { keptOptions } from '../layers/layer.ts';
import { type CallRest, checkUnread } from '../layers/trainingMode.ts';
import { OperationJoin } from './operationJoin.ts';

export interface EinsumOptions {
  /** The letters of the axes of each input and of the output, the batch among them: `bij,bjk->bik`. */
  readonly equation: string;
}

const einsumOptions: OptionNames<EinsumOptions> = { equation: 'required' };

/**
 * Einstein's summation of the inputs: each letter is an axis, the first of each input the batch, and what does not stand behind
 * the arrow is summed over. `bqd,bkd->bqk` has the products of all queries with all keys. See `einsum`.
 *
 * @example
 * const [queries, keys] = [input([3, 4]), input([5, 4])];
 * const scores = join(new Einsum({ equation: 'bqd,bkd->bqk' }), [queries, keys]);
 */
export class Einsum extends OperationJoin {
  readonly type = 'Einsum';
  readonly kind = 'einsum';
  readonly options: EinsumOptions;

  /** @throws ValueError when the equation does not keep the batch in front */
  constructor(options: EinsumOptions, ...surplus: []) {
    checkSurplus('Einsum', surplus);
    super();
    this.options = keptOptions(checkOptions('Einsum', options, einsumOptions));
    const { equation } = this.options;
    const terms = String(equation).replace(/\s/g, '').split(/,|->/);
    const [batch] = terms[0];
    if (
      terms.length >= 2 &&
      /[A-Za-z]/.test(batch ?? '') &&
      terms.every((term) => term[0] === batch && isOnce(term, batch))
    )
      return;
    throw new ValueError({
      operation: 'Einsum',
      got: `the equation ${JSON.stringify(equation)}`,
      wanted: 'one letter for the batch, in front of each term and behind the arrow',
      remedy: "Write it out: `new Einsum({ equation: 'bij,bjk->bik' })`",
    });
  }

  /** @throws ShapeError when the inputs have other axes than the equation says, or a letter stands for two lengths */
  call(inputs: readonly Tensor[], ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    return einsum(this.options.equation, ...inputs);
  }
}

function isOnce(term: string, letter: string): boolean {
  return term.indexOf(letter, 1) < 0;
}
