import type { Attributes, Tensor } from '@tapegrad/core';
import { activationLongForms } from './activations.ts';
import type { LongForm, LongForms } from './longForm.ts';
import { productLongForms } from './products.ts';
import { softmaxLongForms } from './softmax.ts';
import { statisticsLongForms } from './statistics.ts';

const tables: LongForms = {
  ...softmaxLongForms,
  ...activationLongForms,
  ...statisticsLongForms,
  ...productLongForms,
};

/** The ops that are written out in elementary steps, by their names on a tape. */
export const operationsWithLongForm: readonly string[] = Object.keys(tables);

/** The ways to write an op out in elementary steps; none for an op that is elementary itself. */
export function longFormsOf(
  operation: string,
  inputs: Readonly<Record<string, Tensor>>,
  attributes: Attributes,
): readonly LongForm[] {
  if (!Object.hasOwn(tables, operation)) return [];
  return tables[operation].filter(({ fits }) => fits?.(inputs, attributes) ?? true);
}
