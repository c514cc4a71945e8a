import type { Parameter } from '@tapegrad/core';
import { checkHas, checkSurplus } from '@tapegrad/core/authors';

/** A model, a layer, or anything else that has parameters. */
export interface HasParameters {
  readonly parameters: readonly Parameter[];
}

/**
 * Keeps the parameters of a model, or of a part of one, as they are: tapes compute no gradients for them, and optimisers leave
 * them alone, until they are thawed. What layers keep besides, such as the running statistics of a batch normalisation, goes
 * on with each call for training.
 *
 * @throws DataTypeError when it has no parameters to speak of
 * @example
 * const layers = [new Dense({ outFeatures: 4 }), new ReLU(), new Dense({ outFeatures: 2 })];
 * const model = new Sequential(layers, { inputShape: [3], random: new Random(1) });
 * freeze(model.slice(0, -1)); // all but the last layer
 * model.parameters.map(({ trainable }) => trainable) // [false, false, true, true]
 */
export function freeze(part: HasParameters, ...surplus: []): void {
  checkSurplus('freeze', surplus);
  setTrainable('freeze', part, false);
}

/**
 * Lets the parameters of a model, or of a part of one, learn again.
 *
 * @example
 * const model = new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(1) });
 * freeze(model);
 * thaw(model);
 * model.parameters.map(({ trainable }) => trainable) // [true, true]
 * @throws DataTypeError when it has no parameters to speak of
 */
export function thaw(part: HasParameters, ...surplus: []): void {
  checkSurplus('thaw', surplus);
  setTrainable('thaw', part, true);
}

function setTrainable(operation: string, part: HasParameters, trainable: boolean): void {
  checkHas(operation, 'the part', part, ['parameters'], {
    wanted: 'a model or a layer',
    remedy: 'Give it whole: `freeze(model.slice(0, -1))`',
  });
  for (const parameter of part.parameters) parameter.trainable = trainable;
}
