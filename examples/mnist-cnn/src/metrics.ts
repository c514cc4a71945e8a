import { appendFileSync, writeFileSync } from 'node:fs';

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

/** Writes metrics as lines of JSON, to be read by other programs; without a file it does nothing. */
export function metricsWriter(file: string | undefined): (metric: Metric) => void {
  if (file === undefined) return () => {};
  writeFileSync(file, '');
  return (metric) => appendFileSync(file, `${JSON.stringify(metric)}\n`);
}
