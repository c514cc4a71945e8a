import { reach } from './fields.ts';

/** Where the curves are computed: close enough to look smooth, 0 and the hinge's kink among them. */
export const margins: readonly number[] = Array.from({ length: 20 * 2 * reach + 1 }, (_, at) => (at - 20 * reach) / 20);
