import * as fc from 'fast-check';

/** How a window of random size moves over an image of random size. It is no larger than the padded image. */
export interface RandomWindow {
  readonly batch: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly padding: readonly [readonly [number, number], readonly [number, number]];
}

const pairOf = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

/** Windows on images of up to 9 × 9, with every side of the padding drawn by itself. */
export const windows: fc.Arbitrary<RandomWindow> = fc
  .record({
    batch: fc.integer({ min: 0, max: 2 }),
    channels: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    kernel: pairOf(1, 4),
    stride: pairOf(1, 3),
    dilation: pairOf(1, 2),
    padding: fc.tuple(pairOf(0, 2), pairOf(0, 2)),
  })
  .filter(({ height, width, kernel, dilation, padding }) =>
    [height, width].every(
      (length, axis) => dilation[axis] * (kernel[axis] - 1) + 1 <= length + padding[axis][0] + padding[axis][1],
    ),
  );

/** A window of a pooling: its padding is smaller than it is, and it may hang over the edge. */
export interface RandomPool extends RandomWindow {
  readonly ceilMode: boolean;
}

export const pools: fc.Arbitrary<RandomPool> = fc
  .tuple(windows, fc.boolean())
  .map(([window, ceilMode]) => ({ ...window, ceilMode }))
  .filter(({ kernel, dilation, padding }) =>
    padding.every((sides, axis) => sides.every((count) => count <= dilation[axis] * (kernel[axis] - 1))),
  );
