import { ValueError } from '@tapegrad/core';
import { datasetNames } from '@tapegrad/datasets';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type NetName, netNamed, netNames } from './nets.ts';
import { type Preset, presets } from './presets.ts';
import { formatOf, formats } from './save.ts';

/** What the course of a run depends on: the same options and data end in the same bits. */
export interface RunOptions {
  /** A name of `datasetNames`, or `digits`. */
  readonly dataset: string;
  readonly digits: boolean;
  readonly net: NetName;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly seed: number;
  readonly trainImages?: number;
  readonly testImages?: number;
}

/** What the command line asks for. */
export interface Options extends RunOptions {
  readonly dataDir?: string;
  readonly download: boolean;
  readonly checkpoint?: string;
  readonly checkpointEvery: number;
  readonly resume: boolean;
  readonly save?: readonly string[];
  readonly metrics?: string;
  readonly threads?: number;
  readonly profile: boolean;
  readonly report?: string;
  readonly check: boolean;
}

/** The command line of `pnpm mnist` and its like; a wrong one ends the process with exit code 2. */
export function commandLine(preset: Preset = presets.mnist): Command {
  return new Command(preset.command)
    .description(preset.about)
    .addOption(
      new Option('--dataset <name>', 'what to train on; digits are drawn on the spot')
        .choices([...datasetNames, 'digits'])
        .default(preset.dataset),
    )
    .addOption(
      new Option(
        '--data-dir <folder>',
        'folder with the files of the dataset, or with pictures in train/<class> and test/<class>, or an archive of these (default: $TAPEGRAD_DATA, then the cache, then a download)',
      ),
    )
    .addOption(
      new Option('--digits', 'train on the built-in drawn digits').default(false).conflicts(['dataDir', 'dataset']),
    )
    .addOption(new Option('--no-download', 'never use the network'))
    .addOption(
      new Option('--net <name>', `which net to train: ${netNames.join(', ')}`).default(preset.net).argParser(net),
    )
    .addOption(
      new Option('--epochs <count>', 'how often to go over the training images')
        .default(preset.epochs)
        .argParser(wholeNumber(1)),
    )
    .addOption(
      new Option('--batch-size <count>', 'images in a step').default(preset.batchSize).argParser(wholeNumber(1)),
    )
    .addOption(
      new Option(
        '--learning-rate <rate>',
        'highest step size of the optimiser, which rises to it and falls again (one cycle)',
      )
        .default(preset.learningRate)
        .argParser(positiveNumber),
    )
    .addOption(
      new Option('--seed <number>', 'seed of weights and shuffling: same seed, same bits')
        .default(1)
        .argParser(wholeNumber(0)),
    )
    .addOption(new Option('--train-images <count>', 'use only the first so many').argParser(wholeNumber(1)))
    .addOption(new Option('--test-images <count>', 'test on only the first so many').argParser(wholeNumber(1)))
    .addOption(new Option('--checkpoint <folder>', 'keep checkpoints there, from which a run can go on'))
    .addOption(
      new Option('--checkpoint-every <steps>', 'steps between checkpoints; one more at the end of each epoch')
        .default(250)
        .argParser(wholeNumber(1)),
    )
    .addOption(new Option('--resume', 'go on with the run in the --checkpoint folder, to the same bits').default(false))
    .addOption(
      new Option(
        '--save <file>',
        'write the trained model: model.safetensors or model.onnx, by the ending; may be repeated',
      ).argParser(savedFile),
    )
    .addOption(new Option('--metrics <file>', 'write one line of JSON for each step and epoch'))
    .addOption(
      new Option(
        '--threads <count>',
        'threads that compute (default: $TAPEGRAD_THREADS, or one for each core)',
      ).argParser(wholeNumber(1, 64)),
    )
    .addOption(new Option('--profile', 'print where the time of a step went, op by op').default(false))
    .addOption(
      new Option('--report <file>', 'write a report of the run: one HTML file that needs nothing else').argParser(
        htmlFile,
      ),
    )
    .addOption(
      new Option('--check', 'look over data and model in some seconds; nothing is trained or written')
        .default(false)
        .conflicts(['checkpoint', 'resume', 'save', 'metrics', 'report', 'save', 'profile']),
    )
    .addHelpText(
      'after',
      `
Exit codes: 0 trained (or all checks passed; ! is a warning), 1 something went wrong, 2 wrong command line, 130 stopped by Ctrl-C.
Ctrl-C ends after the step that is running, with a checkpoint if there is a folder for it; a second one ends at once.

Examples:
  npx ${preset.command} --epochs 5
  npx ${preset.command} --net ${preset.others.net}
  npx ${preset.command} --dataset ${preset.others.dataset}
  npx ${preset.command} --check                      # before a long run
  npx ${preset.command} --report report.html --save model.onnx --save model.safetensors
  npx ${preset.command} --data-dir ~/data --seed 7 --metrics run.jsonl
  npx ${preset.command} --checkpoint run1            # and, after a break:
  npx ${preset.command} --checkpoint run1 --resume`,
    )
    .allowExcessArguments(false)
    .showHelpAfterError(`(npx ${preset.command} --help lists all options)`);
}

function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (value: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Wanted a whole number ${range}.`);
  };
}

function positiveNumber(value: string): number {
  const number = Number(value);
  if (value.trim() !== '' && Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError('Wanted a number greater than 0, such as 0.001.');
}

function net(value: string): NetName {
  try {
    return netNamed(value);
  } catch (error) {
    if (error instanceof ValueError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

function htmlFile(value: string): string {
  if (/\.html?$/i.test(value)) return value;
  throw new InvalidArgumentError('Wanted a file that ends in .html.');
}

function savedFile(value: string, before: readonly string[] = []): readonly string[] {
  if (formatOf(value)) return [...before, value];
  throw new InvalidArgumentError(`Wanted a file that ends in ${Object.keys(formats).join(' or ')}.`);
}
