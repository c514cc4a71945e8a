import { configureEngine, engineInfo, TapegradError } from '@tapegrad/core';
import { CommanderError } from 'commander';
import { loadData } from './data.ts';
import { metricsWriter } from './metrics.ts';
import { commandLine, type Options } from './options.ts';
import { train } from './train.ts';

const exitCodes = { done: 0, failed: 1, wrongCommandLine: 2, interrupted: 130 };

/** Parses the command line, trains, and says with which code the process should end. */
async function main(args: readonly string[]): Promise<number> {
  const command = commandLine().exitOverride();
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongCommandLine;
    throw error;
  }
  const options = command.opts<Options>();
  const say = (line: string): void => console.log(line);
  const stopping = new AbortController();
  process.once('SIGINT', () => {
    stopping.abort();
    // A second Ctrl-C finds no listener and ends the process at once.
    say('\nstopping after this step; Ctrl-C again ends at once');
  });
  try {
    if (options.threads !== undefined) configureEngine({ threads: options.threads });
    const record = metricsWriter(options.metrics);
    const data = await loadData(options, say);
    say(`${data.origin}\n${data.train.labels.size} training and ${data.test.labels.size} test images`);
    say(`${describeEngine()}\n`);
    const { isStopped } = await train(data, options, { say, record, stop: stopping.signal });
    return isStopped ? exitCodes.interrupted : exitCodes.done;
  } catch (error) {
    console.error(describe(error));
    return exitCodes.failed;
  }
}

/** One line about what computes, and what it lacks. */
function describeEngine(): string {
  const { engine, threads, notes } = engineInfo();
  return [`engine ${engine}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`, ...notes].join('; ');
}

/** An error that was thrown on purpose is a sentence; any other keeps its stack, for it is a bug. */
function describe(error: unknown): string {
  if (error instanceof TapegradError) return `error: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

process.exitCode = await main(process.argv.slice(2));
