import { numbersOf, readExpression, studyExpression } from '@tapegrad/expression';
import { CommanderError } from 'commander';
import type { Writers } from '../commandLine.ts';
import { exitCodes } from '../run.ts';
import { writeOutput } from '../writeOutput.ts';
import { readTapeOptions, type TapeRequest } from './commandLine.ts';
import { tapeHelp } from './help.ts';
import { inItsOwnWords } from './inItsOwnWords.ts';
import { renderTape } from './render/render.ts';

/**
 * Does what a command line of `pnpm tape` asks for, and says with which code the process should end.
 *
 * @param args what follows `pnpm tape`: the expression, and options
 * @param writers the result goes to `out`, and nothing else does; errors and warnings go to `err`
 */
export async function runTape(args: readonly string[], writers: Writers): Promise<number> {
  const [text, ...options] = args;
  if (text === undefined || text === '--help' || text === '-h') {
    writers.out(tapeHelp());
    return exitCodes.done;
  }
  let expression: ReturnType<typeof readExpression>;
  let request: TapeRequest | undefined;
  let values: Record<string, ReturnType<typeof numbersOf>>;
  try {
    expression = readExpression(text);
    request = readTapeOptions(expression, options, writers);
    // Help that was asked for is all that was wanted.
    if (request === undefined) return exitCodes.done;
    values = Object.fromEntries(Object.entries(request.given).map(([name, numbers]) => [name, numbersOf(numbers)]));
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongCommandLine;
    writers.err(inItsOwnWords(error));
    return exitCodes.wrongCommandLine;
  }
  try {
    const { by, second, dtype } = request;
    const study = studyExpression(expression, values, { by, second, dtype });
    for (const warning of study.warnings) writers.err(`warning: ${warning}\n`);
    const result = renderTape(study, request);
    if (request.output === undefined) writers.out(result);
    else await writeOutput(request.output, result);
    return exitCodes.done;
  } catch (error) {
    writers.err(inItsOwnWords(error));
    return exitCodes.failed;
  }
}
