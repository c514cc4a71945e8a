import { linesX16, linesX8 } from './generated/productTiles';
import { bytes, isWide } from './lanes';
import { packRows, turnFour } from './matrixPanels';

/*
 * ∂weight of a convolution as a product of matrices without patches: rows are output channels, the inner axis the pixels,
 * columns the numbers that a pixel's window holds. Images are turned, channels beside each other; then the numbers of a
 * row of a window lie in one piece (a "span"), and the windows of neighbouring pixels are the same numbers some pixels on.
 * With a dilation each column of a window is a span of its own.
 *
 * With few channels a span is shorter than a tile. Then a pixel is turned with the other rows of its window, so that the whole
 * window lies in one piece ("stacked").
 */

/** The most pixels that are summed up at a time: what is turned of x and g stays in the second cache. */
const blockPixels: i32 = 512;

/**
 * ∂weight from x and the cotangent g of its output, for chunks of samples. A unit is one of `parts` ranges of output
 * channels of a group in a chunk; chunk k writes to `target` + k times the size of the weight. Each thread has
 * `workBytes` of `work`. Each weight is summed up in the order of the pixels of a block, and those in their order.
 */
export function filterGradientTurned(
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
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  dilationY: i32,
  dilationX: i32,
  groups: i32,
  chunk: i32,
  parts: i32,
  stacked: i32,
  work: usize,
  workBytes: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const room = work + <usize>thread * workBytes;
  const taps = kernelHeight * kernelWidth;
  const rows = stacked ? 1 : kernelHeight;
  const perPixel = stacked ? kernelHeight * inPerGroup : inPerGroup;
  const pixel = bytes(perPixel);
  const spans = dilationX > 1 ? kernelWidth : 1;
  const columns = kernelWidth / spans;
  const tiles = (columns * perPixel + 15) >> 4;
  const sumRow = <usize>tiles << 6;
  const lines = max(1, min(outHeight, blockPixels / (strideX * outWidth)));
  const turnedWidth = (outWidth - 1) * strideX + (kernelWidth - 1) * dilationX + 1;
  const line = <usize>turnedWidth * pixel;
  const step = <usize>strideX * pixel;
  const lineStep = stacked ? line : <usize>strideY * line;
  const skip = lineStep - <usize>outWidth * step;
  const turnedRows = stacked ? lines : (lines - 1) * strideY + (kernelHeight - 1) * dilationY + 1;
  const plane = bytes(height * width);
  const gPlane = bytes(outHeight * outWidth);
  const most = isWide() ? 6 : 4;
  for (let unit = from; unit < to; unit++) {
    const part = unit % parts;
    const group = (unit / parts) % groups;
    const index = unit / parts / groups;
    const first = (outPerGroup * part) / parts;
    const channels = (outPerGroup * (part + 1)) / parts - first;
    const panels = (channels + most - 1) / most;
    const low = channels / panels;
    const high = channels % panels;
    const sumBytes = <usize>(rows * spans * channels) * sumRow;
    const turned = room + sumBytes;
    // The last tile of the last pixel sticks out: its numbers are added to sums that nobody reads.
    const turnedBytes = <usize>turnedRows * line + 64;
    const packed = turned + turnedBytes;
    memory.fill(room, 0, sumBytes + turnedBytes);
    const end = min(batch, (index + 1) * chunk);
    for (let n = index * chunk; n < end; n++) {
      const image = x + <usize>((n * groups + group) * inPerGroup) * plane;
      const cotangent = g + <usize>((n * groups + group) * outPerGroup + first) * gPlane;
      for (let y = 0; y < outHeight; y += lines) {
        const count = min(lines, outHeight - y);
        if (stacked) {
          for (let i = 0; i < kernelHeight; i++) {
            const first = y * strideY + i * dilationY - top;
            turnRows(image, inPerGroup, height, width, first, count, strideY, left, turnedWidth, turned + bytes(i * inPerGroup), pixel);
          }
        } else {
          const needed = (count - 1) * strideY + (kernelHeight - 1) * dilationY + 1;
          turnRows(image, inPerGroup, height, width, y * strideY - top, needed, 1, left, turnedWidth, turned, pixel);
        }
        let at = packed;
        let o = 0;
        for (let q = 0; q < panels; q++) {
          const size = q < high ? low + 1 : low;
          packRows(cotangent + <usize>o * gPlane + bytes(y * outWidth), gPlane, 4, size, count * outWidth, at);
          at += bytes(size * count * outWidth);
          o += size;
        }
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < spans; j++) {
            for (let tile = 0; tile < tiles; tile++) {
              const window = turned + <usize>(i * dilationY) * line + <usize>(j * dilationX) * pixel + (<usize>tile << 6);
              const sums = room + <usize>((i * spans + j) * channels) * sumRow + (<usize>tile << 6);
              multiplyPanels(packed, panels, low, high, count, outWidth, window, step, skip, sums, sumRow);
            }
          }
        }
      }
    }
    // From [row of taps, span][output channel][column of taps, row of a stack, channel] to the order of the weight.
    let weight = target + bytes(((index * groups + group) * outPerGroup + first) * inPerGroup * taps);
    for (let o = 0; o < channels; o++) {
      for (let c = 0; c < inPerGroup; c++) {
        for (let i = 0; i < kernelHeight; i++) {
          for (let j = 0; j < kernelWidth; j++) {
            const span = (stacked ? 0 : i * spans) + (spans > 1 ? j : 0);
            const sums = room + <usize>(span * channels + o) * sumRow + (spans > 1 ? 0 : <usize>j * pixel);
            store<f32>(weight, load<f32>(sums + bytes(stacked ? i * inPerGroup + c : c)));
            weight += 4;
          }
        }
      }
    }
  }
}

/** All output channels of a part with 16 numbers of the windows. */
function multiplyPanels(
  g: usize, panels: i32, low: i32, high: i32, lines: i32, columns: i32, x: usize, pixel: usize, skip: usize, sums: usize, sumRow: usize,
): void {
  for (let q = 0; q < panels; q++) {
    const size = q < high ? low + 1 : low;
    if (isWide()) linesX16(size, lines, columns, g, x, pixel, skip, sums, sumRow);
    else {
      linesX8(size, lines, columns, g, x, pixel, skip, sums, sumRow);
      linesX8(size, lines, columns, g, x + 32, pixel, skip, sums + 32, sumRow);
    }
    g += bytes(size * lines * columns);
    sums += <usize>size * sumRow;
  }
}

/**
 * `rows` rows of an image, `first` and every `rowStep`th from there on, `left` zeros before each, zeros behind it up to `turnedWidth` and outside of the
 * image, with the channels of a pixel beside each other and pixels `pixel` bytes apart.
 */
function turnRows(
  image: usize, channels: i32, height: i32, width: i32, first: i32, rows: i32, rowStep: i32, left: i32, turnedWidth: i32, target: usize, pixel: usize,
): void {
  const plane = bytes(height * width);
  const before = min(left, turnedWidth);
  const inside = min(width, turnedWidth - before);
  for (let r = first; r < first + rows * rowStep; r += rowStep) {
    const end = target + <usize>turnedWidth * pixel;
    if (r < 0 || r >= height) clearPixels(target, end, channels, pixel);
    else {
      const start = target + <usize>before * pixel;
      clearPixels(target, start, channels, pixel);
      turnRow(image + bytes(r * width), plane, channels, inside, start, pixel);
      clearPixels(start + <usize>inside * pixel, end, channels, pixel);
    }
    target = end;
  }
}

function clearPixels(from: usize, to: usize, channels: i32, pixel: usize): void {
  for (let at = from; at < to; at += pixel) memory.fill(at, 0, bytes(channels));
}

function turnRow(row: usize, plane: usize, channels: i32, width: i32, target: usize, pixel: usize): void {
  let c = 0;
  for (; c + 4 <= channels; c += 4) {
    const lines = row + <usize>c * plane;
    let at = target + bytes(c);
    let k = 0;
    for (; k + 4 <= width; k += 4) {
      turnFour(lines + bytes(k), plane, at, pixel);
      at += 4 * pixel;
    }
    for (; k < width; k++) {
      for (let i = 0; i < 4; i++) store<f32>(at + bytes(i), load<f32>(lines + <usize>i * plane + bytes(k)));
      at += pixel;
    }
  }
  for (; c < channels; c++) {
    const line = row + <usize>c * plane;
    let at = target + bytes(c);
    for (let k = 0; k < width; k++) {
      store<f32>(at, load<f32>(line + bytes(k)));
      at += pixel;
    }
  }
}
