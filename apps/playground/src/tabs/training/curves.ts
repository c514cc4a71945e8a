/** Some neighbouring numbers of a long series, drawn as one. */
export interface Bucket {
  /** The index of the middle of the bucket in the series, counted from 1. */
  readonly step: number;
  readonly low: number;
  readonly high: number;
  /** The mean of the numbers up to the end of the bucket, over the last so many. */
  readonly smooth: number;
}

/**
 * A series in at most `most` buckets, so that a long one is drawn as fast as a short one. No peak is lost: each bucket keeps
 * its lowest and its highest number.
 *
 * @param span over how many numbers the trailing mean goes
 */
export function bucketed(series: readonly number[], span: number, most = 400): Bucket[] {
  const size = Math.max(1, Math.ceil(series.length / most));
  const buckets: Bucket[] = [];
  for (let start = 0; start < series.length; start += size) {
    const end = Math.min(start + size, series.length);
    const numbers = series.slice(start, end);
    buckets.push({
      step: (start + end + 1) / 2,
      low: Math.min(...numbers),
      high: Math.max(...numbers),
      smooth: meanOfLast(series, end, span),
    });
  }
  return buckets;
}

/** The mean of the last `span` numbers before the index `end`; NaN where there are none. */
export function meanOfLast(series: readonly number[], end: number, span: number): number {
  const start = Math.max(0, end - span);
  let sum = 0;
  for (let index = start; index < end; index++) sum += series[index];
  return sum / (end - start);
}

/** The number in the middle of the sorted ones, or halfway between the two there; NaN where there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
