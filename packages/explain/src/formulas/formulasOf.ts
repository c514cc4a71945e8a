import type { Step, Tensor } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import {
  cotangentLetter,
  equation,
  type Formula,
  type FormulaTable,
  formula,
  formulas as formulasOfCore,
  type InputFormulas,
  letter,
  loss,
  partial,
  type StepFacts,
  type StepFormulas,
} from '@tapegrad/core/formulas';
import { missingFormula } from './missingFormula.ts';

/** What a textbook says about a step, and whether it says anything. */
export interface KnownFormulas extends Omit<StepFormulas, 'inputs'> {
  /** By the name of the input, for each that has a vector–Jacobian product. */
  readonly inputs: Readonly<Record<string, InputFormulas>>;
  /** Whether the op is one whose formulas are written down; of others only their own derivative is known. */
  readonly isKnown: boolean;
}

/**
 * The formulas of a step of a tape: of its value, and of its derivative by each input. An op that nobody wrote formulas for
 * is said to be differentiated by its own vector–Jacobian product, which is all that is known of it.
 *
 * @param own the formulas of ops that core does not have; they go before those of core
 * @example
 * using tape = new Tape();
 * exp(tape.watch(tensor(3), 'x'));
 * formulasOf(tape.steps[1], tape.steps).isKnown // true
 */
export function formulasOf(step: Step, steps: readonly Step[], own: FormulaTable = {}, ...surplus: []): KnownFormulas {
  checkSurplus('formulasOf', surplus);
  const facts = factsOf(step, (index) => steps[index].output);
  const table = [own, formulasOfCore].find((table) => Object.hasOwn(table, step.operation));
  const known = table?.[step.operation](facts);
  // A user may record an op by a name of ours with other inputs; what is written down would not be about it.
  const isAboutIt =
    known !== undefined &&
    Object.keys(facts.inputs).every((name) => name in known.inputs) &&
    facts.withGradient.every((name) => known.inputs[name] !== null);
  const formulas = isAboutIt ? known : unwritten(facts);
  const inputs: Record<string, InputFormulas> = {};
  for (const name of facts.withGradient) {
    const written = formulas.inputs[name];
    if (written) inputs[name] = written;
  }
  return { ...formulas, inputs, isKnown: isAboutIt };
}

function factsOf(step: Step, outputOf: (index: number) => Tensor): StepFacts {
  const inputs = Object.entries(step.inputs).map(([name, from]) => [name, outputOf(from).shape] as const);
  return {
    operation: step.operation,
    attributes: step.attributes,
    shape: step.output.shape,
    inputs: Object.fromEntries(inputs),
    withGradient: Object.keys(step.inputs).filter((name) => step.vjps[name]),
  };
}

function unwritten({ operation, inputs, withGradient }: StepFacts): StepFormulas {
  const names = Object.keys(inputs);
  const letters = names.map(letter);
  const arguments_ = formula(letters.map(({ text }) => text).join(', '), letters.map(({ latex }) => latex).join(', '));
  const cotangent = cotangentLetter(names);
  const own = letter(operation);
  const byItself = (name: string) => ({
    derivative: equation(partial(formula('y'), letter(name)), inWords(`known to ${operation} alone`)),
    product: equation(partial(loss, letter(name)), inWords(`what the op's own derivative makes of ${cotangent}`)),
  });
  return {
    output: 'y',
    cotangent,
    value: formula(`y = ${operation}(${arguments_.text})`, `y = ${own.latex}(${arguments_.latex})`),
    isElementwise: false,
    inputs: Object.fromEntries(names.map((name) => [name, withGradient.includes(name) ? byItself(name) : null])),
    inWords: `${missingFormula(operation)}; the numbers come from its own derivative.`,
  };
}

/** Words as both spellings; what LaTeX would read as a command is left out. */
function inWords(text: string): Formula {
  return formula(text, `\\text{${text.replaceAll(/[^\p{L}\d '’.,-]/gu, ' ')}}`);
}
