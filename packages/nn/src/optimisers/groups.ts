import { Parameter, ValueError } from '@tapegrad/core';
import { checkList, checkOptions, type OptionNames, wrongKind } from '@tapegrad/core/authors';
import { definedOf, kindOfSetting } from './settings.ts';

/** Parameters that are trained with settings of their own; what is not given is as for all. */
export type ParameterGroup<Settings> = { readonly parameters: readonly Parameter[] } & Partial<Settings>;

/** A group with all its settings, which may be changed between steps: `optimiser.groups[0].learningRate = 1e-4`. */
export type Group<Settings> = { readonly parameters: readonly Parameter[] } & Settings;

/**
 * Groups, with all settings, of what an optimiser is given: parameters, or groups of them.
 *
 * @throws ValueError when it is no list, a group has an unknown setting, or a parameter stands among groups
 */
export function groupsOf<Settings extends object>(
  operation: string,
  parameters: readonly Parameter[] | readonly ParameterGroup<Settings>[],
  settings: Settings,
): readonly Group<Settings>[] {
  checkList(operation, 'parameters', parameters, listOfParameters);
  // A copy, which has no holes: `every` and `map` would pass over them.
  const entries = [...parameters];
  if (entries.every((entry) => entry instanceof Parameter)) return [{ ...copied(settings), parameters: entries }];
  const optional = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, `optional${kindOfSetting(value)}`]),
  );
  const names = { parameters: 'required', ...optional } as OptionNames<ParameterGroup<Settings>>;
  return (entries as readonly ParameterGroup<Settings>[]).map((group, index) => {
    const checked = checkOptions(`${operation}, group ${index}`, group, names);
    checkParameters(`${operation}, group ${index}`, checked.parameters);
    return copied({ ...settings, ...definedOf(checked) });
  });
}

/** Settings whose lists, of parameters too, are the optimiser's own: what becomes of those that were given changes no training. */
function copied<Settings extends object>(settings: Settings): Settings {
  const entries = Object.entries(settings).map(([name, value]) => [name, Array.isArray(value) ? [...value] : value]);
  return Object.fromEntries(entries) as Settings;
}

const listOfParameters = { wanted: 'a list of parameters, or of groups of them', remedy: 'Pass `model.parameters`' };

/** Throws a DataTypeError unless these are parameters, or groups of them. */
export function checkParameters(operation: string, parameters: unknown): void {
  checkList(operation, 'parameters', parameters, listOfParameters);
  for (const [index, entry] of (parameters as readonly unknown[]).entries()) {
    if (entry instanceof Parameter) continue;
    const isGroup = typeof entry === 'object' && entry !== null && 'parameters' in entry;
    if (!isGroup) throw wrongKind(operation, `parameters[${index}]`, entry, listOfParameters);
    checkParameters(operation, entry.parameters);
  }
}

/** Throws a ValueError unless there are parameters, each of them once. */
export function checkOnce(name: string, parameters: readonly Parameter[]): void {
  const repeated = parameters.find((parameter, index) => parameters.indexOf(parameter) !== index);
  if (parameters.length > 0 && !repeated) return;
  throw new ValueError({
    operation: name,
    got: repeated ? `the parameter ${repeated.name} twice` : 'no parameters',
    wanted: 'each parameter once, and at least one',
    remedy: 'Pass `model.parameters`',
  });
}

export function namesOf({ parameters }: { readonly parameters: readonly Parameter[] }): string[] {
  return parameters.map(({ name }) => name);
}

/** A copy of the settings of a group. */
export function settingsOf<Settings>({ parameters: _, ...settings }: Group<Settings>): Settings {
  return structuredClone(settings) as Settings;
}

/** `learningRate: number, betas: list of 2`, to tell settings of one kind from another's. */
export function typesOf(settings: object): string {
  const types = Object.entries(settings).map(
    ([name, value]) => `${name}: ${Array.isArray(value) ? `list of ${value.length}` : typeof value}`,
  );
  return types.sort().join(', ');
}
