import { formatShape } from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';
import type { ContributionDescription, StepDescription, TapeDescription } from '../description/description.ts';
import { wrong } from './checks.ts';

/**
 * Checks that the way back is one: it begins at the output, each step passes to its own inputs, and what a step received
 * is what others passed, later steps first.
 *
 * @throws ValueError naming the path of what is wrong
 */
export function checkWayBack({ steps, output }: TapeDescription): void {
  const first = output === null ? undefined : steps[output];
  if (first && first.cotangent === null) throw wrong(`steps[${output}].cotangent`, null, 'a cotangent, of the output');
  for (const step of steps) checkReach(step, output);
  for (const step of steps) checkPassed(step, steps);
  const arriving = arrivals(steps);
  for (const step of steps) checkContributions(step, arriving[step.index]);
}

/** Nothing arrives behind the output, and nobody passes on what did not arrive. */
function checkReach({ index, cotangent, passed, contributions }: StepDescription, output: number | null): void {
  const path = `steps[${index}]`;
  if (cotangent === null) {
    if (passed.length > 0) throw wrong(`the length of ${path}.passed`, passed.length, '0, where no gradient arrives');
    if (contributions.length === 0) return;
    throw wrong(`the length of ${path}.contributions`, contributions.length, '0, where no gradient arrives');
  }
  if (output === null || index > output) throw wrong(`${path}.cotangent`, 'there', 'null, beyond the output');
  if (index < output && contributions.length === 0) {
    throw wrong(`the length of ${path}.contributions`, 0, 'at least 1, where a gradient arrives');
  }
}

function checkPassed({ index, inputs, passed }: StepDescription, steps: readonly StepDescription[]): void {
  const met = new Set<string>();
  passed.forEach(({ input, to, cotangent }, at) => {
    const path = `steps[${index}].passed[${at}]`;
    if (!Object.hasOwn(inputs, input)) throw wrong(`${path}.input`, input, `an input of step ${index}`);
    if (met.has(input)) throw wrong(`${path}.input`, input, 'each input once');
    met.add(input);
    if (inputs[input] !== to) throw wrong(`${path}.to`, to, `${inputs[input]}, the step of ${input}`);
    const { shape, dtype } = steps[to].value;
    if (!sameShape(cotangent.shape, shape)) {
      throw wrong(`${path}.cotangent.shape`, cotangent.shape, `${formatShape(shape)}, the shape of step ${to}`);
    }
    if (cotangent.dtype !== dtype) throw wrong(`${path}.cotangent.dtype`, cotangent.dtype, `${dtype}, as step ${to}`);
  });
}

/** For each step, what others passed to it, later ones first. */
function arrivals(steps: readonly StepDescription[]): readonly ContributionDescription[][] {
  const arriving: ContributionDescription[][] = steps.map(() => []);
  for (const { index: from, passed } of steps.toReversed()) {
    for (const { input, to, cotangent } of passed) arriving[to].push({ from, input, cotangent });
  }
  return arriving;
}

function checkContributions(
  { index, contributions }: StepDescription,
  wanted: readonly ContributionDescription[],
): void {
  const path = `steps[${index}].contributions`;
  if (contributions.length !== wanted.length) {
    throw wrong(`the length of ${path}`, contributions.length, `${wanted.length}, as many as are passed to it`);
  }
  contributions.forEach(({ from, input, cotangent }, at) => {
    const right = wanted[at];
    if (from !== right.from) throw wrong(`${path}[${at}].from`, from, `${right.from}: later steps come first`);
    if (input !== right.input) throw wrong(`${path}[${at}].input`, input, `"${right.input}", by order of inputs`);
    const known = right.cotangent;
    if (!isSame(cotangent.shape, known.shape) || !isSame(cotangent.numbers, known.numbers)) {
      throw wrong(`${path}[${at}].cotangent`, cotangent.numbers.slice(0, 3), `what step ${from} passed`);
    }
  });
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((number, at) => Object.is(number, b[at]));
}
