import type { Working } from '../working.ts';

/**
 * How a layer moves along one spatial axis, as the four calculations of the textbooks. Positions are counted in pixels of the
 * model's input: pixel 0 has its centre at 0, padding lies at -1, -2, ….
 *
 * Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016; Araujo, Norris and Sim, "Computing
 * receptive fields of convolutional neural networks", 2019.
 */
export interface AxisMove {
  /** The name of the axis: `height`. */
  readonly axis: string;
  /** How long the output is, for an input of this length. */
  outLength(length: number): Working;
  /** Over how many neighbouring inputs `field` neighbouring outputs look, from the first to the last: one step backwards. */
  fieldBefore(field: number): Working;
  /** How far the fields of neighbouring outputs lie apart, where those of the inputs lie `jump` apart. */
  jump(jump: number): Working;
  /** Where the field of the first output has its centre, where that of the first input has it at `start`. */
  start(start: number, jump: number): Working;
}

/**
 * What one output of a layer sees of its input along the spatial axes. A list: as much as a window that moves along each of
 * them. `position`: what stands at its own position. `whole`: everything; such outputs have no spatial axes any more.
 */
export type LayerWindow = readonly AxisMove[] | 'position' | 'whole';
