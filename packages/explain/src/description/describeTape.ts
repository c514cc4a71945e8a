import { type Step, type Tape, TapeError, type Tensor, ValueError } from '@tapegrad/core';
import { checkHas, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { describeNumbers } from './describeNumbers.ts';
import type {
  ContributionDescription,
  NumbersDescription,
  PassedDescription,
  StepDescription,
  TapeDescription,
} from './description.ts';
import { plainAttributes } from './plainAttributes.ts';

export interface DescribeOptions {
  /** What to walk back from, mostly the loss. Default: nothing, and only the recording is described. */
  readonly output?: Tensor;
  /** ∂loss/∂output for an output that is not one number. Default: 1, for an output that is. */
  readonly cotangent?: Tensor;
  /** Which tensors to walk back to. Default: every parameter and watched tensor of the tape. */
  readonly withRespectTo?: readonly Tensor[];
  /** How many numbers of each tensor are kept, at least 1; Infinity keeps all. Default: 1000. */
  readonly limit?: number;
  /** What to do about a NaN or infinite output: throw an error, or go on with it. Default: `allow`. */
  readonly nonFinite?: 'throw' | 'allow';
}

const describeOptions: OptionNames<DescribeOptions> = {
  output: 'optional',
  cotangent: 'optional',
  withRespectTo: 'optional',
  limit: 'optional',
  nonFinite: 'optional',
};

type WayBack = Pick<StepDescription, 'cotangent' | 'passed'> & { readonly contributions: ContributionDescription[] };

/**
 * A recorded tape as plain data: each step with its value and, where an output is given, the whole way back from it. What
 * arrived at a step, which later steps passed it there, and what it passes on itself.
 *
 * The numbers are copies, taken now: they outlive the tape. Nothing is written on the tape.
 *
 * @example
 * using tape = new Tape();
 * const loss = sum(square(tape.watch(tensor([1, 2]), 'x')));
 * describeTape(tape, { output: loss }).steps.map(({ operation }) => operation) // ["watched", "multiply", "sum"]
 *
 * @throws TapeError when the tape has ended, a parameter was changed since the tape saw it, or for what `tape.gradients`
 * throws it
 * @throws ShapeError when the output is not one number and no cotangent is given, or the cotangent has another shape
 * @throws DataTypeError when the cotangent has another type
 * @throws NonFiniteError when the output is NaN or infinite, with `nonFinite: 'throw'`
 * @throws ValueError when `limit` is not a whole number of at least 1, or an option is given that needs an output
 */
export function describeTape(tape: Tape, options: DescribeOptions = {}, ...surplus: []): TapeDescription {
  checkSurplus('describeTape', surplus);
  const {
    output,
    limit = 1000,
    cotangent,
    withRespectTo,
    nonFinite = 'allow',
  } = checkOptions('describeTape', options, describeOptions);
  const remedy = 'Pass the tape that listened: `describeTape(tape)`';
  checkHas('describeTape', 'tape', tape, ['steps', 'recording'], { wanted: 'a tape', remedy });
  checkRequest(options, limit);
  checkRuns(tape);
  // The walk begins first: it checks what it is given, and a loss of parameters alone enters the tape only now.
  const walk = output && tape.stepBackward(output, { cotangent, withRespectTo, nonFinite });
  checkParameters(tape.steps);
  const known = new Map<Tensor, NumbersDescription>();
  const describe = (x: Tensor): NumbersDescription => {
    const numbers = known.get(x) ?? describeNumbers(x, limit);
    known.set(x, numbers);
    return numbers;
  };
  const recorded = tape.steps.map((step) => describeStep(step, describe));
  if (!output || !walk) return { steps: recorded, output: null };
  const ways: WayBack[] = recorded.map(() => ({ cotangent: null, passed: [], contributions: [] }));
  for (const { step, cotangent, passed } of walk) {
    const row = Object.entries(passed).map(
      ([input, g]): PassedDescription => ({ input, to: step.inputs[input], cotangent: describe(g) }),
    );
    for (const { input, to, cotangent } of row) ways[to].contributions.push({ from: step.index, input, cotangent });
    ways[step.index] = { ...ways[step.index], cotangent: describe(cotangent), passed: row };
  }
  const steps = recorded.map((step, index): StepDescription => ({ ...step, ...ways[index] }));
  return { steps, output: tape.indexOf(output) ?? null };
}

function describeStep(step: Step, describe: (x: Tensor) => NumbersDescription): StepDescription {
  const { index, operation, name = null, layer = null, inputs, attributes, needsGradient, output } = step;
  return {
    index,
    operation,
    name,
    layer,
    inputs: Object.fromEntries(Object.entries(inputs)),
    attributes: plainAttributes(attributes),
    needsGradient,
    value: describe(output),
    cotangent: null,
    contributions: [],
    passed: [],
  };
}

function checkRequest({ output, cotangent, withRespectTo }: DescribeOptions, limit: number): void {
  if (limit !== Infinity && !(Number.isSafeInteger(limit) && limit >= 1)) {
    throw new ValueError({
      operation: 'describeTape',
      got: `limit is ${limit}`,
      wanted: 'a whole number of at least 1, or Infinity',
      remedy: 'It says how many numbers of each tensor are kept',
    });
  }
  const needy = cotangent ? 'cotangent' : withRespectTo ? 'withRespectTo' : undefined;
  if (output || !needy) return;
  throw new ValueError({
    operation: 'describeTape',
    got: `${needy} without an output`,
    wanted: 'an output to walk back from',
    remedy: 'Pass the loss: `describeTape(tape, { output: loss })`',
  });
}

function checkRuns(tape: Tape): void {
  if (!tape.ended) return;
  throw new TapeError({
    operation: 'describeTape',
    got: 'a tape that has ended',
    wanted: 'a tape that still runs',
    remedy: 'Describe it before the end of its `using` block: the description outlives it',
  });
}

/** The numbers of a parameter are read where they lie: changed ones would not belong to the values computed from them. */
function checkParameters(steps: readonly Step[]): void {
  const changed = steps.find(({ version }) => version && version.parameter.version !== version.version);
  if (!changed) return;
  throw new TapeError({
    operation: 'describeTape',
    got: `the parameter ${changed.name} was changed after the tape had seen it`,
    wanted: 'parameters as they were when the tape was recorded',
    remedy: 'Describe the tape before the optimiser steps',
  });
}
