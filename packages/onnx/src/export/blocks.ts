import { Branches, Model, Sequential, SqueezeExcitation } from '@tapegrad/nn';
import { exporting, type LayerExport } from './layerExport.ts';

/** Layers that hold others: rows, branches, gates, and models within models. */
export const blocks: readonly LayerExport[] = [
  exporting(Sequential, ({ layers }, { input, row }) => row(layers, input)),
  exporting(Branches, ({ branches, join }, { name, input, row, ...context }) => {
    const ends = branches.map((branch) => row(branch, input));
    const inputShapes = branches.map((branch) => branch.at(-1)?.outputShape ?? context.inputShape);
    return context.join(join, { name, inputs: ends, inputShapes, outputShape: context.outputShape });
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
