import type { BackwardStep, Step, Tape, Tensor } from '@tapegrad/core';
import { type Formula, type FormulaTable, letter } from '@tapegrad/core/formulas';
import { describeNumbers } from '../description/describeNumbers.ts';
import type { ContributionDescription, NumbersDescription } from '../description/description.ts';
import { plainAttributes } from '../description/plainAttributes.ts';
import { formulasOf, type KnownFormulas } from '../formulas/formulasOf.ts';
import { instantiate, type Replacement } from '../formulas/instantiate.ts';
import { chainOf } from './chain.ts';
import { explainPassed } from './explainPassed.ts';
import type { Explanation, GradientExplanation, StepExplanation, ValueExplanation } from './explanation.ts';
import { labelsOf } from './labels.ts';
import { proveByLongForms } from './longFormProof.ts';
import { type Meaning, numbersPutIn } from './numbersPutIn.ts';

export interface Settings {
  readonly jacobianLimit: number;
  readonly limit: number;
  readonly longFormLimit: number;
  /** Of ops that core does not have. */
  readonly formulas?: FormulaTable | undefined;
  readonly withRespectTo?: readonly Tensor[] | undefined;
  /** On the tape of the loss, if it is there. */
  readonly cotangent?: Tensor | undefined;
}

interface Context {
  readonly tape: Tape;
  readonly settings: Settings;
  readonly labels: readonly Formula[];
  readonly contributions: Map<number, ContributionDescription[]>;
  readonly describe: (x: Tensor) => NumbersDescription;
}

/** The derivation of a loss that stands on that tape; its values are called by a letter and their numbers. */
export function derive(tape: Tape, loss: Tensor, settings: Settings, valueLetter: 'u' | 'v'): Explanation {
  const { withRespectTo, cotangent } = settings;
  const walkOptions = { withRespectTo, cotangent, nonFinite: 'allow' } as const;
  const walk = tape.stepBackward(loss, walkOptions);
  const wanted = new Set(withRespectTo?.flatMap((x) => tape.indexOf(x) ?? []));
  const context: Context = {
    tape,
    settings,
    labels: labelsOf(tape.steps, valueLetter, wanted),
    contributions: new Map(),
    describe: (x) => describeNumbers(x, settings.limit),
  };
  const steps = Array.from(walk, (turn) => explainStep(turn, context));
  const sources = [...tape.gradients(loss, walkOptions).entries()];
  return {
    output: steps[0].index,
    values: valuesBehind(steps[0].index, context),
    steps,
    gradients: sources.map(([index, gradient]) => explainGradient(index, gradient, steps, context)),
  };
}

function explainStep({ step, cotangent, passed }: BackwardStep, context: Context): StepExplanation {
  const { tape, settings, contributions, describe } = context;
  for (const [input, g] of Object.entries(passed)) {
    const to = step.inputs[input];
    const before = contributions.get(to) ?? [];
    contributions.set(to, [...before, { from: step.index, input, cotangent: describe(g) }]);
  }
  const formulas = formulasOf(step, tape.steps, settings.formulas);
  const names = namesOf(step, formulas, context);
  const meanings = [
    ...meaningsOf(step, formulas, context),
    { letter: letter(formulas.cotangent), numbers: describe(cotangent) },
  ];
  const inputs = Object.fromEntries(
    Object.entries(step.inputs).map(([name, from]) => [name, tape.steps[from].output] as const),
  );
  const size = Object.values(inputs).reduce((sum, x) => sum + x.size, step.output.size);
  const isProved = formulas.isKnown && Object.keys(passed).length > 0 && size <= settings.longFormLimit;
  const isLeaf = Object.keys(inputs).length === 0;
  return {
    index: step.index,
    cotangentLetter: formulas.cotangent,
    inWords: isLeaf ? '' : formulas.inWords,
    isKnown: isLeaf || formulas.isKnown,
    contributions: contributions.get(step.index) ?? [],
    cotangent: describe(cotangent),
    passed: Object.entries(passed).map(([input, g]) =>
      explainPassed(tape, step, input, g, {
        ...{ formulas, names, meanings, describe },
        jacobianLimit: settings.jacobianLimit,
      }),
    ),
    longForms: isProved
      ? proveByLongForms({ step, inputs, cotangent, passed }, (chain, output, g) =>
          derive(chain, output, { ...settings, withRespectTo: undefined, cotangent: g, longFormLimit: 0 }, 'u'),
        )
      : [],
  };
}

/** What the letters of a step's formulas stand for, by name. */
function namesOf({ index, inputs }: Step, { output }: KnownFormulas, { labels }: Context): Replacement[] {
  const ofInputs = Object.entries(inputs).map(([name, from]) => ({ letter: letter(name), by: labels[from] }));
  return [...ofInputs, { letter: letter(output), by: labels[index] }];
}

/** The same in numbers. */
function meaningsOf(step: Step, { output }: KnownFormulas, { tape, describe }: Context): Meaning[] {
  const ofInputs = Object.entries(step.inputs).map(([name, from]) => ({
    letter: letter(name),
    numbers: describe(tape.steps[from].output),
  }));
  return [...ofInputs, { letter: letter(output), numbers: describe(step.output) }];
}

/** All values that lead to the one at `output`, in order of happening. */
function valuesBehind(output: number, context: Context): ValueExplanation[] {
  const { steps } = context.tape;
  const leads = new Set([output]);
  for (let index = output; index >= 0; index--) {
    if (leads.has(index)) for (const from of Object.values(steps[index].inputs)) leads.add(from);
  }
  return steps.filter(({ index }) => leads.has(index)).map((step) => explainValue(step, context));
}

function explainValue(step: Step, context: Context): ValueExplanation {
  const isLeaf = Object.keys(step.inputs).length === 0;
  const formulas = formulasOf(step, context.tape.steps, context.settings.formulas);
  const names = namesOf(step, formulas, context);
  return {
    index: step.index,
    label: context.labels[step.index],
    name: step.name ?? null,
    operation: step.operation,
    layer: step.layer ?? null,
    inputs: { ...step.inputs },
    attributes: plainAttributes(step.attributes),
    general: isLeaf ? null : formulas.value,
    formula: isLeaf ? null : instantiate(formulas.value, names),
    inNumbers:
      isLeaf || !formulas.isElementwise
        ? null
        : numbersPutIn(formulas.value, names, meaningsOf(step, formulas, context)),
    value: context.describe(step.output),
    needsGradient: step.needsGradient,
  };
}

function explainGradient(
  index: number,
  gradient: Tensor,
  steps: readonly StepExplanation[],
  { labels, contributions, describe }: Context,
): GradientExplanation {
  const shortForm = (contributions.get(index) ?? []).flatMap(({ from, input }) => {
    const last = steps.find((step) => step.index === from)?.passed.find((passed) => passed.input === input);
    return last ? [{ from, product: last.product }] : [];
  });
  return {
    index,
    label: labels[index],
    chain: chainOf(index, labels, contributions),
    shortForm,
    gradient: describe(gradient),
  };
}
