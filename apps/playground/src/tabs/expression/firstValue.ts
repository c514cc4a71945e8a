/** What a name is for which nothing was typed yet. */
export const firstValue = '1';
