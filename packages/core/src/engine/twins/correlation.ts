import { launch, rooms, scratch } from '../launch.ts';
import { grainOf, isPadded, type Measures, partsOf, productsOf, reachOf, roomFor, upTo } from './convolutionSizes.ts';
import { joinPhases, phasesOf, splitPhases } from './phases.ts';
import { correlateWinograd, isForWinograd } from './winograd.ts';

/*
 * Convolutions, which are both the forward direction and, where the stride is 1, with filters turned by half a turn and
 * channels exchanged, the input gradient.
 */

/** The input gradient, for strides of one, as a convolution of the cotangent: in and out are exchanged, and padding completed. */
export function transpose(sizes: Measures): Measures {
  const { inPerGroup, height, width, outPerGroup, outHeight, outWidth, top, left } = sizes;
  const [down, across] = reachOf(sizes);
  return {
    ...sizes,
    ...{ inPerGroup: outPerGroup, height: outHeight, width: outWidth },
    ...{ outPerGroup: inPerGroup, outHeight: height, outWidth: width },
    ...{ top: down - top, left: across - left },
  };
}

export interface Addresses {
  readonly x: number;
  readonly weight: number;
  /** 0 for none. */
  readonly bias: number;
  readonly y: number;
}

export function correlate(to: Addresses, sizes: Measures, isTransposed: boolean, relu: boolean): void {
  if (isForWinograd(sizes)) correlateWinograd(to, sizes, strides(sizes, isTransposed), isTransposed, relu);
  else {
    const phases = phasesOf(sizes);
    if (phases) correlatePhases(to, sizes, phases, isTransposed, relu);
    else correlateDirectly(to, sizes, isTransposed, relu);
  }
}

function correlatePhases(to: Addresses, sizes: Measures, phases: Measures, isTransposed: boolean, relu: boolean): void {
  const { batch, groups, inPerGroup, height, width, outPerGroup, outHeight, outWidth, dilationY, dilationX } = sizes;
  const x = splitPhases(to.x, [batch, groups * inPerGroup, height, width, dilationY, dilationX]);
  const y = scratch(4 * batch * groups * outPerGroup * outHeight * outWidth);
  correlateWinograd({ ...to, x, y }, phases, strides(phases, isTransposed), isTransposed, relu);
  joinPhases(y, to.y, [batch, groups * outPerGroup, outHeight, outWidth, dilationY, dilationX]);
}

/** The distances of output and input channels in the weight, and whether its kernels are turned. */
function strides({ inPerGroup, outPerGroup, kernelHeight, kernelWidth }: Measures, isTransposed: boolean): number[] {
  const taps = kernelHeight * kernelWidth;
  return isTransposed ? [taps, outPerGroup * taps, 1] : [inPerGroup * taps, taps, 0];
}

/** How many numbers a tile of `convolve` takes: six channels of sixteen columns. */
const tileNumbers = 96;

function correlateDirectly(to: Addresses, sizes: Measures, isTransposed: boolean, relu: boolean): void {
  const { batch, groups, inPerGroup, height, width, outPerGroup, outHeight, outWidth } = sizes;
  const { kernelHeight, kernelWidth, strideY, strideX, top, left, dilationY, dilationX } = sizes;
  const taps = kernelHeight * kernelWidth;
  const blocks = groups * Math.ceil(outPerGroup / 4);
  const packed = scratch(16 * blocks * inPerGroup * taps);
  const [biases, flaws] = [scratch(16 * blocks), scratch(4 * blocks)];
  const packing = [outPerGroup, inPerGroup, taps, ...strides(sizes, isTransposed)];
  const grain = grainOf(inPerGroup * taps * 16);
  launch('packFilters', blocks, grain, to.weight, to.bias, packed, biases, flaws, ...packing);

  const products = productsOf(sizes);
  const parts = partsOf(batch, outHeight, products);
  const pitch = pitchOf(sizes);
  const copied =
    pitch > 0 ? inPerGroup * phaseNumbers(sizes, Math.ceil(outHeight / parts), pitch) + Math.max(0, left) : 0;
  const bytes = roomFor(tileNumbers + upTo(4, taps) + copied);
  launch(
    'convolve',
    batch * parts,
    grainOf(products / parts),
    ...[to.x, packed, biases, flaws, isTransposed ? to.weight : 0, to.y],
    ...[inPerGroup, height, width, outPerGroup, outHeight, outWidth, kernelHeight, kernelWidth],
    ...[strideY, strideX, top, left, dilationY, dilationX, groups, parts, pitch, Number(relu), ...rooms(bytes)],
  );
}

/** How far apart the rows of a copied image lie; 0 where it is read as it lies. */
function pitchOf(sizes: Measures): number {
  const { width, outWidth, strideY, strideX, left } = sizes;
  const [, across] = reachOf(sizes);
  if (strideY * strideX > 1) return outWidth + Math.floor(across / strideX);
  if (!isPadded(sizes)) return 0;
  const seen = outWidth + across;
  if (left < 0) return seen;
  // The zeros before a row are also those behind the row above it.
  return Math.max(outWidth, seen - left, left + Math.max(0, Math.min(width, seen - left)));
}

/** How many numbers of one channel are copied for so many output rows, in all phases. */
function phaseNumbers(sizes: Measures, rows: number, pitch: number): number {
  const { strideY, strideX } = sizes;
  const [down, across] = reachOf(sizes);
  const phaseRows = rows + Math.floor(down / strideY);
  return Math.min(strideY, down + 1) * Math.min(strideX, across + 1) * phaseRows * pitch;
}
