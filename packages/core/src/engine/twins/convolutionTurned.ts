import { launch, scratch } from '../launch.ts';
import {
  forAllThreads,
  grainOf,
  isDense,
  type Measures,
  partsOf,
  productsOf,
  roomFor,
  upTo,
} from './convolutionSizes.ts';

/** From so many output channels on, turning the images is repaid by a product of matrices. */
const manyOutputs = 4;
/** Fewer channels are summed up faster by a kernel that turns nothing. */
const severalInputs = 3;
/** Below so many input channels, a row of a window is shorter than a tile. */
const manyInputs = 16;

/** Whether the filter gradient is better computed as a product of matrices. */
export function isForTurned(sizes: Measures): boolean {
  const { inPerGroup, outPerGroup, top, left } = sizes;
  return isDense(sizes) && inPerGroup >= severalInputs && outPerGroup >= manyOutputs && top >= 0 && left >= 0;
}

/** The most pixels that are summed up at a time: `blockPixels` of assembly/convolutionTurned.ts. */
export const blockPixels = 512;

export function sumTurned(x: number, g: number, target: number, chunk: number, chunks: number, sizes: Measures): void {
  const { batch, groups, inPerGroup, height, width, outPerGroup, outHeight, outWidth } = sizes;
  const { kernelHeight, kernelWidth, top, left } = sizes;
  const products = (chunk * productsOf(sizes)) / groups;
  const parts = partsOf(chunks * groups, Math.ceil(outPerGroup / 6), products);
  const stacked = inPerGroup < manyInputs;
  const [rows, perPixel] = stacked ? [1, kernelHeight * inPerGroup] : [kernelHeight, inPerGroup];
  const channels = Math.ceil(outPerGroup / parts);
  const lines = Math.max(1, Math.min(outHeight, Math.floor(blockPixels / outWidth)));
  const sums = rows * channels * upTo(16, kernelWidth * perPixel);
  const turned = (lines + rows - 1) * (outWidth + kernelWidth - 1) * perPixel + 16;
  const bytes = roomFor(sums + turned + lines * outWidth * channels);
  const work = scratch(forAllThreads(bytes));
  launch(
    'filterGradientTurned',
    chunks * groups * parts,
    grainOf(products / parts),
    ...[x, g, target, batch, inPerGroup, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth],
    ...[top, left, groups, chunk, parts, Number(stacked), work, bytes],
  );
}
