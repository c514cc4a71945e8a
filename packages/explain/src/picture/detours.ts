import type { StepDescription } from '../description/description.ts';

/*
 * dagre makes a node for every rank that a line passes: 19,900 for one weight along a chain of 200 steps. So the longest lines
 * make a detour: down a lane beside the picture, and from there to the step that uses them.
 */

/** Ranks that all lines may pass before the longest make a detour. One weight along a chain of 24 steps stays within them. */
const fewPassed = 300;

/** A line from a step to one that uses it. */
export interface Link {
  readonly from: number;
  readonly to: number;
}

/** For each line whether it makes a detour, and how many ranks those pass that do not. */
export interface Detours {
  readonly isDetour: readonly boolean[];
  readonly passed: number;
}

/**
 * Chooses the lines that make a detour: the longest first, until the others pass few ranks. dagre does not see them, and may put
 * their steps into another order; so whoever arranges the others looks at that afterwards, or asks for those that are certain:
 * lines whose step stands below the other in any case, with a step between them, by the lines that stay.
 */
export function chooseDetours(steps: readonly StepDescription[], lines: readonly Link[], isCertain: boolean): Detours {
  const lengths = ranksPassed(steps, lines);
  const isDetour = lines.map(() => false);
  let passed = lengths.reduce((total, length) => total + length, 0);
  if (passed <= fewPassed) return { isDetour, passed };
  const candidates = isCertain ? impliedLines(steps, lines, lengths) : lines.map((_, index) => index);
  for (const index of candidates.sort((a, b) => lengths[b] - lengths[a])) {
    if (passed <= fewPassed) break;
    isDetour[index] = true;
    passed -= lengths[index];
  }
  return { isDetour, passed };
}

/** How many ranks each line passes, besides those where it begins and ends. */
function ranksPassed(steps: readonly StepDescription[], lines: readonly Link[]): number[] {
  const ranks: number[] = [];
  for (const { index, inputs } of steps)
    ranks[index] = 1 + Math.max(-1, ...Object.values(inputs).map((from) => ranks[from]));
  // A leaf stands right before the first step that uses it.
  const firstUse = steps.map(() => Infinity);
  for (const { from, to } of lines) firstUse[from] = Math.min(firstUse[from], ranks[to]);
  return lines.map(({ from, to }) => {
    const isLeaf = Object.keys(steps[from].inputs).length === 0;
    const start = isLeaf ? firstUse[from] - 1 : ranks[from];
    return Math.max(0, ranks[to] - start - 1);
  });
}

/** The lines beside which another way leads from the same step to the same other, through a third, by lines that are none of these. */
function impliedLines(steps: readonly StepDescription[], lines: readonly Link[], lengths: readonly number[]): number[] {
  const arriving = steps.map((): number[] => []);
  lines.forEach(({ to }, index) => {
    arriving[to].push(index);
  });
  const implied: number[] = [];
  /** For each step, all that stand above it by the lines that stay. */
  const above: Set<number>[] = [];
  for (const { index } of steps) {
    const [direct, farther] = [new Set<number>(), new Set<number>()];
    // Short lines first: they are the ways beside the long ones.
    for (const line of arriving[index].sort((a, b) => lengths[a] - lengths[b])) {
      const { from } = lines[line];
      if (lengths[line] > 0 && farther.has(from)) implied.push(line);
      else {
        direct.add(from);
        for (const step of above[from]) farther.add(step);
      }
    }
    for (const from of direct) farther.add(from);
    above.push(farther);
  }
  return implied;
}
