import type { Shape, Tensor } from '@tapegrad/core';
import { formatShape } from '@tapegrad/core';
import type { Layer } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import type { Attributes } from './attributes.ts';
import type { GraphNode } from './graph.ts';
import type { Shelf } from './shelf.ts';

/** A layer that is to be made, and what it has learnt, by the name within the layer: `weight`, `running_mean`. */
export interface Recipe {
  /** Makes the layer anew; a layer stands in a model once only. */
  readonly make: () => Layer;
  readonly learnt: ReadonlyMap<string, Tensor>;
}

/** What a node is translated with. */
export interface Translation {
  readonly node: GraphNode;
  readonly attributes: Attributes;
  /** The shape of what goes in, without the batch axis. */
  readonly inputShape: Shape;
  readonly shelf: Shelf;
  /** The version of ONNX's operations. */
  readonly opset: number;
  /** The length of the batch axis, if the file fixes it. */
  readonly batch: number | undefined;
  /** The shape that a value has which is worked out from shapes; `batch` where the length of the batch stands. */
  readonly shapeValue: (name: string) => readonly (number | 'batch')[];
}

/** A node as a recipe; `undefined` for one that does nothing. */
export type Translate = (translation: Translation) => Recipe | undefined;

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
