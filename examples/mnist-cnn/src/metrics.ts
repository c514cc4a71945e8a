import { appendFileSync, writeFileSync } from 'node:fs';
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
      readonly seconds: number;
    };

/**
 * Writes metrics as lines of JSON, to be read by other programs; without a file it does nothing.
 *
 * @throws ValueError when the file cannot be written
 */
export function metricsWriter(file: string | undefined): (metric: Metric) => void {
  if (file === undefined) return () => {};
  write(file, () => writeFileSync(file, ''));
  return (metric) => write(file, () => appendFileSync(file, `${JSON.stringify(metric)}\n`));
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
