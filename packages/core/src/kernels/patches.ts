import type { FloatArray } from './dtype.ts';

/**
 * The sizes of a two-dimensional convolution. Channels are those of the whole tensors; each of the `groups` joins
 * inChannels / groups of them to outChannels / groups. Padding behind the image follows from the other sizes.
 */
export type ConvolutionSizes = readonly [
  batch: number,
  inChannels: number,
  height: number,
  width: number,
  outChannels: number,
  outHeight: number,
  outWidth: number,
  kernelHeight: number,
  kernelWidth: number,
  strideY: number,
  strideX: number,
  paddingTop: number,
  paddingLeft: number,
  dilationY: number,
  dilationX: number,
  groups: number,
];

/** What follows from the sizes: of one group, of one plane and of one patch. */
export function measure([
  batch,
  inChannels,
  height,
  width,
  outChannels,
  outHeight,
  outWidth,
  kernelHeight,
  kernelWidth,
  ,
  ,
  ,
  ,
  ,
  ,
  groups,
]: ConvolutionSizes) {
  const inPerGroup = inChannels / groups;
  return {
    batch,
    groups,
    inPerGroup,
    outPerGroup: outChannels / groups,
    plane: height * width,
    positions: outHeight * outWidth,
    patch: inPerGroup * kernelHeight * kernelWidth,
  };
}

/** Row (c, i, j) of the patches holds, for each output position, the input number that filter weight (c, i, j) meets. */
export function unfold(
  x: FloatArray,
  from: number,
  patches: FloatArray,
  channels: number,
  sizes: ConvolutionSizes,
): void {
  const [, , height, width, , outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX] = sizes;
  const [paddingTop, paddingLeft, dilationY, dilationX] = sizes.slice(11, 15);
  let at = 0;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < kernelHeight; i++) {
      for (let j = 0; j < kernelWidth; j++) {
        const shiftX = j * dilationX - paddingLeft;
        const first = firstInside(shiftX, strideX, outWidth);
        const last = lastInside(shiftX, strideX, width, outWidth);
        for (let oy = 0; oy < outHeight; oy++) {
          const iy = oy * strideY + i * dilationY - paddingTop;
          const row = from + (c * height + iy) * width + shiftX;
          const inside = iy >= 0 && iy < height;
          let ox = 0;
          if (inside) {
            for (; ox < first; ox++) patches[at++] = 0;
            for (; ox < last; ox++) patches[at++] = x[row + ox * strideX];
          }
          for (; ox < outWidth; ox++) patches[at++] = 0;
        }
      }
    }
  }
}

/** The transpose of {@link unfold}: adds every number of the patches to the input position it belongs to. */
export function fold(
  patches: FloatArray,
  x: FloatArray,
  from: number,
  channels: number,
  sizes: ConvolutionSizes,
): void {
  const [, , height, width, , outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX] = sizes;
  const [paddingTop, paddingLeft, dilationY, dilationX] = sizes.slice(11, 15);
  let at = 0;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < kernelHeight; i++) {
      for (let j = 0; j < kernelWidth; j++) {
        const shiftX = j * dilationX - paddingLeft;
        const first = firstInside(shiftX, strideX, outWidth);
        const last = lastInside(shiftX, strideX, width, outWidth);
        for (let oy = 0; oy < outHeight; oy++, at += outWidth) {
          const iy = oy * strideY + i * dilationY - paddingTop;
          if (iy < 0 || iy >= height) continue;
          const row = from + (c * height + iy) * width + shiftX;
          for (let ox = first; ox < last; ox++) x[row + ox * strideX] += patches[at + ox];
        }
      }
    }
  }
}

/** The first output position whose input, `position·stride + shift`, is not in the padding in front. */
function firstInside(shift: number, stride: number, positions: number): number {
  return Math.min(positions, Math.max(0, Math.ceil(-shift / stride)));
}

/** One past the last output position whose input is not in the padding behind. */
function lastInside(shift: number, stride: number, length: number, positions: number): number {
  return Math.min(positions, Math.max(0, Math.ceil((length - shift) / stride)));
}
