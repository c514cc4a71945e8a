/** Numbers of a mask: classes as a rule. */
export type MaskNumbers =
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint8ClampedArray<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** The images of a batch and their masks, row by row in memory of their own. */
export interface ImageBatch {
  readonly images: Float32Array<ArrayBuffer>;
  /** Count, channels, height and width. */
  readonly shape: readonly number[];
  /** Of the same height and width. */
  readonly masks?: { readonly numbers: MaskNumbers; readonly channels: number };
}

/** Images or masks: planes of one size, so many of each sample. */
export interface Layer {
  readonly numbers: MaskNumbers;
  readonly channels: number;
  readonly isMask: boolean;
}

/** The images, and the masks where there are some. */
export function layersOf({ images, shape, masks }: ImageBatch): readonly Layer[] {
  const layer = { numbers: images, channels: shape[1], isMask: false };
  return masks ? [layer, { ...masks, isMask: true }] : [layer];
}

/** The same batch in another height and width: `write` fills each new layer out of the old one. */
export function rewritten(
  batch: ImageBatch,
  [height, width]: readonly [number, number],
  write: (from: Layer, to: Layer) => void,
): ImageBatch {
  const count = batch.shape[0];
  const layers = layersOf(batch).map((from) => {
    const to = { ...from, numbers: likeOf(from.numbers, count * from.channels * height * width) };
    write(from, to);
    return to;
  });
  const [images, masks] = layers;
  return {
    images: images.numbers instanceof Float32Array ? images.numbers : Float32Array.from(images.numbers),
    shape: [count, batch.shape[1], height, width],
    ...(masks && { masks: { numbers: masks.numbers, channels: masks.channels } }),
  };
}

/** So many zeros of the same type. */
export function likeOf<Numbers extends MaskNumbers>(numbers: Numbers, length: number): Numbers {
  const Kind = numbers.constructor as new (length: number) => Numbers;
  return new Kind(length);
}
