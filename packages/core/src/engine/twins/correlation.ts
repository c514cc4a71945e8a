import { launch, scratch } from '../launch.ts';
import { forAllThreads, grainOf, isPadded, type Measures, partsOf, productsOf, roomFor } from './convolutionSizes.ts';
import { correlateWinograd, isForWinograd } from './winograd.ts';

/*
 * Convolutions with stride 1, which are both the forward direction and, with filters turned by half a turn and channels
 * exchanged, the input gradient.
 */

/** The input gradient as a convolution of the cotangent: what is in and out is exchanged, and padding completed. */
export function transpose(sizes: Measures): Measures {
  const { inPerGroup, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth, top, left } = sizes;
  return {
    ...sizes,
    ...{ inPerGroup: outPerGroup, height: outHeight, width: outWidth },
    ...{ outPerGroup: inPerGroup, outHeight: height, outWidth: width },
    ...{ top: kernelHeight - 1 - top, left: kernelWidth - 1 - left },
  };
}

interface Addresses {
  readonly x: number;
  readonly weight: number;
  /** 0 for none. */
  readonly bias: number;
  readonly y: number;
}

export function correlate(to: Addresses, sizes: Measures, isTransposed: boolean, relu: boolean): void {
  if (isForWinograd(sizes)) correlateWinograd(to, sizes, strides(sizes, isTransposed), isTransposed, relu);
  else correlateDirectly(to, sizes, isTransposed, relu);
}

/** The distances of output and input channels in the weight, and whether its kernels are turned. */
function strides({ inPerGroup, outPerGroup, kernelHeight, kernelWidth }: Measures, isTransposed: boolean): number[] {
  const taps = kernelHeight * kernelWidth;
  return isTransposed ? [taps, outPerGroup * taps, 1] : [inPerGroup * taps, taps, 0];
}

function correlateDirectly(to: Addresses, sizes: Measures, isTransposed: boolean, relu: boolean): void {
  const { batch, groups, inPerGroup, height, width, outPerGroup, outHeight, outWidth } = sizes;
  const { kernelHeight, kernelWidth, top, left } = sizes;
  const taps = kernelHeight * kernelWidth;
  const blocks = groups * Math.ceil(outPerGroup / 4);
  const packed = scratch(16 * blocks * inPerGroup * taps);
  const [biases, flaws] = [scratch(16 * blocks), scratch(4 * blocks)];
  const packing = [outPerGroup, inPerGroup, taps, ...strides(sizes, isTransposed)];
  const grain = grainOf(inPerGroup * taps * 16);
  launch('packFilters', blocks, grain, to.weight, to.bias, packed, biases, flaws, ...packing);

  const products = productsOf(sizes);
  const parts = partsOf(batch, outHeight, products);
  const padded = isPadded(sizes);
  const rows = Math.ceil(outHeight / parts) + kernelHeight - 1;
  const bytes = roomFor(padded ? inPerGroup * rows * (outWidth + kernelWidth - 1) : 0);
  const work = scratch(forAllThreads(bytes));
  const weight = isTransposed ? to.weight : 0;
  const shape = [inPerGroup, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth, top, left];
  const options = [groups, parts, Number(padded), Number(relu), work, bytes];
  launch(
    'convolve',
    batch * parts,
    grainOf(products / parts),
    ...[to.x, packed, biases, flaws, weight, to.y],
    ...shape,
    ...options,
  );
}
