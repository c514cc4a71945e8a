/*
 * The page asks, a worker answers: whatever is computed is computed there, so that the page never freezes.
 */

/** The functions of a worker by name: each takes one value and gives one, both of which can be cloned. */
export type Answers = Readonly<Record<string, (question: never) => unknown>>;

export interface Question {
  readonly id: number;
  readonly name: string;
  readonly question: unknown;
}

/** An error as it travels: its class has no way through, its words have. */
export interface Failure {
  readonly name: string;
  readonly message: string;
}

export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: Failure };
