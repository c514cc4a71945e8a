import { launch, rooms } from '../launch.ts';
import { grainOf, isDense, type Measures, partsOf, productsOf, roomFor, upTo } from './convolutionSizes.ts';

/** From so many output channels on, turning the images is repaid by a product of matrices. */
const manyOutputs = 4;
/** Fewer channels are summed up faster by a kernel that turns nothing. */
const severalInputs = 3;
/** Below so many input channels, a row of a window is shorter than a tile; with strides, too much is turned for too little. */
const manyInputs = 16;

/** Whether the filter gradient is better computed as a product of matrices. */
export function isForTurned(sizes: Measures): boolean {
  const { inPerGroup, outPerGroup, kernelHeight, kernelWidth, top, left } = sizes;
  if (kernelHeight * kernelWidth === 1 || outPerGroup < manyOutputs || top < 0 || left < 0) return false;
  return inPerGroup >= (isDense(sizes) ? severalInputs : manyInputs);
}

/** The most pixels that are summed up at a time: `blockPixels` of assembly/convolutionTurned.ts. */
export const blockPixels = 512;

export function sumTurned(x: number, g: number, target: number, chunk: number, chunks: number, sizes: Measures): void {
  const { batch, groups, inPerGroup, height, width, outPerGroup, outHeight, outWidth } = sizes;
  const { kernelHeight, kernelWidth, strideY, strideX, top, left, dilationY, dilationX } = sizes;
  const products = (chunk * productsOf(sizes)) / groups;
  const parts = partsOf(chunks * groups, Math.ceil(outPerGroup / 6), products);
  const stacked = inPerGroup < manyInputs;
  const [rows, perPixel] = stacked ? [1, kernelHeight * inPerGroup] : [kernelHeight, inPerGroup];
  const channels = Math.ceil(outPerGroup / parts);
  const lines = Math.max(1, Math.min(outHeight, Math.floor(blockPixels / (strideX * outWidth))));
  const spans = dilationX > 1 ? kernelWidth : 1;
  const sums = rows * spans * channels * upTo(16, (kernelWidth / spans) * perPixel);
  const turnedRows = stacked ? lines : (lines - 1) * strideY + (kernelHeight - 1) * dilationY + 1;
  const turned = turnedRows * ((outWidth - 1) * strideX + (kernelWidth - 1) * dilationX + 1) * perPixel + 16;
  const bytes = roomFor(sums + turned + lines * outWidth * channels);
  launch(
    'filterGradientTurned',
    chunks * groups * parts,
    grainOf(products / parts),
    ...[x, g, target, batch, inPerGroup, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth],
    ...[strideY, strideX, top, left, dilationY, dilationX, groups, chunk, parts, Number(stacked), ...rooms(bytes)],
  );
}
