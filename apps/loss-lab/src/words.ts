import type { CommandWords } from '@tapegrad/core/node';
import { flagOf } from './flags.ts';
import { losses } from './losses/index.ts';
import type { LossForm } from './losses/loss.ts';

/** What the library's functions are called on the command line of `pnpm loss`, and the inputs and options of one of them. */
export function wordsOf(form: LossForm): CommandWords {
  const functions = losses.map(({ computedBy, name }) => [computedBy, name]);
  const flags = [...Object.keys(form.inputs), ...Object.keys(form.options)].map((name) => [name, flagOf(name)]);
  return Object.fromEntries([...functions, ...flags]);
}
