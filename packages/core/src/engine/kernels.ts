import * as reference from '../kernels/index.ts';

/** The kernels by name: flat arrays first, then whole numbers. */
export type Kernels = typeof reference;

/** The kernels that ops call. The reference loops serve everything. */
export const kernels: Kernels = reference;
