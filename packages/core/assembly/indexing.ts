import { storeFirst } from './edges';
import { bytes } from './lanes';

/*
 * Numbers picked by their indices along the middle axis of x, which is [outer, length, inner], and put back there. A negative
 * index means nothing. What is put back is added in the order in which it stands, whatever the threads are: each thread
 * has its own part of x.
 */

/** From so many bytes on, the machine's own copy pays for its call. */
const longRow: usize = 2048;

/** y[o, n, i] = x[o, indices[n], i], and 0 for an index of -1; units are the rows [o, n]. */
export function take(
  x: usize, indices: usize, y: usize, length: i32, count: i32, inner: i32, from: i32, to: i32,
): void {
  for (let unit = from; unit < to; unit++) {
    const o = unit / count;
    const index = load<i32>(indices + bytes(unit - o * count));
    const source = x + bytes((o * length + index) * inner);
    const target = y + bytes(unit * inner);
    if (index < 0) memory.fill(target, 0, bytes(inner));
    else if (inner == 1) store<f32>(target, load<f32>(source));
    else copyRow(source, target, bytes(inner));
  }
}

/** Copies so many bytes, and writes none besides. */
export function copyRow(source: usize, target: usize, size: usize): void {
  if (size >= longRow) {
    memory.copy(target, source, size);
    return;
  }
  for (let at: usize = 0; at < size; at += 16) storeFirst(target + at, v128.load(source + at), <i32>((size - at) >> 2));
}

/** x[o, indices[n], i] += y[o, n, i], into zeros; units are the rows [o, index] of x. */
export function putTaken(
  y: usize, indices: usize, x: usize, length: i32, count: i32, inner: i32, from: i32, to: i32,
): void {
  memory.fill(x + bytes(from * inner), 0, bytes((to - from) * inner));
  if (from == to) return;
  for (let o = from / length; o <= (to - 1) / length; o++) {
    const low = max(from - o * length, 0);
    const high = min(to - o * length, length);
    for (let n = 0; n < count; n++) {
      const index = load<i32>(indices + bytes(n));
      if (index < low || index >= high) continue;
      addRow(y + bytes((o * count + n) * inner), x + bytes((o * length + index) * inner), bytes(inner));
    }
  }
}

function addRow(source: usize, target: usize, size: usize): void {
  for (let at: usize = 0; at < size; at += 16) {
    const sum = f32x4.add(v128.load(target + at), v128.load(source + at));
    storeFirst(target + at, sum, <i32>((size - at) >> 2));
  }
}

/** y[o, n, i] = x[o, indices[o, n, i], i]; units are the rows [o, n]. */
export function gather(
  x: usize, indices: usize, y: usize, length: i32, count: i32, inner: i32, from: i32, to: i32,
): void {
  let unit = from;
  while (unit < to) {
    const source = x + bytes((unit / count) * length * inner);
    const end = min(to, unit + count - (unit % count));
    if (inner == 1) gatherLine(source, indices, y, bytes(unit), bytes(end));
    else for (let row = unit; row < end; row++) gatherRow(source, indices, y, bytes(row * inner), inner);
    unit = end;
  }
}

function gatherLine(source: usize, indices: usize, y: usize, from: usize, to: usize): void {
  for (let at = from; at < to; at += 4) store<f32>(y + at, load<f32>(source + bytes(load<i32>(indices + at))));
}

function gatherRow(source: usize, indices: usize, y: usize, from: usize, inner: i32): void {
  for (const end = from + bytes(inner); from < end; from += 4, source += 4) {
    store<f32>(y + from, load<f32>(source + bytes(load<i32>(indices + from) * inner)));
  }
}

/** The neighbours along the inner axis that are one unit of putGathered. */
const group: i32 = 64;

/** x[o, indices[o, n, i], i] += y[o, n, i], into zeros; a unit is up to 64 neighbours along `inner` of one `outer`. */
export function putGathered(
  y: usize, indices: usize, x: usize, length: i32, count: i32, inner: i32, from: i32, to: i32,
): void {
  const groups = (inner + group - 1) / group;
  for (let unit = from; unit < to; unit++) {
    const o = unit / groups;
    const start = (unit % groups) * group;
    const width = bytes(min(group, inner - start));
    const target = x + bytes(o * length * inner + start);
    const row = bytes(o * count * inner + start);
    clearColumns(target, length, bytes(inner), width);
    if (inner == 1) addToLine(y + row, indices + row, target, count);
    else addToColumns(y + row, indices + row, target, count, inner, width);
  }
}

function clearColumns(x: usize, rows: i32, rowStep: usize, width: usize): void {
  if (width == rowStep) memory.fill(x, 0, <usize>rows * width);
  else for (let n = 0; n < rows; n++, x += rowStep) memory.fill(x, 0, width);
}

function addToLine(y: usize, indices: usize, x: usize, count: i32): void {
  for (const end = y + bytes(count); y < end; y += 4, indices += 4) {
    const target = x + bytes(load<i32>(indices));
    store<f32>(target, load<f32>(target) + load<f32>(y));
  }
}

function addToColumns(y: usize, indices: usize, x: usize, count: i32, inner: i32, width: usize): void {
  const rowStep = bytes(inner);
  for (let n = 0; n < count; n++, y += rowStep, indices += rowStep) {
    for (let i: usize = 0; i < width; i += 4) {
      const target = x + i + bytes(load<i32>(indices + i) * inner);
      store<f32>(target, load<f32>(target) + load<f32>(y + i));
    }
  }
}

/** y[set, channel, p] = x[set, channel, pixels[set, p]], and 0 for a pixel of -1; units are the planes [set, channel]. */
export function takePixels(
  x: usize, pixels: usize, y: usize, channels: i32, planeSize: i32, count: i32, from: i32, to: i32,
): void {
  for (let plane = from; plane < to; plane++) {
    const source = x + bytes(plane * planeSize);
    const target = y + bytes(plane * count);
    const list = pixels + bytes((plane / channels) * count);
    for (let at: usize = 0; at < bytes(count); at += 4) {
      const pixel = load<i32>(list + at);
      store<f32>(target + at, pixel < 0 ? 0 : load<f32>(source + bytes(pixel)));
    }
  }
}

/** x[set, channel, pixels[set, p]] += y[set, channel, p], into zeros; units are the planes [set, channel]. */
export function putPixels(
  y: usize, pixels: usize, x: usize, channels: i32, planeSize: i32, count: i32, from: i32, to: i32,
): void {
  for (let plane = from; plane < to; plane++) {
    const source = y + bytes(plane * count);
    const target = x + bytes(plane * planeSize);
    const list = pixels + bytes((plane / channels) * count);
    memory.fill(target, 0, bytes(planeSize));
    for (let at: usize = 0; at < bytes(count); at += 4) {
      const pixel = load<i32>(list + at);
      if (pixel < 0) continue;
      const to = target + bytes(pixel);
      store<f32>(to, load<f32>(to) + load<f32>(source + at));
    }
  }
}
