import type { ChainName } from '../chainNames.ts';
import type { Machine } from '../compute/machine.ts';
import type { ChainStep } from '../compute/walk.ts';
import { rowOf } from '../formulas.ts';
import { hasValue, type Position } from '../position.ts';

/** What of a step is to be seen at a position of the walk. */
export interface ShownStep {
  readonly step: ChainStep;
  readonly value: readonly number[] | undefined;
  /** What has arrived so far. */
  readonly gradient: readonly number[] | undefined;
  readonly isCurrent: boolean;
}

/** What is to be seen of each step at a position of the walk, in one row of the batch. */
export function shownSteps({ chain }: Machine, position: Position, row: number): ShownStep[] {
  const names = chain.map(({ name }) => name);
  const walked = position.direction === 'backward' ? names.indexOf(position.name) : chain.length;
  return chain.map((step, index) => {
    const gradient = index >= walked ? step.gradient : receivedSoFar(chain, step.name, walked);
    const isForth = hasValue(names, position, step.name);
    return {
      step,
      value: isForth ? rowOf(step.value, row) : undefined,
      gradient: gradient && rowOf(gradient, row),
      isCurrent: step.name === position.name,
    };
  });
}

/** What a step has received from those that the walk has passed: the last gift says what it came to. */
function receivedSoFar(
  chain: readonly ChainStep[],
  name: ChainName,
  walked: number,
): readonly (readonly number[])[] | undefined {
  const gifts = chain.slice(walked).flatMap(({ passed }) => passed.filter(({ to }) => to === name));
  // The walk goes backwards, so that the gift of the earliest step came last.
  return gifts[0]?.after;
}

/** How far an edge from an input to a step is: in grey, blue, or on its way. */
export interface ShownEdge {
  readonly forward: 'not yet' | 'now' | 'done';
  readonly backward: 'not yet' | 'now' | 'done';
}

/** The state of the edge that leads to the step of that name. */
export function shownEdge(names: readonly ChainName[], { direction, name }: Position, to: ChainName): ShownEdge {
  const [index, current] = [names.indexOf(to), names.indexOf(name)];
  if (direction === 'forward') {
    return { forward: index === current ? 'now' : index < current ? 'done' : 'not yet', backward: 'not yet' };
  }
  return { forward: 'done', backward: index === current ? 'now' : index > current ? 'done' : 'not yet' };
}
