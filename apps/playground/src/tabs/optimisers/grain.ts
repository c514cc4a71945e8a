/** How many heights a picture of a valley has along each side. */
export const grain = 61;
