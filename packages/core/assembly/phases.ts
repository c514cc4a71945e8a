import { bytes } from './lanes';

/*
 * The phases of images: rows `stepY` and columns `stepX` apart become images of their own, in which a convolution with so much
 * dilation has none. Both steps divide the sizes of an image, whose phases stand behind each other:
 * [batch, stepY, stepX, channels, height / stepY, width / stepX].
 */

/** phases = the phases of x. A unit is a plane of one phase. */
export function splitPhases(
  x: usize, phases: usize, channels: i32, height: i32, width: i32, stepY: i32, stepX: i32, from: i32, to: i32,
): void {
  const rows = height / stepY;
  const columns = width / stepX;
  const line = bytes(width * stepY);
  for (let unit = from; unit < to; unit++) {
    let source = x + firstOf(unit, channels, height, width, stepY, stepX);
    let target = phases + bytes(unit * rows * columns);
    for (let r = 0; r < rows; r++) {
      gather(source, bytes(stepX), target, columns);
      source += line;
      target += bytes(columns);
    }
  }
}

/** y = the images with these phases. A unit is a plane of one phase. */
export function joinPhases(
  phases: usize, y: usize, channels: i32, height: i32, width: i32, stepY: i32, stepX: i32, from: i32, to: i32,
): void {
  const rows = height / stepY;
  const columns = width / stepX;
  const line = bytes(width * stepY);
  for (let unit = from; unit < to; unit++) {
    let source = phases + bytes(unit * rows * columns);
    let target = y + firstOf(unit, channels, height, width, stepY, stepX);
    for (let r = 0; r < rows; r++) {
      for (let c = 0, at = target; c < columns; c++) {
        store<f32>(at, load<f32>(source + bytes(c)));
        at += bytes(stepX);
      }
      source += bytes(columns);
      target += line;
    }
  }
}

/** The bytes before the first number, in its image, of a plane of a phase. */
// @ts-ignore: decorator
@inline
function firstOf(unit: i32, channels: i32, height: i32, width: i32, stepY: i32, stepX: i32): usize {
  const phase = (unit / channels) % (stepY * stepX);
  const plane = (unit / channels / (stepY * stepX)) * channels + (unit % channels);
  return bytes((plane * height + phase / stepX) * width + (phase % stepX));
}

/** Numbers `step` bytes apart, beside each other. */
function gather(from: usize, step: usize, to: usize, count: i32): void {
  const end = to + bytes(count);
  if (step == 8) {
    for (; to + 16 < end; to += 16) {
      v128.store(to, v128.shuffle<f32>(v128.load(from), v128.load(from, 16), 0, 2, 4, 6));
      from += 32;
    }
  }
  for (; to < end; to += 4) {
    store<f32>(to, load<f32>(from));
    from += step;
  }
}
