import type { AxisWindow } from '@tapegrad/core';
import { written } from '../working.ts';
import type { AxisMove } from './axisMove.ts';

/**
 * out = (n − 1)·s − 2p + d·(k − 1) + 1 + outputPadding, r₋₁ = ⌊(r − 1 + d·(k − 1))/s⌋ + 1, j = j₋₁/s,
 * start = start₋₁ + (p − d·(k − 1)/2)/s·j₋₁
 *
 * The sliding window the other way round: each input is spread over k outputs, and the next one s outputs on, so that an
 * output sees those whose spread meets it. How many these are differs from output to output: r₋₁ is the most, which none may
 * reach if there is a dilation, a kernel smaller than the stride, or a layer behind that skips the widest. Start and jump are
 * those of a straight line; without dilation the middle of a field lies less than half an input away from it.
 *
 * Source: Dumoulin and Visin, 2016, relationship 14. The field is ours: output o sees input i where o = i·s − p + t·d for a
 * step t of the kernel, and so i from ⌈(o + p − d·(k − 1))/s⌉ to ⌊(o + p)/s⌋.
 */
export function transposedMove(window: AxisWindow, outputLength: number): AxisMove {
  const { axis, kernel, stride, dilation, before, after } = window;
  const reach = `${dilation}·(${kernel} − 1)`;
  return {
    axis,
    outLength: (length) => {
      const shortest = (length - 1) * stride - before - after + dilation * (kernel - 1) + 1;
      const [padding, paddings] = before === after ? ['2p', `2·${before}`] : ['p − q', `${before} − ${after}`];
      return {
        formula: `(n − 1)·s − ${padding} + d·(k − 1) + 1 + outputPadding`,
        numbers: `(${length} − 1)·${stride} − ${paddings} + ${reach} + 1 + ${outputLength - shortest}`,
        value: outputLength,
      };
    },
    fieldBefore: (field) => ({
      formula: '⌊(r − 1 + d·(k − 1))/s⌋ + 1, at most',
      numbers: `⌊(${field} − 1 + ${reach})/${stride}⌋ + 1`,
      value: Math.floor((field - 1 + dilation * (kernel - 1)) / stride) + 1,
    }),
    jump: (jump) => ({ formula: 'j₋₁/s', numbers: `${written(jump)}/${stride}`, value: jump / stride }),
    start: (start, jump) => ({
      formula: 'start₋₁ + (p − d·(k − 1)/2)/s·j₋₁',
      numbers: `${written(start)} + (${before} − ${reach}/2)/${stride}·${written(jump)}`,
      value: start + ((before - (dilation * (kernel - 1)) / 2) / stride) * jump,
    }),
  };
}
