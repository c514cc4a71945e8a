import { Dense, DropBlock, Dropout, Embedding, Flatten, Reshape, Residual } from '@tapegrad/nn';
import { elementTypes } from '../format/elements.ts';
import { exporting, given, type LayerExport, learnt } from './layerExport.ts';

/** Dense layers, tables, and what gives a network its form. */
export const structure: readonly LayerExport[] = [
  exporting(Dense, (layer, context) => {
    const inputs = given(context.input, learnt(layer, context, 'weight'), learnt(layer, context, 'bias'));
    return context.graph.node(context.name, 'Gemm', inputs, { transB: 1 });
  }),
  exporting(Flatten, (_, { name, input, graph }) => graph.node(name, 'Flatten', [input], { axis: 1 })),
  // In a shape, 0 keeps the length of the batch.
  exporting(Reshape, (_, { name, input, outputShape, graph }) =>
    graph.node(name, 'Reshape', [input, graph.wholes(`${name}.shape`, [0, ...outputShape])]),
  ),
  exporting(Embedding, (layer, context) => {
    const { name, input, graph } = context;
    const isWhole = input === graph.indices;
    const indices = isWhole ? input : graph.node(`${name}.indices`, 'Cast', [input], { to: elementTypes.int64 });
    return graph.node(name, 'Gather', [learnt(layer, context, 'weight'), indices], { axis: 0 });
  }),
  exporting(Residual, (layer, { name, input, graph, row }) => {
    return graph.node(name, 'Add', [row(layer.layers, input), row(layer.shortcut, input)]);
  }),
  // In use, what is dropped in training is kept.
  exporting(Dropout, (_, { input }) => input),
  exporting(DropBlock, (_, { input }) => input),
];
