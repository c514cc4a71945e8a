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

/** An error as it travels: its class has no way through, its words have, and the code that says which kind it is. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
}

export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: Failure };

/** The code of a failure that is none of a computation: its worker did not start, or gave no sign of life. */
export const workerCode = 'WORKER';

/** An error, whatever was thrown, made ready to travel. */
export function failureOf(thrown: unknown): Failure {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { name: error.name, message: error.message, code };
}
