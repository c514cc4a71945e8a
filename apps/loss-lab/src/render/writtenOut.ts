import type { ContributionDescription, Explanation, StepDescription, TapeDescription } from '@tapegrad/explain';

/** The elementary steps of an op that does many at once, by the places they take in the new description. */
interface Chain {
  readonly fused: StepDescription;
  readonly derivation: Explanation;
  /** New places of the chain's own values, and those of the inputs that it begins with. */
  readonly places: ReadonlyMap<number, number>;
  /** The names of the inputs of the op, by their places in the chain. */
  readonly begins: ReadonlyMap<number, string>;
}

/**
 * The description of a tape in which each op that does many steps at once is replaced by its elementary ones, with their
 * values and cotangents: max, shift, exp, sum… in place of `softmaxCrossEntropy`. They stand in a layer of their own,
 * which the picture frames. Without such an op it is the same description.
 */
export function writtenOut(description: TapeDescription, explanation: Explanation): TapeDescription {
  const derivations = new Map(
    explanation.steps.flatMap(({ index, longForms: [longForm] }) => (longForm ? [[index, longForm.derivation]] : [])),
  );
  if (derivations.size === 0) return description;
  const places = new Map<number, number>();
  const chains = new Map<number, Chain>();
  let next = 0;
  for (const step of description.steps) {
    const derivation = derivations.get(step.index);
    if (derivation) {
      const begins = beginsOf(derivation, step);
      const own = new Map<number, number>();
      for (const { index } of derivation.values) {
        const begin = begins.get(index);
        own.set(index, begin === undefined ? next++ : placed(places, step.inputs[begin]));
      }
      chains.set(step.index, { fused: step, derivation, places: own, begins });
      places.set(step.index, placed(own, derivation.output));
    } else places.set(step.index, next++);
  }
  const steps = description.steps.flatMap((step) => {
    const chain = chains.get(step.index);
    return chain ? chainSteps(chain, places, chains) : [replaced(step, places, chains)];
  });
  return { steps, output: description.output === null ? null : placed(places, description.output) };
}

/** The leaves of a chain that stand for the inputs of the op: they have their names. */
function beginsOf({ values }: Explanation, { inputs }: StepDescription): Map<number, string> {
  const leaves = values.filter((value) => Object.keys(value.inputs).length === 0);
  return new Map(leaves.flatMap(({ index, label }) => (label.text in inputs ? [[index, label.text]] : [])));
}

type Places = ReadonlyMap<number, number>;
type Chains = ReadonlyMap<number, Chain>;

/** A step that stays, with the new places of its neighbours. */
function replaced(step: StepDescription, places: Places, chains: Chains): StepDescription {
  return {
    ...step,
    index: placed(places, step.index),
    inputs: mapped(step.inputs, places),
    contributions: step.contributions.flatMap((part) => contributionsFor(part, places, chains)),
    passed: step.passed.map((passed) => ({ ...passed, to: placed(places, passed.to) })),
  };
}

/** What a step received; from a chain it comes by each of the elementary steps that used it. */
function contributionsFor(part: ContributionDescription, places: Places, chains: Chains): ContributionDescription[] {
  const chain = chains.get(part.from);
  if (!chain) return [{ ...part, from: placed(places, part.from) }];
  const begin = [...chain.begins].find(([, name]) => name === part.input)?.[0];
  const received = chain.derivation.steps.find(({ index }) => index === begin)?.contributions ?? [];
  return received.map((own) => ({ ...own, from: placed(chain.places, own.from) }));
}

/** The elementary steps of a chain; the last one receives what the op received. */
function chainSteps(
  { fused, derivation, places: own, begins }: Chain,
  places: Places,
  chains: Chains,
): StepDescription[] {
  return derivation.values
    .filter(({ index }) => !begins.has(index))
    .map(({ index, operation, inputs, attributes, needsGradient, value }): StepDescription => {
      const back = derivation.steps.find((step) => step.index === index);
      const received =
        index === derivation.output
          ? fused.contributions.flatMap((part) => contributionsFor(part, places, chains))
          : (back?.contributions ?? []).map((part) => ({ ...part, from: placed(own, part.from) }));
      return {
        index: placed(own, index),
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
          to: placed(own, to),
          cotangent: passed,
        })),
      };
    });
}

function mapped(inputs: Readonly<Record<string, number>>, places: Places): Record<string, number> {
  return Object.fromEntries(Object.entries(inputs).map(([name, from]) => [name, placed(places, from)]));
}

/** The new place of a step; what leads to a step always stands before it, and so has one. */
function placed(places: Places, index: number): number {
  return places.get(index) ?? index;
}
