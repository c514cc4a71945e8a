/** How much room a thread needs for a product of matrices: `workBytes` of assembly/multiplyMatrices.ts. */
export const workBytes = 4 * (64 * 256 + 256 * 128 + 4 * 8);
