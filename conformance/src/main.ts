#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { FolderError, readFolder } from './folder.ts';
import { reportLines } from './report.ts';
import { matching } from './run.ts';
import { runSupervised } from './supervise.ts';

interface Options {
  readonly dataDir?: string;
  readonly only?: string;
  readonly verbose?: boolean;
  readonly json?: string;
  readonly timeout: number;
}

/** The exit code for a folder without cases, or options that cannot be used. */
const unusable = 2;

const program = new Command('conformance')
  .description('Run every case of a folder of reference numbers against tapegrad.')
  .argument('<dir>', 'a folder of JSON files: golden cases, ONNX cases, TensorFlow.js cases')
  .option(
    '--data-dir <folder>',
    'where the MNIST training images are, for train_cnn (default: TAPEGRAD_DATA, or data/mnist in or beside <dir>)',
  )
  .option('--only <pattern>', 'only cases whose op or name holds this; * stands for anything')
  .option('--verbose', 'a line for every case')
  .option('--json <file>', 'write the results to this file too')
  .option('--timeout <seconds>', 'how long one case may take', readSeconds, 120)
  .addHelpText(
    'after',
    '\nThe last line is "N passed, N failed". Exit code: 0 all passed, 1 some failed, 2 nothing to run.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : unusable))
  .action(run);

await program.parseAsync();

async function run(folder: string, options: Options): Promise<void> {
  try {
    const cases = matching(await readFolder(folder), options.only);
    if (cases.length === 0) throw new FolderError(`no case of ${folder} matches ${options.only ?? 'anything'}`);
    const { dataDir: dataFolder, only } = options;
    const results = await runSupervised(cases, { folder, dataFolder, only }, options.timeout);
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify({ results }, null, 2)}\n`);
    console.log(reportLines(results, { verbose: options.verbose ?? false }).join('\n'));
    process.exitCode = results.some(({ outcome }) => outcome.kind !== 'passed') ? 1 : 0;
  } catch (error) {
    if (!(error instanceof FolderError)) throw error;
    console.error(`conformance: ${error.message}`);
    process.exitCode = unusable;
  }
}

function readSeconds(value: string): number {
  const seconds = Number(value);
  if (seconds > 0 && Number.isFinite(seconds)) return seconds;
  throw new InvalidArgumentError('wanted a number greater than 0.');
}
