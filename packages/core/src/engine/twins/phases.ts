import { launch, scratch } from '../launch.ts';
import type { Measures } from './convolutionSizes.ts';
import { isForWinograd } from './winograd.ts';

/*
 * A convolution with dilation d sees rows and columns d apart: one of each phase of the image, for all outputs of one phase. On
 * images of one phase each it has no dilation, and may be one for Winograd's algorithm.
 */

/**
 * The convolution of the phases, each an image of its own, where that is one for Winograd's algorithm. Only if the dilation
 * divides all sizes: then no phase is shorter than another, and none is padded otherwise.
 */
export function phasesOf(sizes: Measures): Measures | undefined {
  const { dilationY, dilationX, batch, height, width, outHeight, outWidth, top, left } = sizes;
  if (dilationY * dilationX === 1) return undefined;
  if ([height, outHeight, top].some((size) => size % dilationY !== 0)) return undefined;
  if ([width, outWidth, left].some((size) => size % dilationX !== 0)) return undefined;
  const phases = {
    ...sizes,
    ...{ batch: batch * dilationY * dilationX, dilationY: 1, dilationX: 1 },
    ...{ height: height / dilationY, outHeight: outHeight / dilationY, top: top / dilationY },
    ...{ width: width / dilationX, outWidth: outWidth / dilationX, left: left / dilationX },
  };
  return isForWinograd(phases) ? phases : undefined;
}

/** How many numbers are one piece of work. */
const grainNumbers = 16_384;

/** The sizes of images, and the steps between the rows and columns of a phase. */
export type Phased = readonly [
  batch: number,
  channels: number,
  height: number,
  width: number,
  stepY: number,
  stepX: number,
];

function phased(routine: string, from: number, to: number, [batch, channels, height, width, ...steps]: Phased): void {
  const units = batch * channels * steps[0] * steps[1];
  const grain = Math.max(1, Math.floor((grainNumbers * steps[0] * steps[1]) / (height * width)));
  launch(routine, units, grain, from, to, channels, height, width, ...steps);
}

/** The address of the phases of the images at x. */
export function splitPhases(x: number, images: Phased): number {
  const [batch, channels, height, width] = images;
  const phases = scratch(4 * batch * channels * height * width);
  phased('splitPhases', x, phases, images);
  return phases;
}

/** Writes the images that have these phases to y. */
export function joinPhases(phases: number, y: number, images: Phased): void {
  phased('joinPhases', phases, y, images);
}
