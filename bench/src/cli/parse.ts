import { parseArgs } from 'node:util';
import { Problem } from '../problem.ts';
import type { OptionForm } from './forms.ts';
import { type Command, commands, forms, type OptionName, type Options } from './options.ts';

const wrongCommandLine = 2;

export interface Call {
  readonly command: Command;
  readonly options: Options;
  readonly wantsHelp: boolean;
}

/**
 * Reads a command line.
 *
 * @throws Problem with the exit code 2 when it is wrong
 */
export function parseCommandLine(args: readonly string[]): Call {
  const [first = ''] = args;
  const isNamed = first !== '' && !first.startsWith('-');
  if (isNamed && !(first in commands)) {
    const names = Object.keys(commands).filter(Boolean).join(', ');
    throw wrong(`there is no command ${JSON.stringify(first)}; wanted one of ${names}, or none for everything`);
  }
  const command = (isNamed ? first : '') as Command;
  const values = split(command, isNamed ? args.slice(1) : args);
  const { help, ...given } = values;
  const options = Object.entries(given).map(([name, value]) => [name, read(name as OptionName, value)]);
  return { command, options: Object.fromEntries(options), wantsHelp: help === true };
}

function split(command: Command, args: readonly string[]): Readonly<Record<string, string | boolean | undefined>> {
  const taken = commands[command].takes.map((name) => {
    const { placeholder }: OptionForm<unknown> = forms[name];
    return [name, { type: placeholder ? ('string' as const) : ('boolean' as const) }] as const;
  });
  const options = { ...Object.fromEntries(taken), help: { type: 'boolean' as const, short: 'h' } };
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // What Node says: its first sentence says what is wrong, the rest is about a way to escape it.
    const [sentence] = (error as Error).message.split(/\. |\n/);
    throw wrong(sentence.replace(/\.$/, ''));
  }
}

function read(name: OptionName, value: string | boolean | undefined): unknown {
  const { read }: OptionForm<unknown> = forms[name];
  try {
    return read(String(value));
  } catch (error) {
    throw wrong(`--${name} is ${JSON.stringify(value)}; wanted ${(error as Error).message}`);
  }
}

function wrong(what: string): Problem {
  return new Problem(`bench: ${what}. \`npx pnpm bench --help\` lists all options.`, wrongCommandLine);
}
