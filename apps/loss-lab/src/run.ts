import { onWarning } from '@tapegrad/core';
import { commandError, inCommandWords } from '@tapegrad/core/node';
import { CommanderError } from 'commander';
import { commandLine, type Writers } from './commandLine.ts';
import { lossList } from './lossList.ts';
import { render } from './render/render.ts';
import type { Request } from './request.ts';
import { study } from './study.ts';
import { wordsOf } from './words.ts';
import { writeOutput } from './writeOutput.ts';

/** With what the process ends. */
export const exitCodes = { done: 0, failed: 1, wrongCommandLine: 2 };

/**
 * Does what a command line asks for, and says with which code the process should end.
 *
 * @param args what follows `pnpm loss`
 * @param writers the result goes to `out`, and nothing else does; errors and warnings go to `err`
 */
export async function run(args: readonly string[], writers: Writers): Promise<number> {
  if (args.length === 0) {
    writers.out(lossList());
    return exitCodes.done;
  }
  let request: Request | undefined;
  try {
    const command = commandLine(writers, (chosen) => {
      request = chosen;
    });
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongCommandLine;
    writers.err(`${commandError(error, {})}\n`);
    return exitCodes.wrongCommandLine;
  }
  // Help that was asked for by its own subcommand is all that was wanted.
  if (request === undefined) return exitCodes.done;
  const words = wordsOf(request.form);
  const endListening = onWarning(({ operation, message }) =>
    writers.err(`warning: ${inCommandWords(`${operation}: ${message}`, words)}\n`),
  );
  try {
    const result = render(study(request), request.format);
    if (request.output === undefined) writers.out(result);
    else await writeOutput(request.output, result);
    return exitCodes.done;
  } catch (error) {
    writers.err(`${commandError(error, words)}\n`);
    return exitCodes.failed;
  } finally {
    endListening();
  }
}
