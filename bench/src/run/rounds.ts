import type { StepReport } from '../cli/commands.ts';
import { type NetName, stepOperations } from '../nets.ts';
import { sentenceOf } from '../problem.ts';
import { median, spread } from '../statistics.ts';
import type { Competitor, Field } from './competitors.ts';
import type { LeftOut, Noise, StepResult } from './results.ts';

/** Whose step takes longer than that has its turn in the first round only. */
const slowMs = 2000;

/**
 * All competitors in turn, and that several times over: what disturbs the machine for a while disturbs all of them, and
 * how far the rounds lie apart says how much it did.
 */
export async function playRounds(
  competitors: readonly Competitor[],
  nets: readonly NetName[],
  rounds: number,
  field: Field,
  say: (line: string) => void,
): Promise<{ steps: StepResult[]; leftOut: LeftOut[] }> {
  const entries = nets.flatMap((net) =>
    competitors.map((competitor) => ({ net, competitor, turns: [] as StepReport[], out: competitor.sitsOut?.[net] })),
  );
  for (let round = 1; round <= rounds; round++) {
    for (const entry of entries) {
      const { net, competitor, turns } = entry;
      if (entry.out !== undefined || (turns.length > 0 && turns[0].medianMs > slowMs)) continue;
      try {
        const turn = await competitor.turn(net, field);
        turns.push(turn);
        say(`round ${round}/${rounds}  ${net.padEnd(6)}${competitor.name.padEnd(30)}${turn.medianMs.toFixed(2)} ms`);
      } catch (error) {
        entry.out = sentenceOf(error);
        say(`round ${round}/${rounds}  ${net.padEnd(6)}${competitor.name.padEnd(30)}left out: ${entry.out}`);
      }
    }
  }
  const steps = entries.flatMap(({ net, competitor, turns }) =>
    turns.length > 0 ? [resultOf(net, competitor, turns, field.batch)] : [],
  );
  const leftOut = entries.flatMap(({ net, competitor, out }) =>
    out === undefined ? [] : [{ part: 'steps' as const, what: `${competitor.name} on ${net}`, why: out }],
  );
  return { steps, leftOut };
}

function resultOf(net: NetName, { name, family }: Competitor, turns: readonly StepReport[], batch: number): StepResult {
  const roundMs = turns.map(({ medianMs }) => medianMs);
  const medianMs = median(roundMs);
  return {
    net,
    name,
    family,
    medianMs,
    minMs: Math.min(...turns.map(({ minMs }) => minMs)),
    p90Ms: median(turns.map(({ p90Ms }) => p90Ms)),
    samplesPerSecond: (1000 * batch) / medianMs,
    gigaflops: (batch * stepOperations(net)) / medianMs / 1e6,
    roundMs,
    spread: spread(roundMs),
  };
}

/** How noisy the run was; `undefined` where there was one round only. */
export function noiseOf(steps: readonly StepResult[]): Noise | undefined {
  const spreads = steps.flatMap(({ spread }) => (spread === null ? [] : [spread]));
  if (spreads.length === 0) return undefined;
  const [middle, largest] = [median(spreads), Math.max(...spreads)];
  const word = middle < 0.05 ? 'a quiet run' : middle < 0.15 ? 'a somewhat noisy run' : 'a noisy run';
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  const verdict = `${word}: rounds lie ${percent(middle)} apart in the middle, ${percent(largest)} at worst; smaller differences say nothing`;
  return { median: middle, largest, verdict };
}
