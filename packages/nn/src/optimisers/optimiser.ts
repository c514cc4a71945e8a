import { type Gradients, type Parameter, TapeError, ValueError } from '@tapegrad/core';

/** Where an optimiser finds its gradients: what `tape.gradients(loss)` returns, or anything like it. */
export type GradientSource = Pick<Gradients, 'has' | 'get'>;

/** Parameters that are trained with settings of their own; what is not given is as for all. */
export type ParameterGroup<Settings> = { readonly parameters: readonly Parameter[] } & Partial<Settings>;

/** A group with all its settings, which may be changed between steps: `optimiser.groups[0].learningRate = 1e-4`. */
export type Group<Settings> = { readonly parameters: readonly Parameter[] } & Settings;

/** Changes parameters by their gradients, one step at a time. */
export abstract class Optimiser<Settings extends { learningRate: number }> {
  readonly groups: readonly Group<Settings>[];

  /** @throws ValueError when there are no parameters, or one stands in two places */
  constructor(
    name: string,
    parameters: readonly Parameter[] | readonly ParameterGroup<Settings>[],
    settings: Settings,
  ) {
    this.groups = asGroups(parameters).map((group) => ({ ...settings, ...definedOf(group) }));
    const all = this.groups.flatMap((group) => group.parameters);
    const repeated = all.find((parameter, index) => all.indexOf(parameter) !== index);
    if (all.length > 0 && !repeated) return;
    throw new ValueError({
      operation: name,
      got: repeated ? `the parameter ${repeated.name} twice` : 'no parameters',
      wanted: 'each parameter once, and at least one',
      remedy: 'Pass `model.parameters`',
    });
  }

  /** The learning rate of the first group; setting it sets that of all groups. */
  get learningRate(): number {
    return this.groups[0].learningRate;
  }

  set learningRate(rate: number) {
    for (const group of this.groups) group.learningRate = rate;
  }

  /**
   * Changes every parameter that has a gradient; one without stays as it is, and so does what is remembered of it.
   *
   * @throws TapeError when none of the parameters has a gradient
   */
  step(gradients: GradientSource): void {
    let count = 0;
    for (const group of this.groups) {
      for (const parameter of group.parameters) {
        if (!gradients.has(parameter)) continue;
        count++;
        const gradient = gradients.get(parameter).read();
        parameter.update((numbers) => this.update(parameter, numbers, gradient, group));
      }
    }
    if (count > 0) return;
    throw new TapeError({
      operation: 'optimiser.step',
      got: 'gradients of none of its parameters',
      wanted: 'gradients of a loss that the parameters lead to',
      remedy: 'Check that the optimiser and the loss belong to the same model',
    });
  }

  /** Changes the numbers of one parameter in place. */
  protected abstract update(
    parameter: Parameter,
    numbers: Float32Array | Float64Array,
    gradient: Float32Array | Float64Array,
    settings: Settings,
  ): void;
}

/** Throws a ValueError unless the number lies in the range. */
export function checkSetting(operation: string, name: string, value: number, isValid: boolean, wanted: string): void {
  if (isValid) return;
  throw new ValueError({ operation, got: `${name} is ${value}`, wanted, remedy: `Choose another ${name}` });
}

function asGroups<Settings>(
  parameters: readonly Parameter[] | readonly ParameterGroup<Settings>[],
): readonly ParameterGroup<Settings>[] {
  const isGroup = (entry: Parameter | ParameterGroup<Settings>): entry is ParameterGroup<Settings> =>
    'parameters' in entry;
  const groups = (parameters as readonly (Parameter | ParameterGroup<Settings>)[]).filter(isGroup);
  if (groups.length > 0) return groups;
  return [{ parameters: parameters as readonly Parameter[] } as ParameterGroup<Settings>];
}

/** A group without the settings that were given as `undefined`, which are as for all. */
function definedOf<Settings>(group: ParameterGroup<Settings>): Group<Settings> {
  return Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined)) as Group<Settings>;
}
