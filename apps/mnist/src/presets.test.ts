import { expect, test } from 'vitest';
import { commandLine, type Options } from './options.ts';
import { presets } from './presets.ts';
import { commandOf } from './report/surroundings.ts';
import { wayOn } from './wayOn.ts';

/** What a command prints below its options; commander writes it out, and gives it to nobody. */
function helpOf(preset: typeof presets.mnist | typeof presets.cifar): string {
  let help = '';
  const command = commandLine(preset);
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return help;
}

test.each(Object.values(presets))('$command names itself, and no other, wherever it says what to type', (preset) => {
  const options = commandLine(preset)
    .parse(['--checkpoint', 'run 1', '--save', 'model.onnx'], { from: 'user' })
    .opts<Options>();
  expect(wayOn(preset.command, options)).toBe(
    `to go on: npx ${preset.command} --checkpoint 'run 1' --resume --save model.onnx`,
  );
  expect(commandOf(preset.command, options)).toMatch(new RegExp(`^npx ${preset.command} --dataset ${preset.dataset} `));
  const said = helpOf(preset).match(/npx pnpm \w+/g) ?? [];
  expect(said.length).toBeGreaterThan(5);
  expect(new Set(said)).toEqual(new Set([`npx ${preset.command}`]));
});
