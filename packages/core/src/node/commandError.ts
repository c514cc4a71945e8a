import { TapegradError } from '../errors.ts';

/** What a command line calls the functions, parameters and options of the library: `dataDirectory` is `--data-dir`. */
export type CommandWords = Readonly<Record<string, string>>;

/**
 * How an error reads where somebody gave a command. One that was thrown on purpose is a sentence in the words of the command
 * line; any other keeps its stack, for it is a bug.
 *
 * @example
 * commandError(new ValueError({ operation: 'fit', got: 'epochs is 0', wanted: 'at least 1', remedy: 'Give 1' }), {}) // "error: fit: epochs is 0; wanted at least 1. Give 1."
 */
export function commandError(error: unknown, words: CommandWords): string {
  if (error instanceof TapegradError) return `error: ${inCommandWords(error.message, words)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * A text of the library in the words of a command line. A name that is an English word as well, such as `weight`, is only
 * meant where it stands in backticks, or begins what is said of a value: `weight is [2]`.
 *
 * @example inCommandWords('batchSize is 0', { batchSize: '--batch-size' }) // "--batch-size is 0"
 */
export function inCommandWords(text: string, words: CommandWords): string {
  // The longest first: `CheckpointFolder.open` before `CheckpointFolder`.
  const names = Object.keys(words).sort((a, b) => b.length - a.length);
  if (names.length === 0) return text;
  const any = names.map((name) => name.replaceAll('.', '\\.')).join('|');
  const meant = new RegExp(
    `\`(?<quoted>${any})\`|(?<![\\w.\`])(?<plain>${any})(?![\\w\`])(?<rest>(?:\\[\\d+\\])*(?: (?:is|are|holds) |:))?`,
    'g',
  );
  return text.replace(meant, (found, quoted?: string, plain = '', rest?: string) => {
    if (quoted !== undefined) return words[quoted];
    const isMeant = /[A-Z\d ]/.test(plain) || rest !== undefined;
    return isMeant ? words[plain] + (rest ?? '') : found;
  });
}
