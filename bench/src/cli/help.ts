import type { OptionForm } from './forms.ts';
import { type Command, commands, forms } from './options.ts';

/** What `--help` prints: all about one command, and for the whole run also what other commands there are. */
export function helpOf(command: Command): string {
  const { about, takes } = commands[command];
  const rows = takes.map((name) => {
    const { placeholder, about }: OptionForm<unknown> = forms[name];
    return [`  --${name}${placeholder ? ` ${placeholder}` : ''}`, about] as const;
  });
  const others = Object.entries(commands).filter(([name]) => name !== '');
  return [
    `Usage: npx pnpm bench${command ? ` ${command}` : ''} [options]\n`,
    `It ${about}.\n`,
    ...columns(rows),
    ...(command === ''
      ? [
          '\nOne thing alone, and about each of them --help:',
          ...columns(others.map(([name, { about }]) => [`  ${name}`, about])),
        ]
      : []),
    '\nExit codes: 0 done, 1 something went wrong, 2 wrong command line.',
  ].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => left.padEnd(width) + right);
}
