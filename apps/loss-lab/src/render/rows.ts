import { formatShape, type NestedList } from '@tapegrad/core';
import { flagOf } from '../flags.ts';
import type { Study } from '../study.ts';
import { writtenNumbers } from '../writtenNumbers.ts';

/** One row of a table: what it is called, its shape, and its numbers. */
export type Row = readonly [name: string, shape: string, value: string];

/** What went in: the inputs, and the options by their flags. */
export function inputRows({ inputs, request }: Study): Row[] {
  const given = inputs.map(({ name, shape, list }): Row => [name, formatShape(shape), written(request, list)]);
  const options = Object.entries(request.options).flatMap(([name, value]): Row[] =>
    value === undefined ? [] : [[flagOf(name), '', writtenOption(value, request)]],
  );
  return [...given, ...options];
}

/** ∂loss/∂input for each input that was differentiated by. */
export function gradientRows({ inputs, request }: Study): Row[] {
  return inputs.flatMap(({ name, shape, gradient }): Row[] =>
    gradient === undefined ? [] : [[name, formatShape(shape), written(request, gradient)]],
  );
}

/** The formula of the gradient, as the options make it. */
export function gradientLine({ request }: Study): string {
  const { form } = request;
  return form.gradientFor?.(request) ?? form.gradient;
}

/** What the loss gave. */
export function lossRows({ losses, loss, request }: Study): Row[] {
  const own: Row = ['loss', formatShape(losses.shape), written(request, losses.list)];
  return isSum({ losses }) ? [own, ['their sum', '[]', written(request, loss)]] : [own];
}

/** Sentences about what was differentiated, where that needs saying. */
export function remarks({ losses, loss, firstNonFinite }: Study): string[] {
  const told: string[] = [];
  if (isSum({ losses })) {
    told.push('These are several losses; what follows differentiates their sum, so that each counts 1.');
  }
  if (firstNonFinite !== undefined) {
    told.push(`The loss is ${loss}. The first step that is NaN or infinite is ${firstNonFinite}.`);
  }
  return told;
}

/** Whether the loss gave several numbers, of which the sum is differentiated. */
export function isSum({ losses }: Pick<Study, 'losses'>): boolean {
  return losses.shape.some((length) => length !== 1);
}

function written({ dtype }: Study['request'], list: NestedList): string {
  return writtenNumbers(list, dtype);
}

function writtenOption(value: unknown, request: Study['request']): string {
  return Array.isArray(value) ? written(request, value) : String(value);
}
