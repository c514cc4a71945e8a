import { type DataType, ValueError } from '@tapegrad/core';
import type { Expression } from '@tapegrad/expression';
import { Command, Option } from 'commander';
import type { Writers } from '../commandLine.ts';
import { type Format, formats } from '../request.ts';

/** What the command line asks for. */
export interface TapeRequest {
  /** What was given for each name, as it was written. */
  readonly given: Readonly<Record<string, string>>;
  readonly by: readonly string[] | undefined;
  readonly second: boolean;
  readonly short: boolean;
  readonly dtype: DataType;
  readonly format: Format;
  readonly output: string | undefined;
}

/** The options that any expression has. */
const common = ['by', 'second', 'short', 'dtype', 'format', 'output', 'help'];

/**
 * Reads the options behind an expression: one for each of its names, `--x 2`, and those that any expression has.
 *
 * @throws CommanderError when an option is not known, or has no value
 * @throws ValueError when a name is called like an option, has no value, or `--by` names another
 */
export function readTapeOptions(
  { text, names }: Expression,
  args: readonly string[],
  { out, err }: Writers,
): TapeRequest | undefined {
  checkNames(names);
  let request: TapeRequest | undefined;
  const command = new Command('pnpm tape')
    .description(`The tape of ${text}, forward and back.`)
    .usage(`"${text}" [options]`)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .showHelpAfterError(
      '(npx pnpm tape alone tells the language, npx pnpm tape "<expression>" --help the options of one)',
    );
  for (const name of names) command.addOption(new Option(`--${name} <numbers>`, `the numbers of ${name}`));
  command
    .addOption(
      new Option('--by <names>', 'what to differentiate by, names with commas between them (default: all)').argParser(
        (by) => readNames(by, names),
      ),
    )
    .addOption(new Option('--second', 'the second derivatives too').default(false))
    .addOption(new Option('--short', 'the value and the gradients alone').default(false))
    .addOption(new Option('--dtype <type>', 'type of the numbers').choices(['float64', 'float32']).default('float64'))
    .addOption(new Option('--format <format>', 'form of the result').choices(formats).default('text'))
    .addOption(new Option('--output <file>', 'write to a file (default: standard output)'))
    .action((values: Record<string, string> & Omit<TapeRequest, 'given'>) => {
      const given = Object.fromEntries(names.flatMap((name) => (name in values ? [[name, values[name]]] : [])));
      const { by, second, short, dtype, format, output } = values;
      request = { given, by, second, short, dtype, format, output };
    });
  command.parse(args, { from: 'user' });
  if (request !== undefined) checkGiven(names, request.given);
  return request;
}

function checkNames(names: readonly string[]): void {
  const taken = names.find((name) => common.includes(name));
  if (taken === undefined) return;
  throw new ValueError({
    operation: 'tape',
    got: `the name ${taken}`,
    wanted: `a name that is no option: not ${common.join(', ')}`,
    remedy: 'Call it something else',
  });
}

function checkGiven(names: readonly string[], given: Readonly<Record<string, string>>): void {
  const missing = names.filter((name) => !(name in given));
  if (missing.length === 0) return;
  throw new ValueError({
    operation: 'tape',
    got: `no value for ${missing.join(', ')}`,
    wanted: 'numbers for each name of the expression',
    remedy: `Add ${missing.map((name) => `--${name} 2`).join(' ')}; arrays are written "1, 2; 3, 4" or "[[1, 2], [3, 4]]"`,
  });
}

function readNames(text: string, names: readonly string[]): readonly string[] {
  return text.split(',').map((part) => {
    const name = part.trim();
    if (names.includes(name)) return name;
    throw new ValueError({
      operation: '--by',
      got: JSON.stringify(part),
      wanted: names.join(' or ') || 'nothing, for the expression has no names',
      remedy: 'Leave it out, or name what stands in the expression',
    });
  });
}
