/**
 * Positions for labels that want to stand at `wanted` but need `gap` between them: as near as can be to where they want to be,
 * in the same order, within `from` and `to` where there is room for all.
 */
export function spread(wanted: readonly number[], gap: number, from: number, to: number): number[] {
  const order = wanted.map((_, index) => index).sort((one, other) => wanted[one] - wanted[other]);
  // Labels that touch stand in a block, whose middle is where they want to be on average.
  const blocks: { members: number[]; middle: number }[] = [];
  for (const index of order) {
    let block = { members: [index], middle: within(wanted[index], 1) };
    for (let last = blocks.at(-1); last && endOf(last) > startOf(block); last = blocks.at(-1)) {
      blocks.pop();
      const members = [...last.members, ...block.members];
      const mean = members.reduce((sum, member) => sum + wanted[member], 0) / members.length;
      block = { members, middle: within(mean, members.length) };
    }
    blocks.push(block);
  }
  const positions: number[] = new Array(wanted.length).fill(0);
  for (const { members, middle } of blocks) {
    members.forEach((member, at) => {
      positions[member] = middle + (at - (members.length - 1) / 2) * gap;
    });
  }
  return positions;

  function within(middle: number, count: number): number {
    const half = ((count - 1) * gap) / 2;
    return Math.max(Math.min(middle, to - half), from + half);
  }
  function startOf({ members, middle }: { members: number[]; middle: number }): number {
    return middle - (members.length * gap) / 2;
  }
  function endOf({ members, middle }: { members: number[]; middle: number }): number {
    return middle + (members.length * gap) / 2;
  }
}
