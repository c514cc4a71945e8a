import type { ContributionDescription, Explanation, StepDescription, TapeDescription } from '@tapegrad/explain';

/** The elementary steps of an op that does many at once, by their indices in the new description. */
interface Chain {
  readonly fused: StepDescription;
  readonly derivation: Explanation;
  /** New indices of the chain's own values, and those of the inputs that it begins with. */
  readonly newIndices: ReadonlyMap<number, number>;
  /** The names of the inputs of the op, by their indices in the chain. */
  readonly begins: ReadonlyMap<number, string>;
}

/**
 * The description of a tape in which each op that does many steps at once is replaced by its elementary ones, with their
 * values and cotangents: max, shift, exp, sum… instead of `softmaxCrossEntropy`. They stand in a layer of their own,
 * which the picture frames. Without such an op it is the same description.
 */
export function writtenOut(description: TapeDescription, explanation: Explanation): TapeDescription {
  const derivations = new Map(
    explanation.steps.flatMap(({ index, longForms: [longForm] }) => (longForm ? [[index, longForm.derivation]] : [])),
  );
  if (derivations.size === 0) return description;
  const newIndices = new Map<number, number>();
  const chains = new Map<number, Chain>();
  let next = 0;
  for (const step of description.steps) {
    const derivation = derivations.get(step.index);
    if (derivation) {
      const begins = beginsOf(derivation, step);
      const own = new Map<number, number>();
      for (const { index } of derivation.values) {
        const begin = begins.get(index);
        own.set(index, begin === undefined ? next++ : newIndexOf(newIndices, step.inputs[begin]));
      }
      chains.set(step.index, { fused: step, derivation, newIndices: own, begins });
      newIndices.set(step.index, newIndexOf(own, derivation.output));
    } else newIndices.set(step.index, next++);
  }
  const steps = description.steps.flatMap((step) => {
    const chain = chains.get(step.index);
    return chain ? chainSteps(chain, newIndices, chains) : [replaced(step, newIndices, chains)];
  });
  return { steps, output: description.output === null ? null : newIndexOf(newIndices, description.output) };
}

/** The leaves of a chain that stand for the inputs of the op: they have their names. */
function beginsOf({ values }: Explanation, { inputs }: StepDescription): Map<number, string> {
  const leaves = values.filter((value) => Object.keys(value.inputs).length === 0);
  return new Map(leaves.flatMap(({ index, label }) => (label.text in inputs ? [[index, label.text]] : [])));
}

type NewIndices = ReadonlyMap<number, number>;
type Chains = ReadonlyMap<number, Chain>;

/** A step that stays, with the new indices of its neighbours. */
function replaced(step: StepDescription, newIndices: NewIndices, chains: Chains): StepDescription {
  return {
    ...step,
    index: newIndexOf(newIndices, step.index),
    inputs: mapped(step.inputs, newIndices),
    contributions: step.contributions.flatMap((part) => contributionsFor(part, newIndices, chains)),
    passed: step.passed.map((passed) => ({ ...passed, to: newIndexOf(newIndices, passed.to) })),
  };
}

/** What a step received; from a chain it comes by each of the elementary steps that used it. */
function contributionsFor(
  part: ContributionDescription,
  newIndices: NewIndices,
  chains: Chains,
): ContributionDescription[] {
  const chain = chains.get(part.from);
  if (!chain) return [{ ...part, from: newIndexOf(newIndices, part.from) }];
  const begin = [...chain.begins].find(([, name]) => name === part.input)?.[0];
  const received = chain.derivation.steps.find(({ index }) => index === begin)?.contributions ?? [];
  return received.map((own) => ({ ...own, from: newIndexOf(chain.newIndices, own.from) }));
}

/** The elementary steps of a chain; the last one receives what the op received. */
function chainSteps(
  { fused, derivation, newIndices: own, begins }: Chain,
  newIndices: NewIndices,
  chains: Chains,
): StepDescription[] {
  return derivation.values
    .filter(({ index }) => !begins.has(index))
    .map(({ index, operation, inputs, attributes, needsGradient, value }): StepDescription => {
      const back = derivation.steps.find((step) => step.index === index);
      const received =
        index === derivation.output
          ? fused.contributions.flatMap((part) => contributionsFor(part, newIndices, chains))
          : (back?.contributions ?? []).map((part) => ({ ...part, from: newIndexOf(own, part.from) }));
      return {
        index: newIndexOf(own, index),
        operation,
        name: null,
        layer: `${fused.operation} in elementary steps`,
        inputs: mapped(inputs, own),
        attributes,
        needsGradient,
        value,
        cotangent: back?.cotangent ?? null,
        contributions: received,
        passed: (back?.passed ?? []).map(({ input, to, passed }) => ({
          input,
          to: newIndexOf(own, to),
          cotangent: passed,
        })),
      };
    });
}

function mapped(inputs: Readonly<Record<string, number>>, newIndices: NewIndices): Record<string, number> {
  return Object.fromEntries(Object.entries(inputs).map(([name, from]) => [name, newIndexOf(newIndices, from)]));
}

/** The new index of a step; a step's inputs stand before it, and so have one. */
function newIndexOf(newIndices: NewIndices, index: number): number {
  return newIndices.get(index) ?? index;
}
