import type { ConvolutionSizes } from '../../kernels/patches.ts';
import { workBytes as productBytes } from './multiplyMatrices.ts';

/** The sizes of a convolution by name. */
export interface Measures {
  readonly batch: number;
  readonly inPerGroup: number;
  readonly height: number;
  readonly width: number;
  readonly outPerGroup: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly top: number;
  readonly left: number;
  readonly dilationY: number;
  readonly dilationX: number;
  readonly groups: number;
}

export function measure(sizes: ConvolutionSizes): Measures {
  const groups = sizes[15];
  return {
    batch: sizes[0],
    inPerGroup: sizes[1] / groups,
    height: sizes[2],
    width: sizes[3],
    outPerGroup: sizes[4] / groups,
    outHeight: sizes[5],
    outWidth: sizes[6],
    kernelHeight: sizes[7],
    kernelWidth: sizes[8],
    strideY: sizes[9],
    strideX: sizes[10],
    top: sizes[11],
    left: sizes[12],
    dilationY: sizes[13],
    dilationX: sizes[14],
    groups,
  };
}

/** Whether neighbouring outputs see neighbouring windows without gaps. A kernel of one number is a matrix product. */
export function isDense({ kernelHeight, kernelWidth, strideY, strideX, dilationY, dilationX }: Measures): boolean {
  return strideY * strideX === 1 && dilationY * dilationX === 1 && kernelHeight * kernelWidth > 1;
}

/** How far the last tap of a window is from the first one. */
export function reachOf({ kernelHeight, kernelWidth, dilationY, dilationX }: Measures): [down: number, across: number] {
  return [(kernelHeight - 1) * dilationY, (kernelWidth - 1) * dilationX];
}

/** Whether some output position sees what is not in the image; for strides of one. */
export function isPadded(sizes: Measures): boolean {
  const { height, width, outHeight, outWidth, top, left } = sizes;
  const [down, across] = reachOf(sizes);
  const isInside = outHeight + down <= height && outWidth + across <= width;
  return top !== 0 || left !== 0 || !isInside;
}

/** Whether each patch is one position, and each position has its patch: a transposed convolution may have positions without. */
export function isPointwise(sizes: Measures): boolean {
  const { kernelHeight, kernelWidth, strideY, strideX, height, width, outHeight, outWidth } = sizes;
  const isWhole = outHeight === height && outWidth === width;
  return kernelHeight * kernelWidth * strideY * strideX === 1 && isWhole && !isPadded(sizes);
}

/** How many products of two numbers one sample takes. */
export function productsOf(sizes: Measures): number {
  const { inPerGroup, outPerGroup, groups, kernelHeight, kernelWidth, outHeight, outWidth } = sizes;
  return inPerGroup * outPerGroup * groups * kernelHeight * kernelWidth * outHeight * outWidth;
}

/** How many products are a piece of work, some ten microseconds, and how many pieces there should be for all threads. */
const grainProducts = 2 ** 18;
const enoughUnits = 16;

/** How many units a sample, or whatever there are `count` of, is cut into: by the sizes alone, and `most` at most. */
export function partsOf(count: number, most: number, products: number): number {
  const wanted = Math.min(Math.ceil(enoughUnits / count), Math.floor(products / grainProducts), most);
  return Math.max(1, wanted);
}

export function grainOf(productsOfUnit: number): number {
  return Math.max(1, Math.floor(grainProducts / (productsOfUnit + 500)));
}

/** The bytes of so many numbers, a tile of outputs and what may stick out of them, in whole lines of the cache. */
export function roomFor(numbers: number): number {
  return Math.ceil((4 * numbers + 256) / 64) * 64;
}

/** The bytes a thread needs to multiply so many rows of patches, and their distance: as in assembly/convolutionPatches.ts. */
export function roomForPatches(rows: number, columns: number): number {
  return roomFor(rows * 16 * (Math.ceil(columns / 16) | 1) + productBytes / 4);
}

/** The next multiple of `step`. */
export function upTo(step: number, count: number): number {
  return Math.ceil(count / step) * step;
}
