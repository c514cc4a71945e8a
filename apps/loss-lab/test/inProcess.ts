import type { Writers } from '../src/commandLine.ts';
import { run } from '../src/run.ts';

/** What a command line ends with, and what it writes where. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line of `pnpm loss` in this process. */
export const inProcess = (...args: readonly string[]): Promise<Outcome> => captured(run, args);

/** Runs a command in this process, and keeps what it writes. */
export async function captured(
  command: (args: readonly string[], writers: Writers) => Promise<number>,
  args: readonly string[],
): Promise<Outcome> {
  let [out, err] = ['', ''];
  const code = await command(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}
