import type { Parameter, Tape } from '@tapegrad/core';
import type { GradientSource, Sequential } from '@tapegrad/nn';

/** The size of a parameter and of its gradient, as the root mean square of their numbers. */
export interface ParameterSize {
  readonly name: string;
  readonly weight: number;
  readonly gradient: number;
}

/** What a layer gave for the first images of a batch. */
export interface LayerSize {
  readonly name: string;
  /** The root mean square of its outputs. */
  readonly output: number;
  /** The share of them that is 0. */
  readonly zeros: number;
}

/** One look at a step: before the optimiser changed anything. */
export interface Sizes {
  readonly step: number;
  readonly parameters: readonly ParameterSize[];
  readonly layers: readonly LayerSize[];
}

/** How many steps lie between two looks: so many that looking takes 1 to 2 % of the time. */
const between = 100;

/** How many images of the batch are looked at. */
const most = 16;

/** Whether a step is looked at: 1, 2, 4, 8, …, for much happens at first, and then every so many. */
export function isLookedAt(step: number): boolean {
  return step % between === 0 || (step < between && Number.isInteger(Math.log2(step)));
}

/** Reads the sizes of a step off its tape and its gradients; the tape still runs, and nothing on it changes. */
export function sizesOf(step: number, model: Sequential, tape: Tape, gradients: GradientSource): Sizes {
  return {
    step,
    parameters: model.parameters.map((parameter) => ({
      name: parameter.name,
      weight: rootMeanSquare(parameter.read()),
      gradient: gradientOf(parameter, gradients),
    })),
    layers: layerSizes(model, tape),
  };
}

/** The layers that learn or open and close; pooling and flattening give what they get. */
function layerSizes(model: Sequential, tape: Tape): LayerSize[] {
  const told = model.layers.filter(({ layer }) => layer.parameters.length > 0 || layer.kind === 'relu');
  return told.flatMap(({ name }) => {
    const output = tape.steps.findLast((step) => step.layer === name)?.output;
    if (!output) return [];
    const [numbers, images] = [output.read(), output.shape[0]];
    const size = (numbers.length / images) * Math.min(most, images);
    let [zeros, squares] = [0, 0];
    for (let i = 0; i < size; i++) {
      if (numbers[i] === 0) zeros++;
      squares += numbers[i] * numbers[i];
    }
    return [{ name, output: Math.sqrt(squares / size), zeros: zeros / size }];
  });
}

function gradientOf(parameter: Parameter, gradients: GradientSource): number {
  return gradients.has(parameter) ? rootMeanSquare(gradients.get(parameter).read()) : 0;
}

function rootMeanSquare(numbers: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < numbers.length; i++) squares += numbers[i] * numbers[i];
  return numbers.length === 0 ? 0 : Math.sqrt(squares / numbers.length);
}
