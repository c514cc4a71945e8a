import { canBeWide } from './generated/width';

/* What all kernels share: four float32 numbers at a time. */

/** a·b + c in each of four lanes, in one rounding where the machine has it. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return f32x4.relaxed_madd(a, b, c);
}

/** Four zeros. */
// @ts-ignore: decorator
@inline
export function zeros(): v128 {
  return f32x4.splat(0);
}

/** The sum of the four lanes, always in the same order. */
// @ts-ignore: decorator
@inline
export function sumOfLanes(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/** The bytes that `count` numbers take. */
// @ts-ignore: decorator
@inline
export function bytes(count: i32): usize {
  return (<usize>count) << 2;
}

/** How many bits the lanes have that the machine merges neighbouring vectors to: 256, or 128 where it does not. */
// @ts-ignore: decorator
@external('env', 'lanes')
declare const lanes: i32;

/** Whether tiles should be written for lanes of 256 bits, which no page has. Their results are the same bits. */
// @ts-ignore: decorator
@inline
export function isWide(): bool {
  return canBeWide && lanes == 256;
}
