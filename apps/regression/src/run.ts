import { onWarning, ValueError } from '@tapegrad/core';
import { commandError, inCommandWords, writeWhole } from '@tapegrad/core/node';
import { CommanderError } from 'commander';
import { commandLine, type Writers } from './commandLine.ts';
import { words } from './commandWords.ts';
import { writeJson } from './render/json.ts';
import { writeText } from './render/text.ts';
import type { Request } from './request.ts';
import { study } from './study.ts';

/** With what the process ends. */
export const exitCodes = { done: 0, failed: 1, wrongCommandLine: 2 };

/**
 * Does what a command line asks for, and says with which code the process should end.
 *
 * @param args what follows `pnpm regression`
 * @param writers the result goes to `out`, and nothing else does; errors and warnings go to `err`
 */
export async function run(args: readonly string[], writers: Writers): Promise<number> {
  let request: Request;
  try {
    const command = commandLine(writers);
    command.parse(args, { from: 'user' });
    request = command.opts<Request>();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongCommandLine;
  }
  const endListening = onWarning(({ operation, message }) =>
    writers.err(`warning: ${inCommandWords(`${operation}: ${message}`, words)}\n`),
  );
  try {
    const result = study(request);
    if (request.svg !== undefined) {
      // Drawing takes a library that nobody has to wait for who wants text only.
      const { drawFits } = await import('./render/svg.ts');
      await writePicture(request.svg, drawFits(result));
    }
    writers.out(request.format === 'json' ? writeJson(result) : writeText(result, writers.columns));
    return exitCodes.done;
  } catch (error) {
    writers.err(`${commandError(error, words)}\n`);
    return exitCodes.failed;
  } finally {
    endListening();
  }
}

async function writePicture(path: string, picture: string): Promise<void> {
  try {
    await writeWhole(path, picture);
  } catch (error) {
    throw new ValueError({
      operation: '--svg',
      got: `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      wanted: 'a file in a folder that can be written to',
      remedy: 'Name another file',
    });
  }
}
