/** How much room a thread needs for a product of matrices: `workBytes` of assembly/multiplyMatrices.ts. */
export const workBytes = 4 * (6 * 16 + 96 * 256 + 256 * 512);
/** How many steps of the inner axis are packed and summed up at a time: `innerBlock` of the same file. */
export const innerBlock = 256;
/** How many columns a panel has: `panelColumns` of assembly/matrixPanels.ts. */
export const panelColumns = 16;
/**
 * Up to so many rows y is read where it lies, if its rows are in one piece: packing it would not pay. Where they lie a
 * multiple of so many numbers apart they fight for the same lines of the cache, and it pays sooner. As in that file.
 */
export const inPlace = { few: 64, conflict: 512, fewer: 12 } as const;
