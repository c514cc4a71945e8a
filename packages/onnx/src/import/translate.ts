import type { Shape, Tensor } from '@tapegrad/core';
import { formatShape } from '@tapegrad/core';
import type { JoinLayer, Layer } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import type { Attributes } from './attributes.ts';
import type { GraphNode } from './graph.ts';
import type { Shelf } from './shelf.ts';

/** A layer that is to be made, and what it has learnt, by the name within the layer: `weight`, `running_mean`. */
export interface Recipe {
  /** Makes the layer anew; a layer stands in a model once only. */
  readonly make: () => Layer;
  readonly learnt: ReadonlyMap<string, Tensor>;
  /** Whether what it has learnt stands in the file as numbers that are not learnt any more. */
  readonly isFixed?: boolean;
  /** What is the same for nodes that are one layer, used several times: with the same weights and the same options. */
  readonly identity?: string;
}

/** A layer of several inputs that is to be made. */
export interface Joining {
  readonly join: () => JoinLayer;
  /** What it takes: data of the node, or layers that give the same for each example. Default: all data, in order. */
  readonly parts?: readonly (DataInput | Recipe)[];
}

/** One layer. */
export type Step = Recipe | Joining;

/** What the type of a value says of its numbers: indices, pixels from 0 to 255; or answers, which are 1 and 0 here. */
export type Holding = 'wholes' | 'truths';

/** A value that goes into a node and depends on the model's inputs. */
export interface DataInput {
  /** Which of the node's inputs it is. */
  readonly index: number;
  /** Without the batch axis. */
  readonly shape: Shape;
  readonly holds?: Holding | undefined;
}

/** What a node is translated with. */
export interface Translation {
  readonly node: GraphNode;
  readonly attributes: Attributes;
  /** The shape of what goes in, of the first where there are several, without the batch axis. */
  readonly inputShape: Shape;
  /** What numbers the first input holds, if its type says it. */
  readonly holds: Holding | undefined;
  /** All that goes in and is no constant. */
  readonly data: readonly DataInput[];
  readonly shelf: Shelf;
  /** The version of ONNX's operations. */
  readonly opset: number;
  /** The length of the batch axis, if the file fixes it. */
  readonly batch: number | undefined;
  /** The shape that a value has which is worked out from shapes; `batch` where the length of the batch stands. */
  readonly shapeValue: (name: string) => readonly (number | 'batch')[];
}

/** A node as layers one behind the other; none for one that does nothing. Only the first may be one of several inputs. */
export type Translate = (translation: Translation) => Step | readonly Step[] | undefined;

/** The recipe of a layer; weights that are not given are left out. */
export function recipe(make: () => Layer, learnt: Readonly<Record<string, Tensor | undefined>> = {}): Recipe {
  const given = Object.entries(learnt).flatMap(([name, tensor]): [string, Tensor][] =>
    tensor ? [[name, tensor]] : [],
  );
  return { make, learnt: new Map(given) };
}

/** The error for inputs of a rank that no layer takes. */
export function otherShape({ node, inputShape }: Translation, wanted: string): OnnxError {
  return new OnnxError({
    operation: node.label,
    got: `inputs of shape ${formatShape(inputShape)}, without the batch axis`,
    wanted,
    remedy: 'Replace the layer before the export',
  });
}

/** The error for what a node does along the batch axis, which stays as it is in a model. */
export function alongBatch({ node }: Translation, got: string): OnnxError {
  return new OnnxError({
    operation: node.label,
    got,
    wanted: 'the batch axis in front, each example by itself',
    remedy: 'Do that outside of the model',
  });
}

/** A list of axes of a node, counted with the batch axis: an option, or in later versions an input. */
export function axesOf(
  { node, attributes, inputShape, shelf }: Translation,
  fallback: readonly number[],
  at = 1,
): readonly number[] {
  const given = shelf.optional(node.label, node.inputs[at], 'list of axes');
  const axes = given ? shelf.wholes(node.label, given) : attributes.wholes('axes', fallback);
  return axes.map((axis) => resolved(axis, inputShape));
}

/** An axis counted from the front, with the batch axis. */
export function resolved(axis: number, inputShape: Shape): number {
  return axis < 0 ? axis + inputShape.length + 1 : axis;
}
