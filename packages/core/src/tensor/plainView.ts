import type { Data, DataType, NdArray, Value } from 'ndarray';

/** Numbers in something that is no array, read and written by its methods. */
interface Accessors {
  get(index: number): unknown;
  set(index: number, value: unknown): unknown;
}

/**
 * An ndarray without `ndarray`, which makes its classes with `new Function`: a page whose content security policy forbids
 * that gets its views from here, with the same fields and methods.
 */
export class PlainView<D extends Data> implements NdArray<D> {
  readonly dtype: DataType<D>;
  readonly dimension: number;
  data: D;
  shape: number[];
  stride: number[];
  offset: number;

  constructor(data: D, shape: readonly number[], stride: readonly number[], offset: number) {
    this.data = data;
    this.shape = [...shape];
    this.stride = [...stride];
    this.offset = offset;
    this.dimension = shape.length;
    this.dtype = dtypeNameOf(data) as DataType<D>;
  }

  get size(): number {
    return this.shape.reduce((product, length) => product * length, 1);
  }

  /** The axes from the least stride to the greatest. */
  get order(): number[] {
    const distance = (axis: number): number => Math.abs(this.stride[axis]);
    return this.shape.map((_, axis) => axis).sort((a, b) => distance(a) - distance(b));
  }

  /** Where an element lies in `data`. As its type in `@types/ndarray` has it, an index is of the type of the elements. */
  index(...indices: number[]): Value<D> {
    return this.#at(indices) as Value<D>;
  }

  get(...indices: number[]): Value<D> {
    const at = this.#at(indices);
    return (hasAccessors(this.data) ? this.data.get(at) : (this.data as Value<D>[])[at]) as Value<D>;
  }

  /** Takes the indices, and last the value. */
  set(...indicesAndValue: number[]): Value<D> {
    const at = this.#at(indicesAndValue);
    const value = indicesAndValue[this.dimension] as Value<D>;
    if (hasAccessors(this.data)) return this.data.set(at, value) as Value<D>;
    (this.data as Value<D>[])[at] = value;
    return value;
  }

  /** From these indices on. */
  lo(...starts: (number | null)[]): PlainView<D> {
    const [shape, offset] = [[...this.shape], { value: this.offset }];
    for (const [axis, start] of this.#given(starts)) {
      if (start < 0) continue;
      shape[axis] -= start;
      offset.value += start * this.stride[axis];
    }
    return new PlainView(this.data, shape, this.stride, offset.value);
  }

  /** The first so many along each axis. */
  hi(...lengths: (number | null)[]): PlainView<D> {
    const shape = [...this.shape];
    for (const [axis, length] of this.#given(lengths)) if (length >= 0) shape[axis] = length;
    return new PlainView(this.data, shape, this.stride, this.offset);
  }

  /** Every nth element along each axis; backwards where it is negative. */
  step(...steps: (number | null)[]): PlainView<D> {
    const [shape, stride] = [[...this.shape], [...this.stride]];
    let offset = this.offset;
    for (const [axis, step] of this.#given(steps)) {
      if (step < 0) offset += stride[axis] * (shape[axis] - 1);
      shape[axis] = Math.ceil(shape[axis] / Math.abs(step));
      stride[axis] *= step;
    }
    return new PlainView(this.data, shape, stride, offset);
  }

  /** The axes in another order; those that are not named stay where they are. */
  transpose(...axes: number[]): PlainView<D> {
    const from = this.shape.map((_, axis) => axes[axis] ?? axis);
    return new PlainView(
      this.data,
      from.map((axis) => this.shape[axis]),
      from.map((axis) => this.stride[axis]),
      this.offset,
    );
  }

  /** The part where the axes that are given a number have that index; they fall away. */
  pick(...indices: (number | null)[]): PlainView<D> {
    const isKept = (_: unknown, axis: number): boolean => !((indices[axis] ?? -1) >= 0);
    let offset = this.offset;
    for (const [axis, index] of this.#given(indices)) if (index >= 0) offset += index * this.stride[axis];
    return new PlainView(this.data, this.shape.filter(isKept), this.stride.filter(isKept), offset);
  }

  /** All axes in reverse order. */
  get T(): PlainView<D> {
    return this.transpose(...this.shape.map((_, axis) => this.dimension - 1 - axis));
  }

  #at(indices: readonly number[]): number {
    return this.stride.reduce((at, stride, axis) => at + stride * indices[axis], this.offset);
  }

  /** The axes that are given a number, with it, as a whole number. */
  #given(numbers: readonly (number | null)[]): (readonly [axis: number, number: number])[] {
    return this.shape.flatMap((_, axis) => {
      const number = numbers[axis];
      return typeof number === 'number' ? [[axis, Math.trunc(number)] as const] : [];
    });
  }
}

function hasAccessors(data: unknown): data is Accessors {
  return !Array.isArray(data) && !ArrayBuffer.isView(data);
}

/** What `ndarray` calls the type of data: `float32`, `uint8_clamped`, `array`. */
function dtypeNameOf(data: unknown): string {
  if (Array.isArray(data)) return 'array';
  if (!ArrayBuffer.isView(data)) return 'generic';
  const name = Object.prototype.toString.call(data).slice('[object '.length, -'Array]'.length).toLowerCase();
  return name === 'uint8clamped' ? 'uint8_clamped' : name;
}
