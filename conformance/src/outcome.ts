/** How one case ended. */
export type Outcome =
  | { readonly kind: 'passed'; readonly remark?: string }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Something that tapegrad has not got yet: an op, or an option of one. It counts as failed. */
  | { readonly kind: 'unsupported'; readonly reason: string };

/** A case that was run: where it stands, what it is about, and how it ended. */
export interface Result {
  readonly file: string;
  readonly op: string;
  readonly name: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/** Thrown for what tapegrad has not got yet: `not built yet`, `option norm_type = 1`. */
export class Unsupported extends Error {}

/** Thrown where a number is not the one wanted; the message names the position, both numbers and the tolerance. */
export class Difference extends Error {}

/** Thrown for a case that does not say what it should: a missing field, too few numbers. */
export class MalformedCase extends Error {}

/** What an error thrown by a case means. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof Unsupported) return { kind: 'unsupported', reason: error.message };
  if (error instanceof Difference) return { kind: 'failed', reason: error.message };
  if (error instanceof MalformedCase) return { kind: 'failed', reason: `malformed: ${error.message}` };
  if (error instanceof Error) return { kind: 'failed', reason: `threw ${error.name}: ${error.message}` };
  return { kind: 'failed', reason: `threw ${String(error)}` };
}
