/** How the digits that tapegrad draws are to be read. */
export const digitKinds = ['hard', 'plain'] as const;
export type DigitKind = (typeof digitKinds)[number];
