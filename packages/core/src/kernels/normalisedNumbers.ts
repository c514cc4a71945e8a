import type { FloatArray } from './dtype.ts';

/** Calls `work` for each number: its index, the channel that it belongs to, its group, and that group's normalised number. */
export function forEachNormalised(
  x: FloatArray,
  moments: FloatArray,
  [lines, channels, plane, perGroup, epsilon]: readonly number[],
  work: (at: number, channel: number, group: number, normalised: number, deviation: number) => void,
): void {
  for (let line = 0; line < lines; line++) {
    const channel = line % channels;
    const group = perGroup === 0 ? channel : Math.floor(line / perGroup);
    const [rough, rest, variance] = moments.subarray(3 * group, 3 * group + 3);
    const deviation = Math.sqrt(variance + epsilon);
    for (let at = line * plane; at < (line + 1) * plane; at++) {
      work(at, channel, group, (x[at] - rough - rest) / deviation, deviation);
    }
  }
}

/** g, where there is no gate or the gate is above 0; else 0. */
export function gated(g: FloatArray, gate: FloatArray | null, at: number): number {
  return gate && !(gate[at] > 0) ? 0 : g[at];
}
