/** How much room a thread needs for a product of matrices: `workBytes` of assembly/multiplyMatrices.ts. */
export const workBytes = 4 * (6 * 16 + 96 * 256 + 256 * 512);
/** How many steps of the inner axis are packed and summed up at a time: `innerBlock` of the same file. */
export const innerBlock = 256;
/** How many columns a panel has: `panelColumns` of assembly/matrixPanels.ts. */
export const panelColumns = 16;
