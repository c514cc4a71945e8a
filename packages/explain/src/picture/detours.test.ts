import { add, concat, sum, Tape, type Tensor, tanh } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { collected, contrary, unrolled } from '../../test/unrolled.ts';
import { describeTape } from '../description/describeTape.ts';
import type { TapeDescription } from '../description/description.ts';
import { chooseDetours } from './detours.ts';

function chosen({ steps }: TapeDescription, isCertain = true) {
  const lines = steps.flatMap(({ index, inputs }) => Object.values(inputs).map((from) => ({ from, to: index })));
  const { isDetour, passed } = chooseDetours(steps, lines, isCertain);
  return { passed, detours: lines.filter((_, index) => isDetour[index]) };
}

test('short ways stay as they are', () => {
  expect(chosen(unrolled(25))).toEqual({ passed: 300, detours: [] });
});

test('of one weight, all but the first uses', () => {
  const { passed, detours } = chosen(unrolled(200));
  expect(passed).toBe(300);
  expect(detours.map(({ to }) => to)).toEqual(Array.from({ length: 175 }, (_, index) => 27 + index));
});

test('of values that meet at the end, all but the last', () => {
  const { passed, detours } = chosen(collected(200));
  expect(passed).toBeLessThanOrEqual(300);
  expect(detours.map(({ from }) => from)).toEqual(Array.from({ length: detours.length }, (_, from) => from));
});

test('that is certain: none that tells alone which of two steps stands above the other', () => {
  const { passed, detours } = chosen(contrary(40));
  expect(passed).toBeGreaterThan(300);
  expect(detours).toEqual([]);
  expect(chosen(contrary(40), false).passed).toBeLessThanOrEqual(300);
});

test('that is certain: none for which another line between the same two steps is the only reason', () => {
  using tape = new Tape();
  const weight = tape.watch([0.9], 'weight');
  const chainFrom = (first: Tensor): Tensor => Array.from({ length: 400 }).reduce<Tensor>((x) => tanh(x), first);
  const late = concat([chainFrom(tape.watch([1], 'x')), weight, weight], { axis: 0 });
  const { passed, detours } = chosen(describeTape(tape, { output: add(sum(late), sum(chainFrom(weight))) }));
  expect(passed).toBeGreaterThan(300);
  expect(detours).toEqual([]);
});
