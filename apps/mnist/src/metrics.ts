import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ValueError } from '@tapegrad/core';

/** One line of the metrics file: a step, or the end of an epoch. */
export type Metric =
  | { readonly kind: 'step'; readonly epoch: number; readonly step: number; readonly loss: number }
  | {
      readonly kind: 'epoch';
      readonly epoch: number;
      readonly step: number;
      readonly meanLoss: number;
      readonly testAccuracy: number;
      readonly testLoss: number;
      readonly seconds: number;
    };

/**
 * Writes metrics as lines of JSON, to be read by other programs; without a file it does nothing. A run that goes on keeps
 * the lines of the steps that it had taken, and of these alone.
 *
 * @param after how many steps were taken already
 * @throws ValueError when the file cannot be written
 */
export function metricsWriter(file: string | undefined, after = 0): (metric: Metric) => void {
  if (file === undefined) return () => {};
  write(file, () => writeFileSync(file, after === 0 ? '' : linesUpTo(after, file)));
  return (metric) => write(file, () => appendFileSync(file, `${JSON.stringify(metric)}\n`));
}

/** The metrics of the steps that a run had taken, as {@link metricsWriter} keeps them; none without a file. */
export function metricsUpTo(step: number, file: string | undefined): Metric[] {
  if (file === undefined || step === 0) return [];
  const lines = linesUpTo(step, file).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Metric);
}

function linesUpTo(step: number, file: string): string {
  if (!existsSync(file)) return '';
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .filter((line) => stepOf(line) <= step)
    .map((line) => `${line}\n`)
    .join('');
}

/**
 * The step of a line; the end of an epoch comes after its last step, and is reported again by a run that goes on there. A
 * line that a killed process has left half-written has none.
 */
function stepOf(line: string): number {
  try {
    const { kind, step = Infinity } = JSON.parse(line) as Partial<Metric>;
    return kind === 'epoch' ? step + 0.5 : step;
  } catch {
    return Infinity;
  }
}

function write(file: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new ValueError(
      {
        operation: '--metrics',
        got: `${file} cannot be written: ${error instanceof Error ? error.message : error}`,
        wanted: 'a file in a folder that exists',
        remedy: 'Make the folder, or name another file',
      },
      { cause: error },
    );
  }
}
