import { describe, expect, test } from 'vitest';
import { netNames } from '../nets.ts';
import { panelNames } from '../panel/nets.ts';
import { helpOf } from './help.ts';
import { type Command, commands } from './options.ts';
import { parseCommandLine } from './parse.ts';

const known = [...netNames, ...panelNames].join(', ');
const parse = (line: string) => parseCommandLine(line.split(' ').filter(Boolean));

test('a command line becomes a command and what was said', () => {
  expect(parse('step --net big --batch 32 --threads=2 --engine simd --json')).toEqual({
    command: 'step',
    options: { net: 'big', batch: 32, threads: 2, engine: 'simd', json: true },
    wantsHelp: false,
  });
  expect(parse('')).toEqual({ command: '', options: {}, wantsHelp: false });
  expect(parse('--only tapegrad,pytorch --quick').options).toEqual({ only: ['tapegrad', 'pytorch'], quick: true });
  expect(parse('kernels --help').wantsHelp).toBe(true);
});

describe('what is wrong is refused with exit code 2', () => {
  test.each([
    ['step --net medium', `--net is "medium"; wanted one of ${known}`],
    ['step --threads 0', '--threads is "0"; wanted a whole number from 1 to 64'],
    ['step --threads x', '--threads is "x"; wanted a whole number from 1 to 64'],
    ['step --batch 1.5', '--batch is "1.5"; wanted a whole number of at least 1'],
    ['step --engine fast', '--engine is "fast"; wanted one of reference, simd, relaxed'],
    ['step --seconds -1', "Option '--seconds' argument is ambiguous"],
    ['step --threads', "Option '--threads <value>' argument missing"],
    ['--nets small,medium', `--nets is "small,medium"; wanted a list, with commas, of ${known}`],
    ['--net small', "Unknown option '--net'"],
    [
      'stap',
      'there is no command "stap"; wanted one of step, predict, kernels, kinds, overhead, memory, epochs, size, or none for everything',
    ],
  ])('%s', (line, what) => {
    const message = `bench: ${what}. \`npx pnpm bench --help\` lists all options.`;
    expect(() => parse(line)).toThrow(expect.objectContaining({ message, exitCode: 2 }));
  });
});

test.each(Object.keys(commands) as Command[])('the help of %j names all that it takes', (command) => {
  for (const name of commands[command].takes) expect(helpOf(command)).toContain(`  --${name}`);
});
