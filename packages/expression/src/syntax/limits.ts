/** What an expression may be at most: enough for any loss, and little enough that no text keeps a page busy. */
export const limits = {
  /** Signs of the text. */
  length: 1000,
  /** Brackets within brackets. */
  brackets: 50,
  /** Operations within operations. */
  operations: 100,
  /** Ops that are recorded. */
  steps: 300,
  /** Numbers in one value. */
  numbers: 10_000,
  /** How long all of it may take, in seconds. */
  seconds: 5,
};
