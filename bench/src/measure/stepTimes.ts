import { median, quantile } from '../statistics.ts';

/** How long to measure: until so many steps are done or the time is up, and one step at least. */
export interface Patience {
  readonly steps: number;
  readonly seconds: number;
  /** Steps beforehand, whose times do not count: one at least, or none at all for 0 seconds. */
  readonly warmUpSeconds: number;
}

export interface StepTimes {
  readonly medianMs: number;
  readonly minMs: number;
  readonly p90Ms: number;
  /** At the median. */
  readonly samplesPerSecond: number;
  readonly steps: number;
}

/** Repeats a step and sums up how long it took. */
export async function measureSteps(
  step: () => unknown,
  batch: number,
  { steps, seconds, warmUpSeconds }: Patience,
): Promise<StepTimes> {
  const isOver = clock(warmUpSeconds);
  while (!isOver()) await timeOf(step);
  const times: number[] = [];
  const isEnough = clock(seconds);
  do times.push(await timeOf(step));
  while (times.length < steps && !isEnough());
  const medianMs = median(times);
  return {
    medianMs,
    minMs: Math.min(...times),
    p90Ms: quantile(times, 0.9),
    samplesPerSecond: (1000 * batch) / medianMs,
    steps: times.length,
  };
}

function clock(seconds: number): () => boolean {
  const start = performance.now();
  return () => performance.now() - start >= 1000 * seconds;
}

/** Awaits only what has to be awaited, so that a step that does not is not charged for it. */
async function timeOf(step: () => unknown): Promise<number> {
  const start = performance.now();
  const pending = step();
  if (pending instanceof Promise) await pending;
  return performance.now() - start;
}
