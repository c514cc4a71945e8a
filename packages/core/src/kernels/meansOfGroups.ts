import type { FloatArray } from './dtype.ts';

/** [mean(g·weight), mean(g·weight·n)] of each group, from the sums of its lines. */
export function meansOfGroups(
  sums: FloatArray,
  weight: FloatArray,
  lines: number,
  channels: number,
  plane: number,
  perGroup: number,
): Float64Array {
  const isAcross = perGroup === 0;
  const count = plane * (isAcross ? lines / channels : perGroup);
  const means = new Float64Array(2 * (isAcross ? channels : lines / perGroup));
  for (let first = 0; first < lines; first += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const line = first + channel;
      const group = isAcross ? channel : Math.floor(line / perGroup);
      means[2 * group] += (sums[2 * line] * weight[channel]) / count;
      means[2 * group + 1] += (sums[2 * line + 1] * weight[channel]) / count;
    }
  }
  return means;
}
