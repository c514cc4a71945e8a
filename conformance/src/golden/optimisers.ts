import { Parameter, type Tensor, tensor } from '@tapegrad/core';
import {
  Adagrad,
  type AdagradSettings,
  Adam,
  type AdamSettings,
  AdamW,
  clipGradientNorm,
  type GradientSource,
  RMSProp,
  type RMSPropSettings,
  SGD,
  type SGDSettings,
} from '@tapegrad/nn';
import { Attributes } from '../attributes.ts';
import type { Arguments } from '../numeric/arguments.ts';
import type { NumericOp, Outputs } from '../numeric/numericCase.ts';
import { MalformedCase } from '../outcome.ts';
import { isRecord, isWholeList } from '../unknown.ts';
import { sourceOf } from './clipping.ts';

/** Optimisers that are fed recorded gradients, step by step. */
export const optimisers: Readonly<Record<string, NumericOp>> = {
  sgd: (inputs) => {
    const settings = { learningRate: 0.1, ...readSGD(inputs.attributes) };
    return steps(inputs, readSGD, (groups) => new SGD(groups, settings));
  },
  adam: (inputs) => {
    const settings = readAdam(inputs.attributes);
    return steps(inputs, readAdam, (groups) => new Adam(groups, settings));
  },
  adamw: (inputs) => {
    const settings = readAdam(inputs.attributes);
    return steps(inputs, readAdam, (groups) => new AdamW(groups, settings));
  },
  rmsprop: (inputs) => {
    const settings = readRMSProp(inputs.attributes);
    return steps(inputs, readRMSProp, (groups) => new RMSProp(groups, settings));
  },
  adagrad: (inputs) => {
    const settings = readAdagrad(inputs.attributes);
    return steps(inputs, readAdagrad, (groups) => new Adagrad(groups, settings));
  },
};

/** The settings of SGD that are set, under the names of tapegrad. */
export function readSGD(attributes: Attributes): Partial<SGDSettings> {
  return withoutUnset({
    learningRate: attributes.number('lr'),
    momentum: attributes.number('momentum'),
    dampening: attributes.number('dampening'),
    weightDecay: attributes.number('weight_decay'),
    nesterov: attributes.has('nesterov') ? attributes.flag('nesterov') : undefined,
  });
}

/** The settings of Adam that are set, under the names of tapegrad. */
export function readAdam(attributes: Attributes): Partial<AdamSettings> {
  const betas = attributes.numbers('betas');
  return withoutUnset({
    learningRate: attributes.number('lr'),
    betas: betas && ([betas[0], betas[1]] as const),
    epsilon: attributes.number('eps'),
    weightDecay: attributes.number('weight_decay'),
    amsgrad: attributes.has('amsgrad') ? attributes.flag('amsgrad') : undefined,
  });
}

/** The settings of RMSProp that are set, under the names of tapegrad. */
export function readRMSProp(attributes: Attributes): Partial<RMSPropSettings> {
  return withoutUnset({
    learningRate: attributes.number('lr'),
    alpha: attributes.number('alpha'),
    epsilon: attributes.number('eps'),
    weightDecay: attributes.number('weight_decay'),
    momentum: attributes.number('momentum'),
    centred: attributes.has('centered') ? attributes.flag('centered') : undefined,
  });
}

/** The settings of Adagrad that are set, under the names of tapegrad. */
export function readAdagrad(attributes: Attributes): Partial<AdagradSettings> {
  return withoutUnset({
    learningRate: attributes.number('lr'),
    learningRateDecay: attributes.number('lr_decay'),
    weightDecay: attributes.number('weight_decay'),
    initialAccumulator: attributes.number('initial_accumulator_value'),
    epsilon: attributes.number('eps'),
  });
}

function withoutUnset<Settings extends object>(settings: Settings): Partial<Settings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<Settings>;
}

/** An optimiser of any kind, as far as this file goes. */
interface Steps {
  step(gradients: GradientSource): void;
}

type GroupOf<Settings> = { readonly parameters: readonly Parameter[] } & Partial<Settings>;

/** Steps through the recorded gradients and returns each parameter after every step. */
function steps<Settings>(
  inputs: Arguments,
  readSettings: (attributes: Attributes) => Partial<Settings>,
  make: (groups: readonly GroupOf<Settings>[]) => Steps,
): Outputs {
  const parameters = inputs.numbered('p').map((initial, index) => new Parameter(`p${index}`, initial));
  const recorded = parameters.map((_, index) => inputs.numbers(`g${index}`));
  if (parameters.length === 0) throw new MalformedCase('an optimiser without the parameter p0');
  const overrides = inputs.attributes.record('groups');
  const optimiser = make(
    parameters.map((parameter) => {
      const own = overrides[parameter.name];
      const settings: Partial<Settings> = isRecord(own) ? readGroup(own, readSettings) : {};
      return { parameters: [parameter], ...settings };
    }),
  );
  const skipped = readSkips(inputs.attributes);
  for (const name of [...Object.keys(overrides), ...skipped.keys()]) {
    if (!parameters.some((parameter) => parameter.name === name))
      throw new MalformedCase(`there is no parameter ${name}`);
  }
  const maxNorm = inputs.attributes.number('clip_grad_norm');
  const count = recorded[0].shape[0];
  const after: number[][] = parameters.map(() => []);
  for (let step = 0; step < count; step++) {
    const gradients = new Map<Tensor, Tensor>();
    parameters.forEach((parameter, index) => {
      if (skipped.get(parameter.name)?.includes(step)) return;
      const { numbers } = recorded[index];
      const own = Array.from({ length: parameter.size }, (_, i) => numbers[step * parameter.size + i]);
      gradients.set(parameter, tensor(own, { shape: parameter.shape, dtype: inputs.precision }));
    });
    // Where no parameter has a gradient there is nothing to do, and asking for it is an error in tapegrad.
    if (gradients.size > 0) {
      const source = sourceOf(gradients);
      optimiser.step(maxNorm === undefined ? source : clipGradientNorm(source, parameters, { maxNorm }).gradients);
    }
    parameters.forEach((parameter, index) => {
      after[index].push(...parameter.toFlatArray());
    });
  }
  return Object.fromEntries(
    parameters.map((parameter, index) => [
      parameter.name,
      { shape: [count, ...parameter.shape], numbers: after[index] },
    ]),
  );
}

function readGroup<Settings>(
  own: Readonly<Record<string, unknown>>,
  readSettings: (attributes: Attributes) => Partial<Settings>,
): Partial<Settings> {
  const attributes = new Attributes(own);
  const settings = readSettings(attributes);
  attributes.checkAllRead();
  return settings;
}

function readSkips(attributes: Attributes): ReadonlyMap<string, readonly number[]> {
  return new Map(
    Object.entries(attributes.record('skip')).map(([name, listed]) => {
      if (!isWholeList(listed)) throw attributes.wrong('skip', 'steps by parameter');
      return [name, listed];
    }),
  );
}
