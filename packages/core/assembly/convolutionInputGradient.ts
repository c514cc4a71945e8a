import { convolvePlainly, isFlawed } from './convolution';
import { copyExactly, copyPadded } from './convolutionPadding';
import { gatherTile3, gatherTile5 } from './generated/convolutionTiles';
import { bytes, zeros } from './lanes';

/**
 * ∂x of a convolution with stride 1 and kernels 3 or 5 wide, from the cotangent g of its output and the filters, both as
 * they are and packed by `packGathered`: each row of ∂x is gathered from the rows of g that saw it. A unit is one of
 * `parts` ranges of rows of one sample. `padded` says that the width of g is not divisible by eight, and that it is
 * copied with zeros behind each row to `work`, where each thread has `workBytes`.
 */
export function gatherInputGradient(
  g: usize,
  packed: usize,
  flaws: usize,
  weight: usize,
  xGradient: usize,
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
  parts: i32,
  padded: i32,
  work: usize,
  workBytes: i32,
  from: i32,
  to: i32,
  thread: i32,
): void {
  const size = kernelWidth == 3 ? 2 : 1;
  const blocks = (inPerGroup + size - 1) / size;
  const taps = kernelHeight * kernelWidth;
  const wide = (outWidth + 7) & ~7;
  const pitch = gatheredWidth(width, outWidth, left);
  const lines = work + <usize>thread * workBytes;
  const endOfLines = lines + bytes(pitch * size);
  const copy = lines + bytes(pitch * 2);
  for (let unit = from; unit < to; unit++) {
    const n = unit / parts;
    const part = unit % parts;
    const start = (height * part) / parts;
    const end = (height * (part + 1)) / parts;
    for (let group = 0; group < groups; group++) {
      let cotangent = g + bytes((n * groups + group) * outPerGroup * outHeight * outWidth);
      const target = xGradient + bytes((n * groups + group) * inPerGroup * height * width);
      if (isFlawed(flaws + bytes(group * blocks), blocks)) {
        const filters = weight + bytes(group * inPerGroup * outPerGroup * taps);
        const rows = target + bytes(start * width);
        convolvePlainly(cotangent, bytes(outHeight * outWidth), outHeight, outWidth, outPerGroup, filters, taps, inPerGroup * taps, kernelHeight, kernelWidth, -1, start + top, left, 0, rows, bytes(height * width), inPerGroup, end - start, width, 0);
        continue;
      }
      // The rows of g that are seen from these rows of x.
      const first = max(0, start + top - kernelHeight + 1);
      const last = min(outHeight, end + top);
      let plane = bytes(outHeight * outWidth);
      if (padded) {
        const rows = max(0, last - first);
        copyPadded(cotangent, outPerGroup, outHeight, outWidth, 0, 0, first, rows, wide, copy);
        plane = bytes(rows * wide);
        cotangent = copy;
      } else {
        cotangent += bytes(first * outWidth);
      }
      const row = bytes(padded ? wide : outWidth);
      for (let block = 0; block < blocks; block++) {
        const filters = packed + bytes((group * blocks + block) * outPerGroup * taps * size);
        const channels = min(size, inPerGroup - block * size);
        for (let y = start; y < end; y++) {
          // Kernel row i saw this row of x from row y + top − i of g.
          const lowest = max(0, y + top - outHeight + 1);
          const count = min(kernelHeight - 1, y + top) - lowest + 1;
          for (let at = lines; at < endOfLines; at += 16) v128.store(at, zeros());
          if (count > 0) {
            const seen = cotangent + <usize>(y + top - lowest - first) * row;
            const weights = filters + bytes(lowest * outPerGroup * kernelWidth * size);
            for (let c = 0; c < outWidth; c += 8) {
              if (kernelWidth == 3) gatherTile3(seen + bytes(c), plane, row, outPerGroup, count, weights, lines + bytes(c), bytes(pitch));
              else gatherTile5(seen + bytes(c), plane, row, outPerGroup, count, weights, lines + bytes(c), bytes(pitch));
            }
          }
          const to = target + bytes((block * size * height + y) * width);
          for (let c = 0; c < channels; c++) {
            copyExactly(lines + bytes(c * pitch + left), to + bytes(c * height * width), width);
          }
        }
      }
    }
  }
}

/** Room for a row of ∂x with its padding, in whole vectors, a tile sticking out. */
function gatheredWidth(width: i32, outWidth: i32, left: i32): i32 {
  return (max(width + left, ((outWidth + 7) & ~7) + 4) + 3) & ~3;
}
