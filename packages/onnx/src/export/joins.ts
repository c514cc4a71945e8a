import {
  Add,
  Compare,
  Concat,
  Divide,
  Einsum,
  MatrixProduct,
  Maximum,
  Minimum,
  Multiply,
  Subtract,
  Where,
} from '@tapegrad/nn';
import { elementTypes } from '../format/elements.ts';
import { exporting, type LayerContext, type LayerExport } from './layerExport.ts';

/** What brings several values together. */
export const joins: readonly LayerExport[] = [
  exporting(Concat, ({ options: { axis = 1 } }, { name, inputs, inputShape, graph }) =>
    graph.node(name, 'Concat', inputs, { axis: axis < 0 ? axis + inputShape.length + 1 : axis }),
  ),
  exporting(Add, (_, context) => pairwise(context, 'Add')),
  exporting(Multiply, (_, context) => pairwise(context, 'Mul')),
  exporting(Subtract, (_, context) => pairwise(context, 'Sub')),
  exporting(Divide, (_, context) => pairwise(context, 'Div')),
  exporting(Maximum, (_, context) => pairwise(context, 'Max')),
  exporting(Minimum, (_, context) => pairwise(context, 'Min')),
  exporting(MatrixProduct, (_, context) => pairwise(context, 'MatMul')),
  // Comparisons give truths there, and 1 and 0 here.
  exporting(Compare, ({ options }, { name, inputs, graph }) => {
    const truth = graph.node(`${name}.truth`, questions[options.by], inputs);
    return graph.node(name, 'Cast', [truth], { to: graph.elementType });
  }),
  exporting(Where, (_, { name, inputs: [condition, x, y], graph }) => {
    const truth = graph.node(`${name}.truth`, 'Cast', [condition], { to: elementTypes.bool });
    return graph.node(name, 'Where', [truth, x, y]);
  }),
  exporting(Einsum, ({ options }, { name, inputs, graph }) =>
    graph.node(name, 'Einsum', inputs, { equation: options.equation }),
  ),
];

const questions = { equal: 'Equal', greater: 'Greater', greaterOrEqual: 'GreaterOrEqual' } as const;

/** All inputs, two at a time, in the order in which it is computed here. */
function pairwise({ name, inputs, graph }: LayerContext, operation: string): string {
  return inputs.reduce((before, input, at) => {
    const isLast = at === inputs.length - 1;
    return graph.node(isLast ? name : `${name}.${at}`, operation, [before, input]);
  });
}
