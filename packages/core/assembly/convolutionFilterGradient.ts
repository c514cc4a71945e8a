import { copyPadded } from './convolutionPadding';
import {
  filterTile1x1,
  filterTile1x4,
  filterTile3x1,
  filterTile3x4,
  filterTile5x1,
  filterTile5x2,
} from './generated/convolutionTiles';
import { bytes } from './lanes';

/**
 * ∂weight of a convolution with stride 1, from x and the cotangent g of its output, for chunks of samples. A unit is one
 * of `parts` ranges of input channels of a chunk; chunk k writes to `target` + k times the size of the weight. Inside of
 * a chunk `together` samples are read at a time, as many as the nearest cache holds. Padding as in `convolve`.
 */
export function convolutionFilterGradient(
  x: usize,
  g: usize,
  target: usize,
  batch: i32,
  inPerGroup: i32,
  height: i32,
  width: i32,
  outPerGroup: i32,
  outHeight: i32,
  outWidth: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  top: i32,
  left: i32,
  groups: i32,
  chunk: i32,
  together: i32,
  parts: i32,
  padded: i32,
  work: usize,
  workBytes: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const copy = work + <usize>thread * workBytes;
  const inChannels = groups * inPerGroup;
  const taps = kernelHeight * kernelWidth;
  const weights = groups * outPerGroup * inPerGroup * taps;
  const paddedHeight = outHeight + kernelHeight - 1;
  const paddedWidth = outWidth + kernelWidth - 1;
  const gPlane = bytes(outHeight * outWidth);
  const gSample = <usize>(groups * outPerGroup) * gPlane;
  for (let unit = from; unit < to; unit++) {
    const start = (unit / parts) * chunk;
    const end = min(batch, start + chunk);
    const part = unit % parts;
    const first = (inChannels * part) / parts;
    const channels = (inChannels * (part + 1)) / parts - first;
    const sums = target + bytes((unit / parts) * weights);
    for (let n = start; n < end; n += together) {
      const samples = min(together, end - n);
      let image = x + bytes((n * inChannels + first) * height * width);
      let row = bytes(width);
      let plane = bytes(height * width);
      let sample = <usize>inChannels * plane;
      if (padded) {
        const room = bytes(channels * paddedHeight * paddedWidth);
        for (let k = 0; k < samples; k++) {
          copyPadded(image + <usize>k * sample, channels, height, width, top, left, 0, paddedHeight, paddedWidth, copy + <usize>k * room);
        }
        image = copy;
        row = bytes(paddedWidth);
        plane = bytes(paddedHeight * paddedWidth);
        sample = room;
      }
      for (let c = first; c < first + channels; ) {
        const group = c / inPerGroup;
        const next = min(first + channels, (group + 1) * inPerGroup);
        sumGroup(
          image + <usize>(c - first) * plane,
          sample,
          plane,
          row,
          next - c,
          g + <usize>n * gSample + <usize>(group * outPerGroup) * gPlane,
          gSample,
          gPlane,
          outPerGroup,
          outHeight,
          outWidth,
          kernelHeight,
          kernelWidth,
          samples,
          sums + bytes((group * outPerGroup * inPerGroup + c - group * inPerGroup) * taps),
          bytes(inPerGroup * taps),
          n > start,
        );
        c = next;
      }
    }
  }
}

/** Some input channels of a group with all its output channels. */
export function sumGroup(
  image: usize,
  sample: usize,
  plane: usize,
  row: usize,
  channels: i32,
  g: usize,
  gSample: usize,
  gPlane: usize,
  outPerGroup: i32,
  rows: i32,
  columns: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  samples: i32,
  target: usize,
  targetStep: usize,
  accumulate: bool,
): void {
  const most = kernelWidth == 5 ? 2 : 4;
  for (let o = 0; o < outPerGroup; ) {
    const together = outPerGroup - o >= most ? most : 1;
    const cotangent = g + <usize>o * gPlane;
    for (let c = 0; c < channels; c++) {
      for (let i = 0; i < kernelHeight; i++) {
        const from = image + <usize>c * plane + <usize>i * row;
        const to = target + <usize>o * targetStep + bytes((c * kernelHeight + i) * kernelWidth);
        // Other kernels than those 3 or 5 columns wide are put together of three columns and one.
        for (let j = 0; j < kernelWidth; ) {
          const left = kernelWidth - j;
          const size = kernelWidth == 5 ? 5 : left >= 3 ? 3 : 1;
          sumTile(size, together, from + bytes(j), sample, row, cotangent, gSample, gPlane, rows, columns, samples, to + bytes(j), targetStep, accumulate);
          j += size;
        }
      }
    }
    o += together;
  }
}

function sumTile(
  size: i32,
  channels: i32,
  x: usize,
  xSample: usize,
  xRow: usize,
  g: usize,
  gSample: usize,
  gPlane: usize,
  rows: i32,
  columns: i32,
  samples: i32,
  target: usize,
  step: usize,
  accumulate: bool,
): void {
  if (size == 3) {
    if (channels == 4) filterTile3x4(x, xSample, xRow, g, gSample, gPlane, rows, columns, samples, target, step, accumulate);
    else filterTile3x1(x, xSample, xRow, g, gSample, gPlane, rows, columns, samples, target, step, accumulate);
  } else if (size == 5) {
    if (channels == 2) filterTile5x2(x, xSample, xRow, g, gSample, gPlane, rows, columns, samples, target, step, accumulate);
    else filterTile5x1(x, xSample, xRow, g, gSample, gPlane, rows, columns, samples, target, step, accumulate);
  } else {
    if (channels == 4) filterTile1x4(x, xSample, xRow, g, gSample, gPlane, rows, columns, samples, target, step, accumulate);
    else filterTile1x1(x, xSample, xRow, g, gSample, gPlane, rows, columns, samples, target, step, accumulate);
  }
}
