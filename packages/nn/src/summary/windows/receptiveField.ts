import type { Padding } from '@tapegrad/core';
import { checkHas, checkList, checkSurplus, readWindow } from '@tapegrad/core/authors';
import type { AxisMove } from './axisMove.ts';
import { slidingMove } from './slidingMove.ts';

/** The window of one layer along one axis. */
export interface WindowForm {
  readonly kernel: number;
  /** Default: 1. */
  readonly stride?: number;
  /** On both sides, or `[before, after]`. Default: 0. */
  readonly padding?: Padding;
  /** Default: 1. */
  readonly dilation?: number;
}

/** What one output sees of the input along one axis, in pixels of the input, padding included. */
export interface ReceptiveField {
  /** How many pixels, from the first to the last. */
  readonly size: number;
  /** How far the fields of neighbouring outputs lie apart. */
  readonly jump: number;
  /** Where the field of the first output has its centre: 0 is the centre of the first pixel. */
  readonly start: number;
}

/**
 * r₋₁ = (r − 1)·s + d·(k − 1) + 1, from r = 1 backwards through the layers; j = j₋₁·s and
 * start = start₋₁ + (d·(k − 1)/2 − p)·j₋₁, from 1 and 0 forwards
 *
 * Output i of the last layer sees pixels from start + i·jump − (size − 1)/2 to start + i·jump + (size − 1)/2.
 *
 * Source: Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks", 2019.
 *
 * @param windows first layer first
 * @throws ValueError when a number of a window is out of range
 * @example
 * receptiveField([{ kernel: 5 }, { kernel: 2, stride: 2 }, { kernel: 5 }]); // { size: 14, jump: 2, start: 6.5 }
 */
export function receptiveField(windows: readonly WindowForm[], ...surplus: []): ReceptiveField {
  checkSurplus('receptiveField', surplus);
  const advice = {
    wanted: 'a list of windows: [{ kernel, stride, dilation }]',
    remedy: 'Give one for each layer, first to last',
  };
  checkList('receptiveField', 'windows', windows, advice);
  windows.forEach((window, index) => {
    checkHas('receptiveField', `windows[${index}]`, window, ['kernel'], advice);
  });
  return fieldOf(
    windows.flatMap(({ kernel, ...options }) =>
      readWindow('receptiveField', kernel, ['length'], options).map((along) => slidingMove(along)),
    ),
  );
}

/** The receptive field of moves one behind the other along one axis. */
export function fieldOf(moves: readonly AxisMove[]): ReceptiveField {
  const size = moves.reduceRight((field, move) => move.fieldBefore(field).value, 1);
  const centre = moves.reduce(
    ({ jump, start }, move) => ({ jump: move.jump(jump).value, start: move.start(start, jump).value }),
    { jump: 1, start: 0 },
  );
  return { size, ...centre };
}
