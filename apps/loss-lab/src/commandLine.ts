import { type DataType, type NestedList, ValueError } from '@tapegrad/core';
import { Command, Option } from 'commander';
import { flagOf } from './flags.ts';
import { losses } from './losses/index.ts';
import type { LossForm } from './losses/loss.ts';
import { readNumbers } from './numbers.ts';
import { type Format, formats, type Request } from './request.ts';

/** Where a command line writes what it says by itself: help, and what was wrong. */
export interface Writers {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const notes = `
Numbers: 3, .7, -.5, 1e-3, inf, nan, the fraction 1/3, the logarithm "ln(.7)". Commas between the numbers of a row,
semicolons between rows, and then quotation marks: --logits "3,1,-3;0,0,1" --target 0,2`;

const exitCodes = 'Exit codes: 0 computed, 1 the loss refuses these numbers, 2 wrong command line.';

/**
 * The command line of `pnpm loss`, with one subcommand for each loss.
 *
 * @param choose is called with what was asked for, once all of it is read
 */
export function commandLine({ out, err }: Writers, choose: (request: Request) => void): Command {
  const root = new Command('pnpm loss')
    .description('A loss and its gradient, number by number: the value, the derivation step by step, and the picture.')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    // What follows the name of a loss belongs to that loss, negative numbers too.
    .enablePositionalOptions()
    .usage('<loss> [options]')
    .showHelpAfterError(
      '(the name of the loss comes first; npx pnpm loss alone lists all, npx pnpm loss <loss> --help the options of one)',
    )
    .addHelpText('after', `\n${exitCodes}\n\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`);
  for (const form of losses) addLoss(root, form, choose);
  return root;
}

/** Commands to begin with. */
const examples: readonly string[] = [
  'npx pnpm loss softmax-cross-entropy --logits 3,1,-3 --target 0',
  'npx pnpm loss softmax-cross-entropy --weight 1,2,1 --base 2 --derivation',
  'npx pnpm loss huber --prediction 2.5 --target 0 --delta 1',
  'npx pnpm loss kl --p .7,.2,.1 --q .2,.6,.2 --base 10',
  'npx pnpm loss focal --format svg --output focal.svg',
];

function addLoss(root: Command, form: LossForm, choose: (request: Request) => void): void {
  const command = root
    .command(form.name)
    .aliases(form.aliases)
    .summary(form.title)
    .description(`${form.title}, ${form.computedBy} of @tapegrad/nn.\n\n  ${form.formula}\n  ${form.gradient}`)
    .showHelpAfterError(`(npx pnpm loss ${form.name} --help lists all options)`)
    .addHelpText('after', notes);
  for (const [name, input] of Object.entries(form.inputs)) {
    const flag = flagOf(name);
    const flags = input.alias === undefined ? flag : `${flagOf(input.alias)}, ${flag}`;
    const read = (text: string): NestedList => readNumbers(flag, text, input.leastRank);
    command.addOption(
      new Option(`${flags} <numbers>`, input.description).default(read(input.example), input.example).argParser(read),
    );
  }
  for (const [name, option] of Object.entries(form.options)) {
    const flag = flagOf(name);
    const flags = option.placeholder === undefined ? flag : `${flag} ${option.placeholder}`;
    const read = (text: string | undefined): unknown => option.read(flag, text);
    const described = new Option(flags, option.description).default(read(undefined), option.standard);
    // A switch has no text to read: commander makes it true.
    command.addOption(option.placeholder === undefined ? described : described.argParser(read));
  }
  addCommonOptions(command, form).action((values: Values) => choose(requestOf(form, values)));
}

function addCommonOptions(command: Command, form: LossForm): Command {
  const byDefault = Object.keys(form.inputs).filter((name) => form.inputs[name].isWatched !== false);
  return command
    .addOption(
      new Option('--by <inputs>', 'what to differentiate by, names of inputs with commas between them')
        .default(byDefault, byDefault.join(','))
        .argParser((text) => readInputNames(form, text)),
    )
    .addOption(new Option('--dtype <type>', 'type of the numbers').choices(['float64', 'float32']).default('float64'))
    .addOption(new Option('--format <format>', 'form of the result').choices(formats).default('text'))
    .addOption(new Option('--derivation', 'tell the way back step by step, in the text').default(false))
    .addOption(new Option('--output <file>', 'write to a file (default: standard output)'));
}

interface CommonValues {
  readonly by: readonly string[];
  readonly dtype: DataType;
  readonly format: Format;
  readonly derivation: boolean;
  readonly output?: string;
}

type Values = CommonValues & Readonly<Record<string, unknown>>;

function requestOf(form: LossForm, values: Values): Request {
  const { by, dtype, format, derivation, output } = values;
  const inputs = Object.keys(form.inputs).map((name) => [name, values[name] as NestedList] as const);
  const options = Object.keys(form.options).map((name) => [name, values[name]] as const);
  return {
    form,
    inputs: Object.fromEntries(inputs),
    options: Object.fromEntries(options),
    by,
    dtype,
    format,
    hasDerivation: derivation,
    output,
  };
}

/** Names of inputs, as they are written here or as their flags are. */
function readInputNames(form: LossForm, text: string): readonly string[] {
  const differentiable = Object.keys(form.inputs).filter((name) => form.inputs[name].holds !== 'classes');
  const names = text.split(',').map((part) => {
    const found = differentiable.find((name) =>
      [name, flagOf(name).slice(2), form.inputs[name].alias].includes(part.trim()),
    );
    if (found !== undefined) return found;
    throw new ValueError({
      operation: '--by',
      got: JSON.stringify(part),
      wanted: differentiable.join(' or '),
      remedy: `Leave it out, or name inputs of ${form.name} that can be differentiated by`,
    });
  });
  return [...new Set(names)];
}
