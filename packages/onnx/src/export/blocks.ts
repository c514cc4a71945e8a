import { Add, Branches, Concat, type JoinLayer, Model, Multiply, Sequential, SqueezeExcitation } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import type { GraphWriter } from './graphWriter.ts';
import { exporting, type LayerExport } from './layerExport.ts';

/** Layers that hold others: rows, branches, gates, and models within models. */
export const blocks: readonly LayerExport[] = [
  exporting(Sequential, ({ layers }, { input, row }) => row(layers, input)),
  exporting(Branches, (layer, { name, input, inputShape, graph, row }) => {
    const ends = layer.branches.map((branch) => row(branch, input));
    return writeJoin(graph, name, layer.join, ends, 1 + inputShape.length);
  }),
  exporting(SqueezeExcitation, ({ layers }, { name, input, inputShape: [channels, ...lengths], graph, row }) => {
    if (lengths.length === 0) return graph.node(name, 'Mul', [input, row(layers, input)]);
    const mean = graph.node(`${name}.mean`, 'GlobalAveragePool', [input]);
    const gate = row(layers, graph.node(`${name}.squeezed`, 'Flatten', [mean], { axis: 1 }));
    const shape = graph.wholes(`${name}.shape`, [-1, channels, ...lengths.map(() => 1)]);
    return graph.node(name, 'Mul', [input, graph.node(`${name}.gate`, 'Reshape', [gate, shape])]);
  }),
  exporting(Model, (model, { input, model: write }) => write(model, { input }).output),
];

/** Writes what brings several values together, as a node of that name, and returns the name of the value that comes out. */
export function writeJoin(
  graph: GraphWriter,
  name: string,
  layer: JoinLayer,
  inputs: readonly string[],
  rank: number,
): string {
  if (layer instanceof Concat) {
    const { axis = 1 } = layer.options;
    return graph.node(name, 'Concat', inputs, { axis: axis < 0 ? axis + rank : axis });
  }
  if (layer instanceof Add) return pairwise(graph, name, 'Add', inputs);
  if (layer instanceof Multiply) return pairwise(graph, name, 'Mul', inputs);
  throw new OnnxError({
    operation: name,
    got: `a layer of several inputs of type ${layer.type}`,
    wanted: 'Concat, Add or Multiply',
    remedy: 'Join the values with these, or export the model up to here',
  });
}

/** The sum or product of all inputs, two at a time, in the order in which it is computed here. */
function pairwise(graph: GraphWriter, name: string, operation: 'Add' | 'Mul', inputs: readonly string[]): string {
  if (inputs.length === 1) return inputs[0];
  return inputs.reduce((before, input, at) => {
    const isLast = at === inputs.length - 1;
    return graph.node(isLast ? name : `${name}.${at}`, operation, [before, input]);
  });
}
