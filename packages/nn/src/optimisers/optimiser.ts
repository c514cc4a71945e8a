import {
  cast,
  type FloatArray,
  formatShape,
  type Gradients,
  type Parameter,
  ShapeError,
  TapeError,
  type Tensor,
} from '@tapegrad/core';
import {
  checkHas,
  checkSurplus,
  checkTensor,
  reserveCopies,
  sameShape,
  withSteadyMemory,
} from '@tapegrad/core/authors';
import { checkOnce, type Group, groupsOf, namesOf, type ParameterGroup, settingsOf, typesOf } from './groups.ts';
import { ParameterMemory, type Remembered } from './memory.ts';
import { Rates } from './rates.ts';
import { checkSetting, type Defaults, settingsFrom } from './settings.ts';
import { showState } from './showState.ts';
import {
  checkNames,
  checkParameterState,
  checkRates,
  checkSame,
  type KeptArrays,
  type OptimiserState,
  parametersByName,
  startsOf,
} from './state.ts';

/** Where an optimiser finds its gradients: what `tape.gradients(loss)` returns, or anything like it. */
export type GradientSource = Pick<Gradients, 'has' | 'get'>;

/** What tells one optimiser from another, besides its step. */
export interface OptimiserKind<Settings> {
  /** The name of its class: `Adam`. */
  readonly name: string;
  /** All settings as they are where they are not given; `undefined` for one that must be given. */
  readonly defaults: Defaults<Settings>;
  readonly arrays: KeptArrays<Settings>;
  /** Throws a ValueError when a setting is out of range. */
  readonly check: (settings: Settings) => void;
}

/** Throws a DataTypeError unless something tells the gradient of a parameter. */
export function checkGradients(operation: string, gradients: GradientSource): void {
  checkHas(operation, 'gradients', gradients, ['has', 'get'], {
    wanted: 'gradients, as a tape gives them',
    remedy: 'Pass `tape.gradients(loss)`',
  });
}

/**
 * The gradient of a parameter, in its type: a loop over the numbers of the one would leave the rest of the other as it was.
 *
 * @throws DataTypeError when it is no tensor
 * @throws ShapeError when it has another shape
 */
function gradientOf(parameter: Parameter, gradients: GradientSource): Tensor {
  const gradient = gradients.get(parameter);
  checkTensor('optimiser.step', 'a gradient', gradient, 'Make it one: `tensor(numbers)`');
  if (!sameShape(gradient.shape, parameter.shape)) {
    throw new ShapeError({
      operation: 'optimiser.step',
      got: `a gradient of shape ${formatShape(gradient.shape)} for the parameter ${parameter.name}`,
      wanted: formatShape(parameter.shape),
      remedy: 'Give each parameter its own',
    });
  }
  return gradient.dtype === parameter.dtype ? gradient : cast(gradient, parameter.dtype);
}

/** The change of a parameter that a step is about to make. */
interface Change<Settings> {
  readonly parameter: Parameter;
  readonly settings: Settings;
  readonly memory: ParameterMemory;
  /** The arrays that the step works on, with the numbers at which they begin. */
  readonly starts: Readonly<Record<string, number>>;
}

/** What a parameter is changed by: its gradient, and what is remembered of it. */
interface ChangeInputs {
  readonly gradient: FloatArray;
  readonly remembered: Remembered;
}

/** Changes parameters by their gradients, one step at a time. */
export abstract class Optimiser<Settings extends { learningRate: number }> {
  readonly groups: readonly Group<Settings>[];
  readonly #kind: OptimiserKind<Settings>;
  readonly #rates: Rates;
  #memories = new Map<Parameter, ParameterMemory>();

  /** @throws ValueError when there are no parameters, one is given twice, or a setting is unknown, missing or out of range */
  constructor(
    kind: OptimiserKind<Settings>,
    parameters: readonly Parameter[] | readonly ParameterGroup<Settings>[],
    given: Partial<Settings>,
    ...surplus: []
  ) {
    checkSurplus('Optimiser', surplus);
    const settings = settingsFrom(kind.name, given, kind.defaults);
    this.#kind = kind;
    this.groups = groupsOf(kind.name, parameters, settings);
    checkOnce(kind.name, this.#parameters);
    kind.check(settings);
    for (const group of this.groups) kind.check(group);
    this.#rates = new Rates(kind.name, this.groups, settings.learningRate);
    showState(this);
  }

  get #parameters(): Parameter[] {
    return this.groups.flatMap((group) => group.parameters);
  }

  /**
   * The learning rate for all groups: the one that the optimiser was made with, or that was set since. Setting it moves the
   * rates of all groups by the same factor, `optimiser.learningRate = schedule(step)`: a group that was given a tenth of
   * it has a tenth of the new one. One group's rate alone is set by `optimiser.groups[1].learningRate`.
   *
   * @throws ValueError when it is not at least 0, or a group's own rate is no multiple of that for all, which is 0
   */
  get learningRate(): number {
    return this.#rates.learningRate;
  }

  set learningRate(rate: number) {
    checkSetting(this.#kind.name, 'learningRate', rate, rate >= 0, 'a number of at least 0');
    this.#rates.learningRate = rate;
  }

  /**
   * Changes every parameter that has a gradient; one without stays as it is, and so does what is remembered of it. All
   * memory is taken before anything changes: should it run out, no parameter has moved.
   *
   * @throws TapeError when none of the parameters has a gradient
   * @throws ShapeError when a gradient has another shape than its parameter
   * @throws DataTypeError when a gradient is no tensor
   * @throws ValueError when a setting of a group was changed to what is out of range
   * @throws OutOfMemoryError when there is no room for what is to be remembered
   */
  step(gradients: GradientSource, ...surplus: []): void {
    checkSurplus('step', surplus);
    checkGradients('optimiser.step', gradients);
    const changes = this.#changes(gradients);
    const inputs = this.#inputsOf(changes, gradients);
    changes.forEach(({ parameter, settings, memory }, index) => {
      const { gradient, remembered } = inputs[index];
      memory.commit();
      this.#memories.set(parameter, memory);
      parameter.update((numbers) => this.update(numbers, gradient, remembered, settings));
    });
  }

  /** The parameters that have a gradient. */
  #changes(gradients: GradientSource): Change<Settings>[] {
    const changes: Change<Settings>[] = [];
    for (const settings of this.groups) {
      // They may have been changed since the last step.
      this.#kind.check(settings);
      const starts = startsOf(this.#kind.arrays, settings);
      for (const parameter of settings.parameters) {
        if (!gradients.has(parameter)) continue;
        const memory = this.#memories.get(parameter) ?? new ParameterMemory(parameter);
        changes.push({ parameter, settings, memory, starts });
      }
    }
    if (changes.length > 0) return changes;
    throw new TapeError({
      operation: 'optimiser.step',
      got: 'gradients of none of its parameters',
      wanted: 'gradients of a loss that the parameters lead to',
      remedy: 'Check that the optimiser and the loss belong to the same model',
    });
  }

  /** Computes all gradients and takes all memory that the step needs. */
  #inputsOf(changes: readonly Change<Settings>[], gradients: GradientSource): ChangeInputs[] {
    try {
      const sources = changes.map(({ parameter, settings }) =>
        this.prepared(parameter, gradientOf(parameter, gradients), settings),
      );
      return withSteadyMemory(() => {
        const touched: FloatArray[] = [];
        const inputs = changes.map(({ parameter, memory, starts }, index) => {
          const gradient = sources[index].read();
          const remembered = memory.prepare(starts);
          touched.push(parameter.read(), gradient);
          for (const name in starts) touched.push(remembered.arrays[name]);
          return { gradient, remembered };
        });
        reserveCopies(touched);
        return inputs;
      });
    } catch (error) {
      for (const { memory } of changes) memory.discard();
      throw error;
    }
  }

  /** A copy of an array that is remembered of a parameter; none before its first step. */
  protected recall(parameter: Parameter, array: string): FloatArray | undefined {
    return this.#memories.get(parameter)?.state().arrays[array];
  }

  /** What `update` gets as the gradient: for one that works more out of it, before anything changes. */
  protected prepared(_parameter: Parameter, gradient: Tensor, _settings: Settings): Tensor {
    return gradient;
  }

  /** Changes the numbers of one parameter in place, and what is remembered of it. */
  protected abstract update(numbers: FloatArray, gradient: FloatArray, memory: Remembered, settings: Settings): void;

  /**
   * All that the next steps depend on, besides parameters and gradients: settings, counts of steps, running arrays. All
   * of it is copied.
   *
   * @throws ValueError when two parameters have the same name
   */
  state(...surplus: []): OptimiserState<Settings> {
    checkSurplus('state', surplus);
    const { name } = this.#kind;
    const parameters = [...parametersByName(`${name}.state`, this.#parameters)].map(
      ([name, parameter]) => [name, (this.#memories.get(parameter) ?? new ParameterMemory(parameter)).state()] as const,
    );
    return {
      kind: name,
      groups: this.groups.map((group) => ({ parameters: namesOf(group), settings: settingsOf(group) })),
      rates: this.#rates.state(),
      parameters: Object.fromEntries(parameters),
    };
  }

  /**
   * Goes on from a state: from the same parameters, the same gradients lead to the same bits as if there had been no
   * pause. Parameters are the model's, and not part of it.
   *
   * @throws ValueError when the state is that of another kind of optimiser, of other parameters or of groups divided
   *   otherwise, or holds a number out of range; nothing has changed then
   */
  load(state: OptimiserState<Settings>, ...surplus: []): void {
    checkSurplus('load', surplus);
    const { name, arrays, check } = this.#kind;
    const operation = `${name}.load`;
    checkHas(operation, 'state', state, ['kind', 'groups', 'parameters'], {
      wanted: 'a state of an optimiser',
      remedy: 'Pass what `state()` gave',
    });
    checkSame(operation, state.kind, name, 'the state of');
    const byName = parametersByName(operation, this.#parameters);
    checkNames(operation, Object.keys(state.parameters), byName.keys());
    checkSame(operation, state.groups.length, this.groups.length, 'number of groups:');
    state.groups.forEach((group, index) => {
      const own = this.groups[index];
      checkSame(operation, group.parameters.join(', '), namesOf(own).join(', '), `group ${index} with the parameters`);
      checkSame(operation, typesOf(group.settings), typesOf(settingsOf(own)), `group ${index} with the settings`);
      check(group.settings);
    });
    checkRates(operation, state.rates, this.groups.length);
    const memories = new Map<Parameter, ParameterMemory>();
    for (const [name, parameter] of byName) {
      checkParameterState(operation, parameter, state.parameters[name], arrays);
      memories.set(parameter, new ParameterMemory(parameter, state.parameters[name]));
    }
    // All copies are made before anything changes: a state may be one that fails while it is read.
    const settings = state.groups.map((group) => structuredClone(group.settings));
    const rates = state.rates && structuredClone(state.rates);
    this.#memories = memories;
    this.groups.forEach((group, index) => {
      Object.assign(group, settings[index]);
    });
    if (rates) this.#rates.load(rates);
  }
}
