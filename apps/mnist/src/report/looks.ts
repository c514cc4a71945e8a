import { hasNonFinite, type Tensor, tensor } from '@tapegrad/core';
import { batches, type ImageDataset, select } from '@tapegrad/datasets';
import { featureMaps, gradCam, occlusion, predictions, type Sequential, saliency } from '@tapegrad/nn';
import type { PixelScale } from '../pixelScale.ts';

/** Numbers that lie over an image, row by row. */
export interface Map2d {
  readonly numbers: Float32Array | Float64Array;
  readonly height: number;
  readonly width: number;
}

/** Why the model named one test image as it did. */
export interface Look {
  /** Where the image stands among the test images. */
  readonly index: number;
  readonly right: number;
  readonly named: number;
  /** How much the score of the named class changes with each pixel: of several channels the largest. */
  readonly saliency: Map2d;
  /** Where the maps of the layer {@link Looks.layer} speak for the named class; none where no layer gives images. */
  readonly gradCam: Map2d | undefined;
  /** What the score of the named class loses where a square is covered. */
  readonly occlusion: Map2d;
}

/** What some layer gave for the first of the images. */
export interface LayerMaps {
  readonly name: string;
  readonly maps: readonly Map2d[];
}

/** What is looked at in a model that is trained. */
export interface Looks {
  readonly images: readonly Look[];
  /** The layer that Grad-CAM is of. */
  readonly layer: string | undefined;
  readonly layers: readonly LayerMaps[];
  /** The height and width of the squares that cover, in pixels. */
  readonly square: number;
}

/** How many maps of a layer are kept, and of how many layers: of a deep model the first and the last. */
const [mostMaps, mostLayers] = [16, 8];

/**
 * Looks at what the model makes of some test images; `undefined` for none, and for a model that has ended in NaN.
 *
 * @param indices where they stand among the test images
 */
export function look(
  model: Sequential,
  data: ImageDataset,
  pixelScale: PixelScale,
  indices: Uint32Array,
): Looks | undefined {
  if (indices.length === 0) return undefined;
  const [{ images, labels }] = batches(select(data, indices), { batchSize: indices.length, ...pixelScale });
  const x = tensor(images);
  const scores = model.call(x);
  if (hasNonFinite(scores)) return undefined;
  const named = predictions(scores);
  const maps = [...featureMaps(model, x)].filter(([name, { rank }]) => rank === 4 && !name.startsWith('pool'));
  const layer = maps.at(-1)?.[0];
  const [, , height] = x.shape;
  const square = Math.max(1, Math.round(height / 4));
  const covering = { size: square, stride: Math.max(1, Math.round(height / 10)), value: smallestOf(x) };
  const slopes = largestOfChannels(saliency(model, x));
  const spoken = layer === undefined ? undefined : mapsOf(gradCam(model, x, { layer }));
  const lost = mapsOf(occlusion(model, x, covering));
  return {
    images: Array.from(indices, (index, at) => ({
      index,
      right: labels.get(at),
      named: named[at],
      saliency: slopes[at],
      gradCam: spoken?.[at],
      occlusion: lost[at],
    })),
    layer,
    layers: firstAndLast(maps).map(([name, output]) => ({ name, maps: mapsOf(firstOf(output)).slice(0, mostMaps) })),
    square,
  };
}

function firstAndLast<Item>(all: readonly Item[]): readonly Item[] {
  return all.length <= mostLayers ? all : [...all.slice(0, mostLayers / 2), ...all.slice(-mostLayers / 2)];
}

/** The maps of a tensor `[count, height, width]`. */
function mapsOf(x: Tensor): Map2d[] {
  const [count, height, width] = x.shape;
  const numbers = x.toFlatArray();
  return Array.from({ length: count }, (_, at) => ({
    numbers: numbers.slice(at * height * width, (at + 1) * height * width),
    height,
    width,
  }));
}

/** The maps of the first example, `[channels, height, width]`. */
function firstOf(x: Tensor): Tensor {
  const shape = x.shape.slice(1);
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(x.toFlatArray().slice(0, size), { shape });
}

/** `[batch, channels, height, width]` to a map for each example, of the largest number of all channels. */
function largestOfChannels(x: Tensor): Map2d[] {
  const [batch, channels, height, width] = x.shape;
  const [numbers, pixels] = [x.toFlatArray(), height * width];
  return Array.from({ length: batch }, (_, example) => ({
    numbers: Float64Array.from({ length: pixels }, (_, pixel) => {
      let largest = 0;
      for (let channel = 0; channel < channels; channel++) {
        largest = Math.max(largest, numbers[(example * channels + channel) * pixels + pixel]);
      }
      return largest;
    }),
    height,
    width,
  }));
}

function smallestOf(x: Tensor): number {
  let smallest = Infinity;
  for (const number of x.toFlatArray()) smallest = Math.min(smallest, number);
  return smallest;
}
