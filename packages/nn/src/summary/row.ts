import type { Shape } from '@tapegrad/core';
import { type Explanation, explain } from './explanations.ts';
import { type Fields, receptiveFields } from './fields.ts';
import type { Description } from './layers/description.ts';
import type { PlacedLayer } from './placed.ts';

/** What is counted, of a layer and of a model; see `Cost` for what counts as what. */
export interface Counts {
  /** How many numbers are learnt, biases included. */
  readonly parameters: number;
  /** Parameters whose name does not end in `bias`. */
  readonly parametersWithoutBias: number;
  /** Products that are added to a sum, for one input. */
  readonly multiplyAccumulates: number;
  /** Additions, subtractions, multiplications and divisions, for one input: two for each multiply-accumulate, and others. */
  readonly flops: number;
  /** Comparisons of a max pooling; no FLOPs. */
  readonly comparisons: number;
  /** Evaluations of an activation; no FLOPs. */
  readonly evaluations: number;
}

/**
 * One layer of a summary. Output i sees, along each spatial axis of the model's input, the `receptiveField` pixels with their
 * middle at start + i·jump, where 0 is the centre of the first pixel; what lies outside of the image is padding.
 */
export interface SummaryRow extends Counts {
  readonly name: string;
  /** The class of the layer: `Conv2d`. */
  readonly type: string;
  /** Without the batch axis. */
  readonly inputShape: Shape;
  /** Without the batch axis. */
  readonly outputShape: Shape;
  /** Whether it is known what the layer does; what is not known counts as 0. */
  readonly isCostKnown: boolean;
  /** Whether it is known what the layer and those before it see. */
  readonly isFieldKnown: boolean;
  /** How many pixels of the input an output sees, along each spatial axis; none where it is not known. */
  readonly receptiveField: readonly number[];
  /** How far the fields of neighbouring outputs lie apart; none where the outputs have no spatial axes. */
  readonly jump: readonly number[];
  /** Where the field of the first output has its centre; none where the outputs have no spatial axes. */
  readonly start: readonly number[];
  /** Each formula, and the same with the numbers put in. */
  readonly explanations: readonly Explanation[];
}

/** What is to be said of a layer whose outputs see `fields`. */
export function rowOf(placed: PlacedLayer, description: Description, fields: Fields | undefined): SummaryRow {
  const { name, layer, inputShape, outputShape } = placed;
  const { cost = {} } = description;
  const seen = fields ? receptiveFields(fields) : [];
  const alongAxes = fields?.hasAxes ? seen : [];
  const count = (isCounted: (name: string) => boolean): number =>
    placed.parameters.reduce((total, parameter) => total + (isCounted(parameter.name) ? parameter.size : 0), 0);
  return {
    name,
    type: layer.type,
    inputShape,
    outputShape,
    parameters: count(() => true),
    parametersWithoutBias: count((name) => !name.endsWith('.bias')),
    multiplyAccumulates: cost.multiplyAccumulates?.value ?? 0,
    flops: cost.flops?.value ?? 0,
    comparisons: cost.comparisons?.value ?? 0,
    evaluations: cost.evaluations?.value ?? 0,
    isCostKnown: description.cost !== undefined,
    isFieldKnown: fields !== undefined,
    receptiveField: seen.map(({ size }) => size),
    jump: alongAxes.map(({ jump }) => jump),
    start: alongAxes.map(({ start }) => start),
    explanations: explain(placed, description, fields),
  };
}

/** The counts of all rows together. */
export function totalOf(rows: readonly SummaryRow[]): Counts {
  const total = (count: (row: SummaryRow) => number): number => rows.reduce((sum, row) => sum + count(row), 0);
  return {
    parameters: total((row) => row.parameters),
    parametersWithoutBias: total((row) => row.parametersWithoutBias),
    multiplyAccumulates: total((row) => row.multiplyAccumulates),
    flops: total((row) => row.flops),
    comparisons: total((row) => row.comparisons),
    evaluations: total((row) => row.evaluations),
  };
}
