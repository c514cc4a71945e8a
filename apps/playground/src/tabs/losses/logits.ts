/** The farthest logit drawn. */
export const farthestLogit = 12;

/** The logits to draw. */
export const logits: readonly number[] = Array.from({ length: 241 }, (_, at) => (at - 120) / 10);
