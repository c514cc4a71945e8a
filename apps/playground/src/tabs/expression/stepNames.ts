import type { StepDescription } from '@tapegrad/explain';

/** What a step is called, as on its box: `%1 exp`, `%0 x` for a value that was given. */
export function nameOfStep({ index, operation, name }: StepDescription): string {
  return `%${index} ${name ?? operation}`;
}
