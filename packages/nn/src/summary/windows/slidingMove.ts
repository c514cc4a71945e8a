import type { AxisWindow } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { written } from '../working.ts';
import type { AxisMove } from './axisMove.ts';

export interface SlidingOptions {
  /** Whether a last window may hang over the edge. Default: false. */
  readonly ceilMode?: boolean;
  /** What the receptive field is only true for, to be added to its formula. Default: nothing. */
  readonly provided?: string;
}

const slidingOptions: OptionNames<SlidingOptions> = { ceilMode: 'optional flag', provided: 'optional' };

/**
 * out = ⌊(n + 2p − d·(k − 1) − 1)/s⌋ + 1, r₋₁ = (r − 1)·s + d·(k − 1) + 1, j = j₋₁·s,
 * start = start₋₁ + (d·(k − 1)/2 − p)·j₋₁
 *
 * The window of a convolution or a pooling: r outputs next to each other look over the window of the first, and move by a
 * stride for each of the others. Padding counts as seen. Where the sides have different padding, p is that before.
 *
 * Source: Dumoulin and Visin, 2016, relationship 6; Araujo, Norris and Sim, 2019, equations 1 to 3.
 *
 * @example
 * const window = { axis: 'height', kernel: 3, stride: 2, dilation: 1, before: 1, after: 1 };
 * slidingMove(window).outLength(28).value // 14
 */
export function slidingMove(window: AxisWindow, options: SlidingOptions = {}, ...surplus: []): AxisMove {
  checkSurplus('slidingMove', surplus);
  const { ceilMode = false, provided } = checkOptions('slidingMove', options, slidingOptions);
  const { axis, kernel, stride, dilation, before, after } = window;
  const reach = `${dilation}·(${kernel} − 1)`;
  return {
    axis,
    outLength: (length) => {
      const [open, close] = ceilMode ? ['⌈', '⌉'] : ['⌊', '⌋'];
      const [padding, paddings] = before === after ? ['2p', `2·${before}`] : ['p + q', `${before} + ${after}`];
      const steps = (length + before + after - dilation * (kernel - 1) - 1) / stride;
      const rounded = ceilMode ? Math.ceil(steps) : Math.floor(steps);
      // In ceil mode a last window that would start behind the image is left out.
      const isShort = ceilMode && rounded * stride >= length + before;
      return {
        formula: `${open}(n + ${padding} − d·(k − 1) − 1)/s${close}${isShort ? '' : ' + 1'}`,
        numbers: `${open}(${length} + ${paddings} − ${reach} − 1)/${stride}${close}${isShort ? '' : ' + 1'}`,
        value: isShort ? rounded : rounded + 1,
      };
    },
    fieldBefore: (field) => ({
      formula: `(r − 1)·s + d·(k − 1) + 1${provided ? `, ${provided}` : ''}`,
      numbers: `(${field} − 1)·${stride} + ${reach} + 1`,
      value: (field - 1) * stride + dilation * (kernel - 1) + 1,
    }),
    jump: (jump) => ({ formula: 'j₋₁·s', numbers: `${written(jump)}·${stride}`, value: jump * stride }),
    start: (start, jump) => ({
      formula: 'start₋₁ + (d·(k − 1)/2 − p)·j₋₁',
      numbers: `${written(start)} + (${reach}/2 − ${before})·${written(jump)}`,
      value: start + ((dilation * (kernel - 1)) / 2 - before) * jump,
    }),
  };
}

/** A window over all of an axis: what a dense layer and a global pooling see. */
export function wholeMove(axis: string, length: number): AxisMove {
  return slidingMove({ axis, kernel: length, stride: 1, dilation: 1, before: 0, after: 0 });
}
