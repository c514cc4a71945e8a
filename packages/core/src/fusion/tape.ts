import { fusionIsOn } from '../engine/machine.ts';
import { noPatterns } from '../tape/pattern.ts';
import { Tape as PlainTape } from '../tape/tape.ts';
import { patterns } from './index.ts';

/**
 * A tape listens while a loss is computed, and walks back from it to the gradients.
 *
 * @example
 * using tape = new Tape();
 * const loss = softmaxCrossEntropy(model.call(tape.constant(images)), labels);
 * optimiser.step(tape.gradients(loss));
 *
 * It owns all memory that the step needs and gives it back at the end of its `using` block, or by `release()`. Ops that are
 * faster together than one after the other are computed together, unless `configureEngine({ fusion: false })` says not to.
 */
export class Tape extends PlainTape {
  constructor() {
    super(fusionIsOn() ? patterns : noPatterns);
  }
}
