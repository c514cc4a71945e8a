/** What every error of tapegrad tells: who complains, what came, what was wanted, and the way out. */
export interface ErrorDetails {
  /** The operation, layer or file that complains, as users write it: `conv2d`, `train-images-idx3-ubyte`. */
  readonly operation: string;
  /** What came, with the numbers seen: `x is [2, 3], y is [4]`. */
  readonly got: string;
  /** What would have been right: `shapes that broadcast together`. */
  readonly wanted: string;
  /** What to do about it, as a sentence without its full stop: `reshape one of them`. */
  readonly remedy: string;
}

/**
 * The base of all errors that tapegrad throws on purpose. `code` names the kind and stays the same across versions. The name is
 * written out in each class, for a bundler shortens that of the class itself.
 */
export class TapegradError extends Error {
  override readonly name: string = 'TapegradError';
  readonly code: string = 'TAPEGRAD';
  readonly operation: string;
  readonly got: string;
  readonly wanted: string;
  readonly remedy: string;

  constructor({ operation, got, wanted, remedy }: ErrorDetails, options?: ErrorOptions) {
    super(`${operation}: ${got}; wanted ${wanted}. ${remedy}.`, options);
    this.operation = operation;
    this.got = got;
    this.wanted = wanted;
    this.remedy = remedy;
  }
}

/** Shapes, axes or sizes that do not fit together. */
export class ShapeError extends TapegradError {
  override readonly name = 'ShapeError';
  override readonly code = 'SHAPE';
}

/** float32 and float64 mixed in one operation, or data that is not numeric. */
export class DataTypeError extends TapegradError {
  override readonly name = 'DataTypeError';
  override readonly code = 'DATA_TYPE';
}

/** A value outside its range: a label, an option, a seed. */
export class ValueError extends TapegradError {
  override readonly name = 'ValueError';
  override readonly code = 'VALUE';
}

/** A tape used the wrong way: ended, mixed with another, asked about what it never saw. */
export class TapeError extends TapegradError {
  override readonly name = 'TapeError';
  override readonly code = 'TAPE';
}

/** NaN or infinity where a finite number is needed. */
export class NonFiniteError extends TapegradError {
  override readonly name = 'NonFiniteError';
  override readonly code = 'NON_FINITE';
}

/** A written derivative that does not agree with the numerical one. */
export class GradientCheckError extends TapegradError {
  override readonly name = 'GradientCheckError';
  override readonly code = 'GRADIENT_CHECK';
}

/** The engine cannot do what it was asked to: a thread that died, a build that the machine cannot run. */
export class EngineError extends TapegradError {
  override readonly name = 'EngineError';
  override readonly code = 'ENGINE';
}

/** The engine's memory is full and cannot grow. */
export class OutOfMemoryError extends TapegradError {
  override readonly name = 'OutOfMemoryError';
  override readonly code = 'OUT_OF_MEMORY';
}
