/** Something went wrong that a person can mend: printed as one sentence, without a stack. */
export class Problem extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What a person has to know about an error: its sentence, or for a bug where it comes from. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Problem || (error instanceof Error && 'remedy' in error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
