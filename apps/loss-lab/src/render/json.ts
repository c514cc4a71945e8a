import type { NestedList } from '@tapegrad/core';
import { explanationToJson } from '@tapegrad/explain';
import type { Study } from '../study.ts';
import { isSum } from './rows.ts';

/** For other programs. JSON knows no NaN and no infinities: they are the strings "NaN", "Infinity" and "-Infinity". */
export function toJson(study: Study): string {
  const { request, inputs, losses, loss, firstNonFinite } = study;
  const { form, dtype, options, by } = request;
  const document = {
    loss: form.name,
    title: form.title,
    computedBy: form.computedBy,
    formula: form.formula,
    dtype,
    inputs: Object.fromEntries(inputs.map(({ name, shape, list }) => [name, { shape, value: list }])),
    options,
    by,
    losses: { shape: losses.shape, value: losses.list },
    value: loss,
    isSumOfLosses: isSum(study),
    firstNonFinite: firstNonFinite ?? null,
    gradients: Object.fromEntries(
      inputs.flatMap(({ name, gradient }): [string, NestedList][] =>
        gradient === undefined ? [] : [[name, gradient]],
      ),
    ),
    explanation: JSON.parse(explanationToJson(study.explanation)),
  };
  return jsonText(document);
}

/** Data as JSON, with the strings for what it does not know. */
export function jsonText(document: object): string {
  return `${JSON.stringify(document, (_, value: unknown) => plain(value), 2)}\n`;
}

function plain(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
