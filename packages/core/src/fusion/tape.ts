import { fusionIsOn } from '../engine/machine.ts';
import { checkSurplus } from '../options/index.ts';
import { noPatterns } from '../tape/pattern.ts';
import { PlainTape } from '../tape/plainTape.ts';
import { patterns } from './index.ts';

/**
 * A tape records the ops that lead to a loss, and walks back from it to the gradients.
 *
 * It owns all memory that the step needs and gives it back at the end of its `using` block, or by `release()`. Ops that are
 * faster together than one after the other are computed together, unless `configureEngine({ fusion: false })` says not to.
 *
 * @example
 * using tape = new Tape();
 * const x = tape.watch(tensor([1, 2, 3]));
 * tape.gradients(sum(square(x))).get(x) // [2, 4, 6]
 */
export class Tape extends PlainTape {
  constructor(...surplus: []) {
    checkSurplus('Tape', surplus);
    super(fusionIsOn() ? patterns : noPatterns);
  }
}
