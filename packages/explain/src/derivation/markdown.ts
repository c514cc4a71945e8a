import { checkOptions, checkSurplus } from '@tapegrad/core/authors';
import type { Explanation, PassedExplanation, StepExplanation, ValueExplanation } from './explanation.ts';
import { jacobianTable, latexNumbers } from './latexNumbers.ts';
import { shortNumbers } from './numbersPutIn.ts';
import type { RenderingOptions } from './text.ts';
import { renderingOptions } from './text.ts';
import {
  agreementsOf,
  inlineCode,
  isBareNumber,
  isLeaf,
  leafText,
  mostTold,
  type Values,
  valuesOf,
} from './wording.ts';

/**
 * The derivation as Markdown with formulas in LaTeX between dollar signs, the current numbers put in, and a table for each
 * Jacobian that is shown. For KaTeX or MathJax, as GitHub and most notebooks have it.
 *
 * @example
 * using tape = new Tape();
 * const explanation = explain(square(tape.watch(tensor(3, { dtype: 'float64' }), 'x')));
 * explanationToMarkdown(explanation).split('\n')[0] // "# The gradients of $L = v_{1}$"
 */
export function explanationToMarkdown(
  explanation: Explanation,
  options: RenderingOptions = {},
  ...surplus: []
): string {
  checkSurplus('explanationToMarkdown', surplus);
  const { longForms = true } = checkOptions('explanationToMarkdown', options, renderingOptions);
  const values = valuesOf(explanation);
  const steps = explanation.steps.flatMap((step, index) => [
    ...markdownOfStep(step, `### ${index + 1}. `, values),
    ...markdownOfLongForms(step, longForms),
  ]);
  return [
    `# The gradients of $L = ${latexOf(values, explanation.output)}$`,
    '',
    '## The values',
    '',
    ...explanation.values.flatMap((value) => markdownOfValue(value)),
    '',
    '## The way back',
    '',
    ...steps,
    '## The gradients',
    '',
    ...explanation.gradients.flatMap(({ label, chain, shortForm, gradient }) => [
      ...display(`\\frac{\\partial L}{\\partial ${label.latex}} = ${chain.latex} = ${latexNumbers(gradient)}`),
      ...shortForm.flatMap(({ from, product }) => [`In short, at $${latexOf(values, from)}$: $${product.latex}$`, '']),
    ]),
  ].join('\n');
}

function latexOf(values: Values, index: number): string {
  return values.get(index)?.label.latex ?? `v_{${index}}`;
}

function display(latex: string): string[] {
  return [`$$${latex}$$`, ''];
}

function markdownOfValue(value: ValueExplanation): string[] {
  if (isBareNumber(value)) return [];
  const numbers = latexNumbers(value.value);
  const layer = value.layer === null ? '' : `, in ${inlineCode(value.layer)}`;
  if (isLeaf(value)) {
    const isNamed = value.name !== null && value.name !== value.label.text;
    const name = isNamed ? `, ${inlineCode(value.name ?? '')}` : '';
    return [`- $${value.label.latex} = ${numbers}$, ${leafText(value)}${name}${layer}`];
  }
  const inNumbers = value.inNumbers ? ` = ${value.inNumbers.latex}` : '';
  return [`- $${value.formula?.latex}${inNumbers} = ${numbers}$, by \`${value.operation}\`${layer}`];
}

function markdownOfStep(step: StepExplanation, heading: string, values: Values): string[] {
  const value = values.get(step.index);
  if (!value) return [];
  const name = value.label.latex;
  const arrived = `${step.cotangentLetter} = \\frac{\\partial L}{\\partial ${name}} = ${latexNumbers(step.cotangent)}`;
  if (isLeaf(value)) {
    return [`${heading}$${name}$ is ${leafText(value)}`, '', ...arrival(step, values), ...display(arrived)];
  }
  return [
    `${heading}Back through $${name}$, by \`${value.operation}\``,
    '',
    ...display(value.formula?.latex ?? ''),
    ...arrival(step, values),
    ...display(arrived),
    ...step.passed.flatMap((passed) => markdownOfPassed(passed, step, values)),
    step.inWords,
    '',
  ];
}

function arrival({ contributions, index }: StepExplanation, values: Values): string[] {
  if (contributions.length < 2) return [];
  return [
    `$${latexOf(values, index)}$ was used ${contributions.length} times, so what comes back is added:`,
    '',
    ...contributions.map(
      ({ from, input, cotangent }) =>
        `- from $${latexOf(values, from)}$, its ${inlineCode(input)}: $${latexNumbers(cotangent)}$`,
    ),
    '',
  ];
}

function markdownOfPassed(passed: PassedExplanation, step: StepExplanation, values: Values): string[] {
  const { slopes, jacobian, derivativeInNumbers } = passed;
  const receiver = latexOf(values, passed.to);
  const putIn = derivativeInNumbers ? ` = ${derivativeInNumbers.latex}` : '';
  const numbers = slopes ? `${putIn} = ${latexNumbers(slopes)}` : '';
  const isTable = jacobian !== null && jacobian.rows * jacobian.columns > 1;
  const sum = passed.wasBroadcast ? ', added up over the copies that were made of it' : '';
  return [
    `To $${receiver}$, its ${inlineCode(passed.input)}${sum}:`,
    '',
    ...display(`${passed.derivative.latex}${numbers}`),
    ...(isTable ? [...jacobianTable(jacobian, latexOf(values, step.index), receiver), ''] : []),
    ...display(`${passed.product.latex}${productInNumbers(passed, step)} = ${latexNumbers(passed.passed)}`),
  ];
}

/** Cotangent times slopes, where these are few and not all 1. */
function productInNumbers({ slopes }: PassedExplanation, { cotangent }: StepExplanation): string {
  if (!slopes || slopes.numbers.every((slope) => slope === 1)) return '';
  const [g, slope] = [shortNumbers(cotangent), shortNumbers(slopes)];
  return g && slope ? ` = ${g.latex} ${cotangent.shape.length === 0 ? '\\cdot' : '\\odot'} ${slope.latex}` : '';
}

function markdownOfLongForms({ longForms }: StepExplanation, isTold: boolean): string[] {
  return longForms.flatMap((form, index) => {
    const { derivation } = form;
    const values = valuesOf(derivation);
    const isWhole = isTold && index === 0 && derivation.steps.length <= mostTold;
    const told = isWhole
      ? [
          ...derivation.values.flatMap((value) => markdownOfValue(value)),
          '',
          ...derivation.steps.flatMap((step, at) => markdownOfStep(step, `##### ${at + 1}. `, values)),
        ]
      : [];
    return [
      `#### ${index === 0 ? 'The same in elementary steps' : 'Another way'}, ${form.title}`,
      '',
      ...told,
      ...agreementsOf(form).map(([what, how]) => `- ${what}: ${how}`),
      '',
    ];
  });
}
