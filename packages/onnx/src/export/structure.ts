import { Dense, DropBlock, Dropout, Embedding, Flatten, Reshape, Residual } from '@tapegrad/nn';
import { elementTypes } from '../format/elements.ts';
import { exporting, given, type LayerExport } from './layerExport.ts';

/** Dense layers, tables, and what gives a network its form. */
export const structure: readonly LayerExport[] = [
  exporting(Dense, (_, context) => {
    const { name, input, inputShape, graph } = context;
    const [weight, bias] = [context.weight('weight'), context.weight('bias')];
    if (inputShape.length === 1) return graph.node(name, 'Gemm', given(input, weight, bias), { transB: 1 });
    // Gemm takes rows alone; along the last of more axes it is a product, and the weight keeps its form in the file.
    const turned = graph.node(`${name}.turned`, 'Transpose', [weight], { perm: [1, 0] });
    if (bias === '') return graph.node(name, 'MatMul', [input, turned]);
    return graph.node(name, 'Add', [graph.node(`${name}.product`, 'MatMul', [input, turned]), bias]);
  }),
  exporting(Flatten, (_, { name, input, graph }) => graph.node(name, 'Flatten', [input], { axis: 1 })),
  // In a shape, 0 keeps the length of the batch.
  exporting(Reshape, (_, { name, input, outputShape, graph }) =>
    graph.node(name, 'Reshape', [input, graph.wholes(`${name}.shape`, [0, ...outputShape])]),
  ),
  exporting(Embedding, (_, context) => {
    const { name, input, graph } = context;
    const isWhole = input === graph.indices;
    const indices = isWhole ? input : graph.node(`${name}.indices`, 'Cast', [input], { to: elementTypes.int64 });
    return graph.node(name, 'Gather', [context.weight('weight'), indices], { axis: 0 });
  }),
  exporting(Residual, (layer, { name, input, graph, row }) => {
    return graph.node(name, 'Add', [row(layer.layers, input), row(layer.shortcut, input)]);
  }),
  // In use, what is dropped in training is kept.
  exporting(Dropout, (_, { input }) => input),
  exporting(DropBlock, (_, { input }) => input),
];
