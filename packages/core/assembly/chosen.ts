/*
 * Gradients of a convolution from the chosen pixels of its output, which was pooled. An image stands in memory with its channels
 * last, so that a row of a patch is one line of numbers (with dilated columns: each pixel of it is one). A filter, in
 * this order, is `blocks` of `lines` of `vectors` of four. Then, a patch being what lies under a pixel of y,
 *
 *   filter gradient   filter += g · patch    for all pixels of an output channel
 *   input gradient    patch  += g · filter   for all output channels that chose a pixel
 *
 * and both are the same loop over a list of (offset, g), with the sums in registers.
 */

import { fromChannelsLast, toChannelsLast } from './channelsLast';
import { listChosen, sortChosen } from './chosenLists';
import { linesOfTile, tile, vectorsOfTile } from './generated/chosenTiles';
import { bytes, sumOfLanes, zeros } from './lanes';

/** offsets[row, column] = row · rowStep + column · columnStep; units are rows. */
export function chosenOffsets(offsets: usize, width: i32, rowStep: i32, columnStep: i32, from: i32, to: i32): void {
  for (let row = from; row < to; row++) {
    for (let column = 0; column < width; column++) {
      store<i32>(offsets + bytes(row * width + column), row * rowStep + column * columnStep);
    }
  }
}

/** The images [channels, height, width] of x, padded and channels last; units are images. */
export function chosenImages(
  x: usize, images: usize, channels: i32, height: i32, width: i32, paddedHeight: i32, paddedWidth: i32, top: i32, left: i32,
  from: i32, to: i32,
): void {
  const size = bytes(channels * height * width), padded = bytes(channels * paddedHeight * paddedWidth);
  for (let image = from; image < to; image++) {
    toChannelsLast(x + size * image, images + padded * image, channels, height, width, paddedHeight, paddedWidth, top, left);
  }
}

/**
 * The filter gradients of fixed chunks of samples; units are (chunk, output channel). A list is made of as many samples as
 * stay in the cache, and for all output channels before the next.
 */
export function chosenFilterGradient(
  images: usize, g: usize, chosen: usize, offsets: usize, partials: usize, lists: usize, listBytes: i32,
  batch: i32, groups: i32, outChannels: i32, pooledPixels: i32, imageBytes: i32, samplesOfChunk: i32, samplesOfList: i32,
  blocks: i32, blockStep: i32, lines: i32, lineStep: i32, vectors: i32,
  from: i32, to: i32, thread: i32,
): void {
  const list = lists + <usize>thread * listBytes;
  const outPerGroup = outChannels / groups, filter = <usize>(blocks * lines * vectors) << 4;
  for (let unit = from; unit < to; ) {
    const chunk = unit / outChannels, first = unit - chunk * outChannels, past = min(outChannels, first + to - unit);
    const firstSample = chunk * samplesOfChunk, pastSample = min(batch, firstSample + samplesOfChunk);
    for (let n = firstSample; n < pastSample; n += samplesOfList) {
      const samples = min(samplesOfList, pastSample - n);
      for (let o = first; o < past; o++) {
        let end = list;
        for (let sample = 0; sample < samples; sample++) {
          const plane = bytes(((n + sample) * outChannels + o) * pooledPixels);
          end = listChosen(g + plane, chosen + plane, pooledPixels, offsets, sample * groups * imageBytes, end);
        }
        const image = images + <usize>(n * groups + o / outPerGroup) * imageBytes;
        const partial = partials + filter * (chunk * outChannels + o);
        addPatches(image, blocks, blockStep, lines, lineStep, vectors, partial, list, end, n == firstSample);
      }
    }
    unit += past - first;
  }
}

function addPatches(
  image: usize, blocks: i32, blockStep: i32, lines: i32, lineStep: i32, vectors: i32, filter: usize, list: usize, end: usize,
  isFresh: bool,
): void {
  const together = linesOfTile(lines, vectors), piece = vectorsOfTile(vectors);
  for (let block = 0; block < blocks; block++, image += blockStep) {
    let line = image;
    for (let l = 0; l < lines; l += together, line += lineStep * together) {
      for (let v = 0; v < vectors; v += piece) {
        const at = filter + (<usize>v << 4);
        tile(together, min(piece, vectors - v), line + (<usize>v << 4), lineStep, at, vectors << 4, list, end, isFresh);
      }
      filter += <usize>(vectors * together) << 4;
    }
  }
}

/**
 * weightGradient[o, c, k] = Σ of the chunks' gradients, in their order, from filters [lines, pixels · channels]; units are
 * output channels. The first chunk's room is used for the sum.
 */
export function sumChosenPartials(
  partials: usize, weightGradient: usize, chunks: i32, outChannels: i32, channels: i32, lines: i32, pixels: i32, vectors: i32,
  from: i32, to: i32,
): void {
  const filter = <usize>(lines * vectors) << 4, step = filter * outChannels;
  for (let o = from; o < to; o++) {
    const sums = partials + filter * o;
    for (let at: usize = 0; at < filter; at += 16) {
      let sum = v128.load(sums + at), other = sums + at;
      for (let chunk = 1; chunk < chunks; chunk++) {
        other += step;
        sum = f32x4.add(sum, v128.load(other));
      }
      v128.store(sums + at, sum);
    }
    let target = weightGradient + bytes(o * channels * lines * pixels);
    for (let c = 0; c < channels; c++) {
      for (let line = 0; line < lines; line++) {
        let sum = sums + (<usize>(line * vectors) << 4) + bytes(c);
        for (let pixel = 0; pixel < pixels; pixel++, target += 4, sum += bytes(channels)) {
          store<f32>(target, load<f32>(sum));
        }
      }
    }
  }
}

/** filters[o, line, pixel, c] = weight[o, c, line · pixels + pixel], with 0 up to `stored` channels; units are output channels. */
export function packChosenFilters(
  weight: usize, filters: usize, channels: i32, stored: i32, lines: i32, pixels: i32, from: i32, to: i32,
): void {
  const kernel = lines * pixels;
  let target = filters + bytes(from * kernel * stored);
  for (let o = from; o < to; o++) {
    const source = weight + bytes(o * channels * kernel);
    for (let k = 0; k < kernel; k++) {
      for (let c = 0; c < channels; c++, target += 4) store<f32>(target, load<f32>(source + bytes(c * kernel + k)));
      for (let c = channels; c < stored; c++, target += 4) store<f32>(target, 0);
    }
  }
}

/**
 * The images of xGradient, each made with its channels last; units are images. Sorted by index, so that a patch is read and
 * written once for all output channels that chose it. A piece of all filters, which stays in the cache, goes over all indices.
 */
export function chosenInputGradient(
  g: usize, chosen: usize, filters: usize, offsets: usize, xGradient: usize, room: usize, roomBytes: i32,
  groups: i32, outPerGroup: i32, pooledPixels: i32, spots: i32, imageBytes: i32,
  blocks: i32, blockStep: i32, lines: i32, lineStep: i32, vectors: i32,
  channels: i32, stored: i32, height: i32, width: i32, paddedHeight: i32, paddedWidth: i32, top: i32, left: i32,
  from: i32, to: i32, thread: i32,
): void {
  const image = room + <usize>roomBytes * thread, ends = image + imageBytes, list = ends + bytes(spots + 1);
  const filter = <usize>(blocks * lines * vectors) << 4, size = bytes(channels * height * width);
  for (let unit = from; unit < to; unit++) {
    const planes = bytes(unit * outPerGroup * pooledPixels);
    memory.fill(image, 0, imageBytes);
    sortChosen(g + planes, chosen + planes, outPerGroup, pooledPixels, spots, <i32>filter, ends, list);
    const own = filters + filter * ((unit % groups) * outPerGroup);
    addFilters(own, image, offsets, spots, ends, list, blocks, blockStep, lines, lineStep, vectors);
    fromChannelsLast(image, bytes(stored), xGradient + size * unit, channels, height, width, paddedHeight, paddedWidth, top, left);
  }
}

function addFilters(
  filter: usize, image: usize, offsets: usize, spots: i32, ends: usize, list: usize, blocks: i32, blockStep: i32, lines: i32,
  lineStep: i32, vectors: i32,
): void {
  const together = linesOfTile(lines, vectors), piece = vectorsOfTile(vectors);
  for (let block = 0; block < blocks; block++, image += blockStep) {
    let line = image;
    for (let l = 0; l < lines; l += together, line += lineStep * together) {
      for (let v = 0; v < vectors; v += piece) {
        const shift = <usize>v << 4;
        addPiece(filter + shift, line + shift, offsets, spots, ends, list, together, lineStep, min(piece, vectors - v), vectors << 4);
      }
      filter += <usize>(vectors * together) << 4;
    }
  }
}

function addPiece(
  filter: usize, image: usize, offsets: usize, spots: i32, ends: usize, list: usize, lines: i32, lineStep: i32, vectors: i32,
  filterStep: i32,
): void {
  let start = list;
  for (let spot = 0; spot < spots; spot++) {
    const end = list + load<i32>(ends + bytes(spot));
    if (start < end) {
      tile(lines, vectors, filter, filterStep, image + load<i32>(offsets + bytes(spot)), lineStep, start, end, false);
    }
    start = end;
  }
}

/** biasGradient[o] = Σ over n, p of g[n, o, p] where chosen[n, o, p] ≥ 0; units are channels. */
export function biasGradientChosen(
  g: usize, chosen: usize, biasGradient: usize, batch: i32, channels: i32, pooledPixels: i32, from: i32, to: i32,
): void {
  for (let o = from; o < to; o++) {
    let sum: f64 = 0;
    for (let n = 0; n < batch; n++) {
      const plane = bytes((n * channels + o) * pooledPixels);
      sum += sumOfChosen(g + plane, chosen + plane, pooledPixels);
    }
    store<f32>(biasGradient + bytes(o), <f32>sum);
  }
}

function sumOfChosen(g: usize, chosen: usize, pooledPixels: i32): f64 {
  const end = g + bytes(pooledPixels);
  let sums = zeros();
  for (; g + 16 <= end; g += 16, chosen += 16) {
    const flows = i32x4.ge_s(v128.load(chosen), i32x4.splat(0));
    sums = f32x4.add(sums, v128.and(v128.load(g), flows));
  }
  let sum: f64 = sumOfLanes(sums);
  for (; g < end; g += 4, chosen += 4) sum += load<i32>(chosen) >= 0 ? load<f32>(g) : 0;
  return sum;
}
