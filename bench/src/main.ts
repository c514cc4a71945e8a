import { measurements } from './cli/commands.ts';
import { helpOf } from './cli/help.ts';
import { parseCommandLine } from './cli/parse.ts';
import { Problem, sentenceOf } from './problem.ts';

/** Parses the command line, measures, and says with which code the process should end. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const { command, options, wantsHelp } = parseCommandLine(args);
    if (wantsHelp) console.log(helpOf(command));
    else if (command !== '') show(await measurements[command](options), options.json);
    else await (await import('./run/run.ts')).run(options, args);
    return 0;
  } catch (error) {
    console.error(sentenceOf(error));
    return error instanceof Problem ? error.exitCode : 1;
  }
}

function show(result: unknown, json?: boolean): void {
  if (json) console.log(JSON.stringify(result));
  else console.dir(result, { depth: null });
}

process.exitCode = await main(process.argv.slice(2));
