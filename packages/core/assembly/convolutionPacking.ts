import { bytes, isWide } from './lanes';

/*
 * How filters are laid out for the kernels. The weight is [groups, …] with strides (in numbers) of output and input
 * channels, so that one routine serves a convolution and its transpose; `flip` turns the kernel by half a turn.
 */

/** The index of a tap in its kernel, turned by half a turn or not. */
// @ts-ignore: decorator
@inline
function tapAt(tap: i32, taps: i32, flip: i32): i32 {
  return flip ? taps - 1 - tap : tap;
}

/** With wide lanes up to six output channels are computed together, all blocks of a group about alike; else four. */
export function blockOf(block: i32, outPerGroup: i32): i32 {
  if (!isWide()) return min(outPerGroup, block << 2);
  const panels = (outPerGroup + 5) / 6;
  return block < panels ? block * (outPerGroup / panels) + min(block, outPerGroup % panels) : outPerGroup;
}

/**
 * Packs filters as [group, block][input channel][tap][output channel], and biases as [group][output channel], 0 where there
 * is no bias; `blockOf` says where a block begins. Blocks of narrow lanes are filled up with zeros to four channels.
 * `flaws[block]` becomes 0 when all weights are finite, else NaN. A unit is a block.
 */
export function packFilters(
  weight: usize,
  bias: usize,
  packed: usize,
  biases: usize,
  flaws: usize,
  outPerGroup: i32,
  inPerGroup: i32,
  taps: i32,
  outStride: i32,
  inStride: i32,
  flip: i32,
  from: i32,
  to: i32,
): void {
  const blocks = (outPerGroup + 3) >> 2;
  for (let unit = from; unit < to; unit++) {
    const group = unit / blocks;
    const first = blockOf(unit % blocks, outPerGroup);
    const channels = blockOf((unit % blocks) + 1, outPerGroup) - first;
    const size = isWide() ? channels : 4;
    const filters = weight + bytes(group * outPerGroup * inPerGroup * taps + first * outStride);
    let target = packed + bytes((group * blocks * 4 + first) * inPerGroup * taps);
    let flaw: f32 = 0;
    for (let c = 0; c < inPerGroup; c++) {
      for (let tap = 0; tap < taps; tap++) {
        const source = filters + bytes(c * inStride + tapAt(tap, taps, flip));
        for (let o = 0; o < size; o++) {
          const number: f32 = o < channels ? load<f32>(source + bytes(o * outStride)) : 0;
          store<f32>(target, number);
          flaw += number * 0;
          target += 4;
        }
      }
    }
    for (let o = 0; o < size; o++) {
      const number: f32 = bias != 0 && o < channels ? load<f32>(bias + bytes(group * outPerGroup + first + o)) : 0;
      store<f32>(biases + bytes(group * blocks * 4 + first + o), number);
    }
    store<f32>(flaws + bytes(unit), flaw);
  }
}
