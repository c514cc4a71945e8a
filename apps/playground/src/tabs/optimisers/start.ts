import type { Form } from './fields.ts';
import { frames } from './valleys.ts';

/** Where all walks begin: what the reader has set, or else the start of the valley. */
export function startOf({ start, valley }: Pick<Form, 'start' | 'valley'>): readonly [x: number, y: number] {
  return start.length === 2 ? [start[0], start[1]] : frames[valley].start;
}
