import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Problem } from '../problem.ts';

const main = fileURLToPath(new URL('../main.js', import.meta.url));
const firstStep = fileURLToPath(new URL('../measure/firstStep.js', import.meta.url));

/** Measures in a process of its own, with nothing in its environment that changes what is measured. */
export function measureApart<Result>(node: string, args: readonly string[]): Promise<Result> {
  return jsonOf(node, [main, ...args, '--json']);
}

/** How long a process of Node takes from its start to the end of its first step of training. */
export async function timeFirstStep(node: string): Promise<number> {
  return (await jsonOf<{ firstStepMs: number }>(node, [firstStep])).firstStepMs;
}

/** What a program prints, read as JSON. */
export async function jsonOf<Result>(program: string, args: readonly string[]): Promise<Result> {
  const printed = await outputOf(program, args);
  try {
    return JSON.parse(printed.trim().split('\n').at(-1) ?? '');
  } catch {
    throw new Problem(`${program} printed no JSON but ${JSON.stringify(printed.slice(-200))}.`);
  }
}

/** @throws Problem when the program cannot be started or fails, with the last line that it complained with */
export function outputOf(program: string, args: readonly string[]): Promise<string> {
  const { TAPEGRAD_ENGINE, TAPEGRAD_THREADS, OMP_NUM_THREADS, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [printed, complaints]: string[][] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (text) => printed.push(text));
    child.stderr.setEncoding('utf8').on('data', (text) => complaints.push(text));
    child.on('error', ({ message }) => reject(new Problem(`${program} cannot be started: ${message}.`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(printed.join(''));
      const [last = `it ended with ${signal ?? code}`] = complaints.join('').trim().split('\n').slice(-1);
      reject(new Problem(last));
    });
  });
}
