import { configureEngine, engineInfo, onWarning } from '@tapegrad/core';
import { commandError } from '@tapegrad/core/node';
import type { TrainTest } from '@tapegrad/datasets';
import { CommanderError } from 'commander';
import { checkRun } from './check/check.ts';
import { tableOf } from './check/table.ts';
import { type FoundRun, findRun, optionsOf } from './checkpoints.ts';
import { loadData } from './data.ts';
import { examine } from './examination.ts';
import { metricsUpTo, metricsWriter } from './metrics.ts';
import { commandLine, type Options } from './options.ts';
import { checkOutputs } from './outputs.ts';
import { pixelScaleOf } from './pixelScale.ts';
import type { Preset } from './presets.ts';
import { recipeOf } from './recipe.ts';
import { Journal } from './report/journal.ts';
import type { ReportedOutcome } from './report/trainReported.ts';
import { checkSavable, save } from './save.ts';
import { endingLines } from './terminal/ending.ts';
import { LiveLines } from './terminal/liveLines.ts';
import { screenOf } from './terminal/screen.ts';
import { type Surroundings, train } from './train.ts';
import { wayOn } from './wayOn.ts';
import { words } from './words.ts';

const exitCodes = { done: 0, failed: 1, wrongCommandLine: 2, interrupted: 130 };

/** Parses a command line, trains, and says with which code the process should end. */
export async function runCommand(preset: Preset, args: readonly string[]): Promise<number> {
  const command = commandLine(preset).exitOverride();
  try {
    command.parse(args, { from: 'user' });
    const { resume, checkpoint } = command.opts<Options>();
    if (resume && checkpoint === undefined)
      command.error('error: --resume needs the folder of the run: --checkpoint <folder>');
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongCommandLine;
    throw error;
  }
  const given = command.opts<Options>();
  const said = new Set(Object.keys(given).filter((name) => command.getOptionValueSource(name) === 'cli'));
  const live = process.stdout.isTTY ? new LiveLines(process.stdout) : undefined;
  const say = (line: string): void => {
    live?.clear();
    console.log(line);
  };
  onWarning(({ operation, message, code }) => {
    live?.clear();
    console.warn(`${operation}: ${message} [${code}]`);
  });
  const stopping = new AbortController();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, closes the pipe: as if somebody had pressed Ctrl-C.
    if (error.code !== 'EPIPE') throw error;
    stopping.abort();
  });
  process.once('SIGINT', () => {
    stopping.abort();
    // A second Ctrl-C finds no listener and ends the process at once.
    say('\nstopping after this step; Ctrl-C again ends at once');
  });
  let found: FoundRun = {};
  try {
    if (given.check) return await check(given, say);
    checkOutputs(given);
    if (given.report !== undefined) await (await import('./report/report.ts')).checkReport(given.report);
    await checkSavable(given.save ?? []);
    const journal = given.report === undefined ? undefined : new Journal(preset.command);
    found = await findRun(given, say);
    const { checkpoint } = found;
    const options = checkpoint ? optionsOf(checkpoint, given, said) : given;
    if (options.threads !== undefined) configureEngine({ threads: options.threads });
    const record = metricsWriter(options.metrics, checkpoint?.progress.step);
    journal?.takeOver(metricsUpTo(checkpoint?.progress.step ?? 0, options.metrics));
    const load = () => loadData(options, say);
    const data = await (journal?.phases.during('loading data', load) ?? load());
    say(`${data.origin}\n${data.train.labels.size} training and ${data.test.labels.size} test images`);
    say(`${describeEngine()}\n`);
    const { columns: width } = process.stdout;
    const around = { say, live, width, record, stop: stopping.signal, ...found, journal };
    const { isStopped, model, unwritten } = await run(data, options, around);
    if (isStopped) {
      say(`stopped; ${wayOn(preset.command, options)}`);
    } else {
      const scale = pixelScaleOf(data);
      const ending = endingLines(
        examine(model, data.test, scale, { isMirrored: recipeOf(options.net).isMirrored }),
        data.test,
        screenOf(process.stdout),
      );
      for (const line of ending) say(line);
      await save(options.save ?? [], model, scale, say);
    }
    if (unwritten !== undefined) throw unwritten;
    return isStopped ? exitCodes.interrupted : exitCodes.done;
  } catch (error) {
    console.error(commandError(error, words));
    return exitCodes.failed;
  } finally {
    await found.folder?.close();
  }
}

/** Trains, with a report where one is asked for; what draws it is loaded only then. */
async function run(data: TrainTest, options: Options, { journal, ...around }: Surroundings): Promise<ReportedOutcome> {
  if (options.report === undefined || !journal) return await train(data, options, around);
  const { trainReported } = await import('./report/trainReported.ts');
  return await trainReported(options.report, data, options, { ...around, journal });
}

/** Looks over data and model, and trains nothing. */
async function check(options: Options, say: (line: string) => void): Promise<number> {
  if (options.threads !== undefined) configureEngine({ threads: options.threads });
  const data = await loadData(options, say);
  say(`${data.origin}\n${describeEngine()}\n`);
  const findings = checkRun(data, options);
  say(tableOf(findings));
  return findings.some(({ verdict }) => verdict === 'failed') ? exitCodes.failed : exitCodes.done;
}

/** One line about what computes, and what it lacks. */
function describeEngine(): string {
  const { engine, threads, notes } = engineInfo();
  return [`engine ${engine}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`, ...notes].join('; ');
}
