import { run } from '../src/run.ts';

/** What a command line of `pnpm regression` ends with, and what it writes where. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, as if in a pipe. */
export async function inProcess(...args: readonly string[]): Promise<Outcome> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}
