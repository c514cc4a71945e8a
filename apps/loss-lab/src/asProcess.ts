import type { Writers } from './commandLine.ts';

/** Runs a command with what this process was given, and ends with its exit code. */
export async function asProcess(run: (args: readonly string[], writers: Writers) => Promise<number>): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that has seen enough, such as `head -1`, closes the pipe. That is no error: the rest is not wanted.
      if (error.code === 'EPIPE') return;
      console.error(`error: the result cannot be written: ${error.message}`);
      process.exit(1);
    });
  }
  process.exitCode = await run(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
}
