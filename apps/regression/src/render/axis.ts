import { rangeOf } from '../distances.ts';

/** A vertical axis with round numbers at even distances. */
export interface Axis {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

/** The axis that holds all numbers, with about `parts` intervals of 1, 2 or 5 times a power of ten. */
export function axisFor(numbers: readonly number[], parts = 5): Axis {
  const [low, high] = rangeOf(numbers);
  const rough = (high - low || 1) / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const interval = power * ([1, 2, 5].find((times) => times * power >= rough) ?? 10);
  // Rounded, for 3 · 0.1 is not 0.3.
  const round = (value: number): number => Number(value.toPrecision(12));
  return {
    min: round(Math.floor(low / interval) * interval),
    max: round(Math.ceil(high / interval) * interval),
    interval,
  };
}

/** Moves heights apart, as little as is needed, until neighbours are `gap` apart; their order stays. */
export function spread(heights: readonly number[], gap: number): number[] {
  const order = heights.map((_, at) => at).sort((a, b) => heights[a] - heights[b]);
  /** Neighbours that had to move, with the height of their first. */
  const groups: { members: number[]; first: number }[] = [];
  for (const at of order) {
    let group = { members: [at], first: heights[at] };
    for (let last = groups.at(-1); last && last.first + last.members.length * gap > group.first; last = groups.at(-1)) {
      groups.pop();
      const members = [...last.members, ...group.members];
      // The middle, so that the moves up and down cancel out.
      const first = members.reduce((sum, member, index) => sum + heights[member] - index * gap, 0) / members.length;
      group = { members, first };
    }
    groups.push(group);
  }
  const spreadOut = [...heights];
  for (const { members, first } of groups) {
    members.forEach((member, index) => {
      spreadOut[member] = first + index * gap;
    });
  }
  return spreadOut;
}
