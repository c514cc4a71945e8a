import { OnnxError } from '../errors.ts';

/** The oldest version of ONNX's operations that models are written in. */
export const oldest = 17;

/** The newest one that is known here. */
const newest = 25;

/**
 * Which version of ONNX's operations a model is written in. A version that was asked for stays; else it is the oldest one
 * that has all that the layers need.
 */
export class Opset {
  readonly #asked: number | undefined;
  #needed = oldest;

  /** @throws OnnxError when that version is too old, or not known */
  constructor(asked: number | undefined) {
    if (asked !== undefined && !(Number.isInteger(asked) && asked >= oldest && asked <= newest)) {
      throw new OnnxError({
        operation: 'exportOnnx',
        got: `opset ${String(asked)}`,
        wanted: `a whole number from ${oldest} to ${newest}`,
        remedy: 'Leave it out for the oldest one that the layers can be written in',
      });
    }
    this.#asked = asked;
  }

  get version(): number {
    return this.#asked ?? this.#needed;
  }

  /** The version of the file format that goes with it. */
  get irVersion(): number {
    return this.version < 19 ? 8 : this.version < 21 ? 9 : 10;
  }

  /** Whether operations of `version` may be used; from now on they are, unless another version was asked for. */
  offers(version: number): boolean {
    if (this.#asked !== undefined) return this.#asked >= version;
    this.#needed = Math.max(this.#needed, version);
    return true;
  }
}
