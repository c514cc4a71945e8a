import { checkFunction, checkHas, wrongKind } from '../kinds.ts';
import { isOptionsObject, missingOption, noOptions, quotedOption, unknownOption } from './refusals.ts';

/** Whether an option must be given, and whether it is of a kind that is looked at before the function begins. */
export type Requirement<Presence extends string = 'required' | 'optional'> =
  `${Presence}${'' | ' function' | ' list' | ' flag'}`;

/**
 * The names of a function's options, each with whether it must be given. They stand beside the interface of the options; a
 * name that is missing, is no option or has the wrong requirement does not compile. With `function` or `list` behind it nothing
 * else is taken: `rename: 'optional function'`. With `flag`, which a truth value must have, it is true or false.
 *
 * @example
 * export interface SoftmaxOptions { readonly axis?: number }
 * export const softmaxOptions: OptionNames<SoftmaxOptions> = { axis: 'optional' };
 */
export type OptionNames<Options> = {
  // biome-ignore lint/complexity/noBannedTypes: the type that has no property is what an optional property may be left out for.
  readonly [Name in keyof Options]-?: {} extends Pick<Options, Name>
    ? RequirementOf<Options[Name], 'optional'>
    : RequirementOf<Options[Name], 'required'>;
};

/** An option that is true or false says so: 1, 'same' and an object would all count as true. */
type RequirementOf<Value, Presence extends string> = [NonNullable<Value>] extends [boolean]
  ? `${Presence} flag`
  : Exclude<Requirement<Presence>, `${Presence} flag`>;

/**
 * The options of a call, after a look at their names: an option that nobody reads would change nothing, without a word. An
 * option that is `undefined` counts as left out. Looking costs less than a tenth of a microsecond; what an option's value may
 * be is for the function to say, but no number and no truth value comes as a text: '0.1' would be added to numbers as a text,
 * and 'false' is true.
 *
 * @param operation what was called, as users write it
 * @throws ValueError when an option is unknown, naming the one that is probably meant; when one that must be given is not;
 * when a number or a truth value is given as a text; or when something else than an object of options was given
 * @throws DataTypeError when an option is a bigint, `random` gives no random numbers, or a function, a list or a truth value is something else
 */
export function checkOptions<Options extends object>(
  operation: string,
  options: Options | undefined,
  names: OptionNames<NoInfer<Options>>,
): Options {
  const given = (options === undefined ? {} : options) as Readonly<Record<string, unknown>>;
  const known = names as Readonly<Record<string, unknown>>;
  if (!isOptionsObject(given)) throw noOptions(operation, given, Object.keys(known));
  for (const name in given) {
    // Not `name in known`, which is so of toString as well.
    const requirement = known[name];
    if (typeof requirement !== 'string') throw unknownOption(operation, name, Object.keys(known));
    const value = given[name];
    if (typeof value === 'string' || Array.isArray(value)) checkUnquoted(operation, name, value);
    if (value !== undefined) checkKind(operation, name, value, requirement);
  }
  for (const name in known) {
    if (given[name] === undefined && (known[name] as string).startsWith('required'))
      throw missingOption(operation, name);
  }
  return given as Options;
}

/** Options that are texts, or lists of them, whatever stands in these. */
const texts = /name|labels|targets|categor|classes|path|folder|title|prefix|delimiter|mirror|file|version/i;
const quoted = /^\s*([-+]?(\d|\.\d)[\d.e+-]*|true|false|yes|no|on|off)\s*$/i;

/** Throws a ValueError when an option, or a number in its list, is a number or a truth value in quotes. */
function checkUnquoted(operation: string, name: string, value: string | readonly unknown[]): void {
  if (texts.test(name)) return;
  const found = typeof value === 'string' ? value : value.find((item) => typeof item === 'string');
  if (typeof found === 'string' && quoted.test(found)) throw quotedOption(operation, name, found);
}

/** Throws a DataTypeError when an option is of a kind that it never is, or not of the one that its requirement names. */
function checkKind(operation: string, name: string, value: unknown, requirement: string): void {
  const items = Array.isArray(value) ? value : [value];
  const big = items.find((item) => typeof item === 'bigint');
  if (big !== undefined) throw wrongKind(operation, name, big, aNumber);
  if (requirement.endsWith('function')) checkFunction(operation, name, value, `Give one: \`${name}: (…) => …\``);
  else if (name === 'random') checkHas(operation, name, value, ['uniform'], aRandom);
  else if (requirement.endsWith('list') && !Array.isArray(value) && !ArrayBuffer.isView(value))
    throw wrongKind(operation, name, value, { wanted: 'a list', remedy: `Put it into a list: \`${name}: [ … ]\`` });
  else if (requirement.endsWith('flag') && typeof value !== 'boolean')
    throw wrongKind(operation, name, value, {
      wanted: 'true or false',
      remedy: `Give \`${name}: true\`, or leave it out`,
    });
}

const aRandom = { wanted: 'a Random', remedy: 'Give one with a seed: `random: new Random(1)`' };
const aNumber = { wanted: 'a number', remedy: 'Leave out the n, or make a number of it: `Number(3n)`' };
