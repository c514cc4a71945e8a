import { detach, Tape, type Tensor } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { inUse } from '../layers/trainingMode.ts';
import { checkScorer, onTape, type Scorer } from './scores.ts';

/**
 * What each layer of a model gives for a batch, by the name of the layer, in the order in which they are called. Of a layer
 * that is called several times it is what came last. Batch normalisation and dropout behave as in use.
 *
 * @param x a batch, as the model takes it
 * @example
 * const model = new Sequential(
 *   [new Conv2d({ outChannels: 2, kernelSize: 3 }), new ReLU(), new Flatten(), new Dense({ outFeatures: 3 })],
 *   { inputShape: [1, 6, 6], random: new Random(1) },
 * );
 * const maps = featureMaps(model, zeros([2, 1, 6, 6]));
 * maps.get('relu1')?.shape // [2, 2, 4, 4]
 */
export function featureMaps(model: Scorer, x: Tensor, ...surplus: []): ReadonlyMap<string, Tensor> {
  checkSurplus('featureMaps', surplus);
  checkScorer('featureMaps', model, x);
  const tape = new Tape();
  return onTape(tape, () => {
    model.call(tape.constant(x), inUse);
    const outputs = new Map<string, Tensor>();
    for (const { layer, operation, output } of tape.steps) {
      if (layer === undefined || operation === 'parameter') continue;
      // Behind those that came before, also where the layer was called before.
      outputs.delete(layer);
      outputs.set(layer, output);
    }
    return new Map([...outputs].map(([name, output]) => [name, detach(output)] as const));
  });
}
