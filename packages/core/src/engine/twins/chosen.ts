import type { ConvolutionSizes } from '../../kernels/patches.ts';
import { launch, readable, rooms, scratch, writable } from '../launch.ts';

/** How many samples make one partial filter gradient, unless filters are so large that room for the parts runs short. */
const samplesOfChunk = 8;
const roomForPartials = 2 ** 24;

/** How many bytes of images a filter gradient goes over at a time: they should stay in the cache. */
const cached = 2 ** 16;

/** How many multiplications of vectors are one piece of work. */
const grain = 2 ** 16;

/** How many bytes of an image are one piece of work. */
const grainOfImages = 2 ** 17;

export function conv2dFilterGradientChosen(
  x: Float32Array,
  g: Float32Array,
  chosen: Int32Array,
  weightGradient: Float32Array,
  pooledPixels: number,
  ...sizes: ConvolutionSizes
): void {
  const [batch, inChannels, height, width, outChannels, outHeight, outWidth] = sizes;
  const [paddingTop, paddingLeft, , , groups] = sizes.slice(11);
  const channels = inChannels / groups;
  if (g.length === 0 || weightGradient.length === 0) {
    weightGradient.fill(0);
    return;
  }
  const seen = seenOf(sizes);
  // A plane without padding is an image already: its one channel is the last one too.
  const isImage = channels === 1 && paddingTop + paddingLeft === 0 && seen.height <= height && seen.width <= width;
  const shape = isImage ? { height, width } : seen;
  const layout = layoutOf(sizes, channels, shape.width);
  const imageBytes = 4 * shape.height * shape.width * channels;

  const images = isImage ? readable(x) : scratch(batch * groups * imageBytes);
  if (!isImage) {
    const grain = Math.ceil(grainOfImages / imageBytes);
    const padded = [seen.height, seen.width, paddingTop, paddingLeft];
    launch('chosenImages', batch * groups, grain, readable(x), images, channels, height, width, ...padded);
  }
  const offsets = scratch(4 * outHeight * outWidth);
  launch('chosenOffsets', outHeight, outHeight, offsets, outWidth, layout.strideY, layout.strideX);

  const { blocks, blockStep, lines, lineStep, pixels, vectors } = layout;
  const filters = 16 * blocks * lines * vectors * outChannels;
  const most = Math.max(1, Math.floor(roomForPartials / filters));
  const ofChunk = Math.max(samplesOfChunk, Math.ceil(batch / most));
  const chunks = Math.ceil(batch / ofChunk);
  const ofList = Math.max(1, Math.min(ofChunk, Math.floor(cached / (groups * imageBytes))));
  const partials = scratch(chunks * filters);
  launch(
    'chosenFilterGradient',
    chunks * outChannels,
    Math.ceil(grain / (ofChunk * pooledPixels * blocks * lines * vectors)),
    ...[images, readable(g), readable(chosen), offsets, partials, ...rooms(ofList * pooledPixels * 8)],
    ...[
      batch,
      groups,
      outChannels,
      pooledPixels,
      imageBytes,
      ofChunk,
      ofList,
      blocks,
      blockStep,
      lines,
      lineStep,
      vectors,
    ],
  );
  const patch = [channels, blocks * lines, pixels, vectors];
  const ofSum = Math.ceil(grain / (blocks * lines * vectors * (chunks + 4)));
  launch('sumChosenPartials', outChannels, ofSum, partials, writable(weightGradient), chunks, outChannels, ...patch);
}

export function conv2dInputGradientChosen(
  g: Float32Array,
  chosen: Int32Array,
  weight: Float32Array,
  xGradient: Float32Array,
  pooledPixels: number,
  ...sizes: ConvolutionSizes
): void {
  const [batch, inChannels, height, width, outChannels, outHeight, outWidth] = sizes;
  const [paddingTop, paddingLeft, , , groups] = sizes.slice(11);
  if (g.length === 0 || xGradient.length === 0) {
    xGradient.fill(0);
    return;
  }
  const channels = inChannels / groups;
  const outPerGroup = outChannels / groups;
  // Whole vectors, so that a number that is not finite does not spread to the pixel beside it.
  const stored = 4 * Math.ceil(channels / 4);
  const seen = seenOf(sizes);
  const { strideY, strideX, blocks, blockStep, lines, lineStep, pixels, vectors } = layoutOf(sizes, stored, seen.width);

  const offsets = scratch(4 * outHeight * outWidth);
  launch('chosenOffsets', outHeight, outHeight, offsets, outWidth, strideY, strideX);
  const filter = 16 * blocks * lines * vectors;
  const filters = scratch(outChannels * filter);
  const ofPacking = Math.ceil(grainOfImages / filter);
  const packed = [channels, stored, blocks * lines, pixels];
  launch('packChosenFilters', outChannels, ofPacking, readable(weight), filters, ...packed);

  const spots = outHeight * outWidth;
  const imageBytes = 4 * seen.height * seen.width * stored;
  const roomBytes = imageBytes + 4 * (spots + 1) + 8 * outPerGroup * pooledPixels;
  const aligned = 64 * Math.ceil(roomBytes / 64);
  launch(
    'chosenInputGradient',
    batch * groups,
    Math.ceil(grain / (outPerGroup * pooledPixels * blocks * lines * vectors)),
    ...[readable(g), readable(chosen), filters, offsets, writable(xGradient), ...rooms(aligned)],
    ...[groups, outPerGroup, pooledPixels, spots, imageBytes, blocks, blockStep, lines, lineStep, vectors],
    ...[channels, stored, height, width, seen.height, seen.width, paddingTop, paddingLeft],
  );
}

export function biasGradientChosen(
  g: Float32Array,
  chosen: Int32Array,
  biasGradient: Float32Array,
  batch: number,
  channels: number,
  pooledPixels: number,
): void {
  const ofChannels = Math.ceil(grainOfImages / Math.max(1, 4 * batch * pooledPixels));
  const sizes = [batch, channels, pooledPixels];
  launch('biasGradientChosen', channels, ofChannels, readable(g), readable(chosen), writable(biasGradient), ...sizes);
}

/** What a convolution sees of an image and its padding, from the first row and column of the padding on. */
function seenOf(sizes: ConvolutionSizes): { readonly height: number; readonly width: number } {
  const [outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX] = sizes.slice(5);
  const [dilationY, dilationX] = sizes.slice(13);
  return {
    height: (outHeight - 1) * strideY + (kernelHeight - 1) * dilationY + 1,
    width: (outWidth - 1) * strideX + (kernelWidth - 1) * dilationX + 1,
  };
}

/** How patches lie in an image of that width whose channels are last; steps are in bytes. */
function layoutOf(sizes: ConvolutionSizes, channels: number, width: number) {
  const [kernelHeight, kernelWidth, strideY, strideX, , , dilationY, dilationX] = sizes.slice(7);
  const pixel = 4 * channels;
  const row = width * pixel;
  const isWhole = dilationX === 1;
  const pixels = isWhole ? kernelWidth : 1;
  return {
    strideY: strideY * row,
    strideX: strideX * pixel,
    /** A patch is so many blocks of lines; a line is so many pixels beside each other, in so many vectors. */
    blocks: isWhole ? 1 : kernelHeight,
    blockStep: dilationY * row,
    lines: isWhole ? kernelHeight : kernelWidth,
    lineStep: isWhole ? dilationY * row : dilationX * pixel,
    pixels,
    vectors: Math.ceil((pixels * channels) / 4),
  };
}
