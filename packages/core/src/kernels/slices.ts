import type { FloatArray } from './dtype.ts';

/**
 * The sizes of a window that moves along the depth of volumes alone: its layer h for output slice t meets the slice
 * t·stride + h·dilation - before, which is zeros where there is none. A slice has `plane` numbers.
 */
export type SliceSizes = readonly [
  batch: number,
  channels: number,
  depth: number,
  plane: number,
  outDepth: number,
  kernelDepth: number,
  stride: number,
  before: number,
  dilation: number,
];

/*
 * A convolution of volumes is one of images: all slices that the filters meet for one output slice are the channels of an
 * image. `unfoldSlices` writes these images, and `foldSlices` adds their cotangents back to where the slices came from.
 */

/** y[n, t, c, h, :] = x[n, c, t·stride + h·dilation - before, :], or zeros */
export function unfoldSlices(x: FloatArray, y: FloatArray, ...sizes: SliceSizes): void {
  const [, , , plane] = sizes;
  y.fill(0);
  forEachMeeting(sizes, (slice, met) => {
    for (let i = 0; i < plane; i++) y[slice * plane + i] = x[met * plane + i];
  });
}

/** x[n, c, u, :] = Σ g[n, t, c, h, :] over all t and h that met slice u, layer by layer of the window */
export function foldSlices(g: FloatArray, x: FloatArray, ...sizes: SliceSizes): void {
  const [, , , plane] = sizes;
  x.fill(0);
  forEachMeeting(sizes, (slice, met) => {
    for (let i = 0; i < plane; i++) x[met * plane + i] += g[slice * plane + i];
  });
}

/** Visits every slice of the images that lies in a volume, with the slice of the volume: in the order of layers. */
function forEachMeeting(
  [batch, channels, depth, , outDepth, kernelDepth, stride, before, dilation]: SliceSizes,
  visit: (slice: number, met: number) => void,
): void {
  for (let n = 0; n < batch; n++) {
    for (let c = 0; c < channels; c++) {
      for (let h = 0; h < kernelDepth; h++) {
        for (let t = 0; t < outDepth; t++) {
          const u = t * stride + h * dilation - before;
          if (u < 0 || u >= depth) continue;
          visit(((n * outDepth + t) * channels + c) * kernelDepth + h, (n * channels + c) * depth + u);
        }
      }
    }
  }
}
