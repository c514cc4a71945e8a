import { reshape, type Shape } from '@tapegrad/core';
import { checkFunction, checkSurplus } from '@tapegrad/core/authors';
import { type BuiltLayer, type GraphValues, type JoinLayer, type Layer, type Model, weightsOf } from '@tapegrad/nn';
import type { GraphWriter } from './graphWriter.ts';

/** Where a layer stands while it is written: its name and shapes, the value it takes, and the graph. */
export interface LayerContext {
  readonly name: string;
  /** Without the batch axis. */
  readonly inputShape: Shape;
  /** Without the batch axis. */
  readonly outputShape: Shape;
  /** The name of the value that goes in. */
  readonly input: string;
  /** The names of all of them, for a layer of several inputs. */
  readonly inputs: readonly string[];
  readonly graph: GraphWriter;
  /**
   * Adds what the layer has learnt to the file, `weight`, under the name that it has in saved files, `conv1.weight`, and returns
   * that name; an empty one where the layer has no such tensor. In the shape that it has, or in one for broadcasting.
   */
  readonly weight: (which: string, shape?: Shape) => string;
  /** Writes a row of layers that begins with the value `input`, and returns the name of the value that comes out. */
  readonly row: (layers: readonly BuiltLayer[], input: string) => string;
  /** Writes a layer of several inputs, and returns the name of the value that comes out. */
  readonly join: (layer: JoinLayer, at: JoinPosition) => string;
  /** Writes a model of values by name, and returns the names of the values that come out. */
  readonly model: (model: Model<GraphValues, GraphValues>, inputs: ValueNames) => ValueNames;
}

/** Where a layer of several inputs stands. */
export interface JoinPosition {
  readonly name: string;
  readonly inputs: readonly string[];
  /** Without the batch axis. */
  readonly inputShapes: readonly Shape[];
  /** Without the batch axis. */
  readonly outputShape: Shape;
}

/** The value in the graph for each input or output of a model; a single one is called `input` or `output`. */
export type ValueNames = Readonly<Record<string, string>>;

/** How one kind of layer is written. */
export interface LayerExport {
  /** The name of the value that comes out; `undefined` when the layer is of another kind. */
  readonly write: (layer: Layer | JoinLayer, context: LayerContext) => string | undefined;
}

/**
 * How the layers of a class are written: as nodes, the last of which bears the name of the layer. For layers of your own,
 * `exportOnnx(model, { layers: [exporting(Square, …)] })`.
 *
 * @example
 * class Squared extends operationLayer({ type: 'Squared', kind: 'squared' }, square) {}
 * const own = exporting(Squared, (layer, { name, input, graph }) => graph.node(name, 'Mul', [input, input]));
 * const model = new Sequential([new Squared()], { inputShape: [2], random: new Random(1) });
 * const file = exportOnnx(model, { layers: [own] });
 */
export function exporting<Kind extends Layer | JoinLayer>(
  kind: abstract new (...options: never[]) => Kind,
  write: (layer: Kind, context: LayerContext) => string,
  ...surplus: []
): LayerExport {
  checkSurplus('exporting', surplus);
  checkFunction('exporting', 'kind', kind, 'Give the class of the layer first: `exporting(Square, …)`');
  checkFunction(
    'exporting',
    'write',
    write,
    'Say how it is written: `(layer, { name, input, graph }) => graph.node(…)`',
  );
  return { write: (layer, context) => (layer instanceof kind ? write(layer, context) : undefined) };
}

/** What a layer has learnt, as `weight` of its context has it. */
export function writeLearnt(
  layer: Layer | JoinLayer,
  name: string,
  graph: GraphWriter,
  which: string,
  shape?: Shape,
): string {
  const tensor = weightsOf(layer).get(`${name}.${which}`);
  return tensor ? graph.tensor(`${name}.${which}`, shape ? reshape(tensor, shape) : tensor) : '';
}

/** The inputs of a node without the empty names at their end. */
export function given(...inputs: readonly string[]): string[] {
  const last = inputs.findLastIndex((name) => name !== '');
  return inputs.slice(0, last + 1);
}
