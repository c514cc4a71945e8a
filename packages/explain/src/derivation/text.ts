import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { onOneLine } from '../notation/lines.ts';
import { formatNumber } from '../notation/numbers.ts';
import type { Explanation, GradientExplanation, StepExplanation, ValueExplanation } from './explanation.ts';
import { textOfStep } from './textOfStep.ts';
import {
  callText,
  isBareNumber,
  isLeaf,
  leafText,
  mostTold,
  nameOf,
  numbersText,
  type Values,
  valuesOf,
} from './wording.ts';

export interface RenderingOptions {
  /** Whether elementary steps are told in full, where there are few; else only how well both agree. Default: true. */
  readonly longForms?: boolean;
}

export const renderingOptions: OptionNames<RenderingOptions> = { longForms: 'optional flag' };

/** How many columns the numbers of a line may take. */
const width = 88;

/**
 * The derivation as text, to be read from top to bottom: the values, then the way back from the loss, each step with its
 * formula, its local derivative in numbers and the product that is passed on, then the gradients. Numbers are rounded to
 * five significant digits; `explanationToJson` has all of them.
 *
 * @example
 * using tape = new Tape();
 * const explanation = explain(square(tape.watch(tensor(3, { dtype: 'float64' }), 'x')));
 * explanationToText(explanation).split('\n')[0] // "The gradients of L = v1"
 */
export function explanationToText(explanation: Explanation, options: RenderingOptions = {}, ...surplus: []): string {
  checkSurplus('explanationToText', surplus);
  const { longForms = true } = checkOptions('explanationToText', options, renderingOptions);
  const values = valuesOf(explanation);
  const name = nameOf(values, explanation.output);
  const head = `The gradients of L = ${name}`;
  return [
    head,
    '='.repeat(head.length),
    '',
    ...textOfDerivation(explanation, values, (step, number) =>
      textOfStep(step, number, values, longForms ? textOfChain : () => []),
    ),
    '',
    'The gradients',
    '-------------',
    ...explanation.gradients.flatMap((gradient) => textOfGradient(gradient, explanation, values)),
    '',
  ].join('\n');
}

function textOfDerivation(
  explanation: Explanation,
  values: Values,
  tell: (step: StepExplanation, number: number) => string[],
): string[] {
  return [
    'The values',
    '----------',
    ...explanation.values.flatMap((value) => textOfValue(value, values)),
    '',
    'The way back',
    '------------',
    ...explanation.steps.flatMap((step, index) => [...(index > 0 ? [''] : []), ...tell(step, index + 1)]),
  ];
}

/** A chain of elementary steps within a step of the derivation: forward, and back. */
function textOfChain(explanation: Explanation): string[] {
  const values = valuesOf(explanation);
  const count = explanation.steps.length;
  if (count > mostTold) return [`(${count} elementary steps, too many to be told here)`];
  return [
    ...explanation.values.flatMap((value) => textOfValue(value, values)),
    ...explanation.steps.flatMap((step, index) =>
      textOfStep(step, index + 1, values, () => []).map((line) => `  ${line}`),
    ),
  ];
}

function textOfValue(value: ValueExplanation, values: Values): string[] {
  if (isBareNumber(value)) return [];
  const { label, name } = value;
  const numbers = numbersText(value.value, width);
  const named = name === null || name === label.text ? [] : [`"${onOneLine(name)}"`];
  const layer = value.layer === null ? [] : [`in ${onOneLine(value.layer)}`];
  const notes = [...(isLeaf(value) ? [leafText(value)] : []), ...named, ...layer].join(', ');
  const note = notes === '' ? '' : `   (${notes})`;
  if (isLeaf(value)) return [`${label.text} = ${numbers}${note}`];
  const made = [value.formula?.text ?? '', `${callText(values, value)}${note}`];
  return [
    ...(made.join('   ').length <= 100 ? [made.join('   ')] : [made[0], `    by ${made[1]}`]),
    ...(value.inNumbers ? [`    = ${value.inNumbers.text}`] : []),
    `    = ${numbers}`,
  ];
}

function textOfGradient(
  { index, label, chain, shortForm, gradient }: GradientExplanation,
  explanation: Explanation,
  values: Values,
): string[] {
  const short = shortForm.map(({ from, product }) => {
    const step = explanation.steps.find((step) => step.index === from);
    if (!step) return product.text;
    const arrived = step.cotangent.size === 1 ? ` = ${formatNumber(step.cotangent.numbers[0])}` : '';
    return `    in short, at ${nameOf(values, from)}: ${product.text}, with ${step.cotangentLetter} = ∂L/∂${nameOf(values, from)}${arrived}`;
  });
  const isLoss = index === explanation.output;
  return [`∂L/∂${label.text} = ${isLoss ? '1' : chain.text}`, `    = ${numbersText(gradient, width)}`, ...short];
}
