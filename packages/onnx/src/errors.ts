import { TapegradError } from '@tapegrad/core';

/** A model that ONNX has no words for, or an ONNX file that is damaged or says what cannot be done here. */
export class OnnxError extends TapegradError {
  override readonly name = 'OnnxError';
  override readonly code = 'ONNX';
  /** Where several nodes of a file stand in the way of its import: the error of each. Otherwise empty. */
  readonly problems: readonly OnnxError[];

  constructor(
    details: ConstructorParameters<typeof TapegradError>[0],
    options: { readonly cause?: unknown; readonly problems?: readonly OnnxError[] } = {},
  ) {
    super(details, 'cause' in options ? { cause: options.cause } : {});
    this.problems = options.problems ?? [];
  }
}

/** How many problems are told in words; a file may have thousands. */
const mostTold = 20;

/** One error for all that stands in the way of an import: that of the node itself where there is but one. */
export function severalProblems(problems: readonly OnnxError[]): OnnxError {
  const [first, ...others] = problems;
  if (others.length === 0) return first;
  const told = problems.slice(0, mostTold).map(({ operation, got }) => `${operation}: ${got}`);
  const more = problems.length - told.length;
  return new OnnxError(
    {
      operation: 'importOnnx',
      got: `${problems.length} nodes that stand in the way: ${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
      wanted: 'nodes that layers of tapegrad compute',
      remedy: 'Replace them before the export; `error.problems` holds what is wrong with each and what to do',
    },
    { problems },
  );
}

/** The error for a file that is not what the format asks for. */
export function damagedFile(got: string, wanted: string, cause?: unknown): OnnxError {
  return new OnnxError(
    {
      operation: 'importOnnx',
      got,
      wanted,
      remedy: 'Fetch or export the file again; `onnx.checker` in Python says more of what is wrong with it',
    },
    { cause },
  );
}
