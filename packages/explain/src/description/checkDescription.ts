import { checkHas } from '@tapegrad/core/authors';
import type { TapeDescription } from './description.ts';

/** Throws a DataTypeError in the name of `operation` unless this is the description of a tape. */
export function checkDescription(operation: string, description: TapeDescription): void {
  checkHas(operation, 'description', description, ['steps'], {
    wanted: 'the description of a tape',
    remedy: 'Pass what `describeTape(tape)` gives',
  });
}
