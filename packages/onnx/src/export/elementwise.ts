import { reshape } from '@tapegrad/core';
import { Affine, Clamp, Elementwise, type ElementwiseOperation, Power } from '@tapegrad/nn';
import { exporting, type LayerContext, type LayerExport } from './layerExport.ts';

/** What ONNX calls a function of each element; a square is a product. */
const operations: Readonly<Record<Exclude<ElementwiseOperation, 'square'>, string>> = {
  abs: 'Abs',
  erf: 'Erf',
  exp: 'Exp',
  log: 'Log',
  negate: 'Neg',
  reciprocal: 'Reciprocal',
  sign: 'Sign',
  sqrt: 'Sqrt',
};

/** Steps of formulas: of each element by itself, and with numbers that are broadcast. */
export const elementwise: readonly LayerExport[] = [
  exporting(Elementwise, ({ options: { operation } }, { name, input, graph }) => {
    if (operation === 'square') return graph.node(name, 'Mul', [input, input]);
    return graph.node(name, operations[operation], [input]);
  }),
  exporting(Power, ({ options }, { name, input, graph }) =>
    graph.node(name, 'Pow', [input, graph.number(`${name}.exponent`, options.exponent)]),
  ),
  exporting(Clamp, ({ options: { min, max } }, { name, input, graph }) => {
    const bound = (part: string, value: number | undefined): string =>
      value === undefined || !Number.isFinite(value) ? '' : graph.number(`${name}.${part}`, value);
    return graph.node(name, 'Clip', [input, bound('min', min), bound('max', max)]);
  }),
  exporting(Affine, affine),
];

/** A product and a sum. What is not learnt any more stands in nodes, so that an import can tell. */
function affine(layer: Affine, { name, input, graph }: LayerContext): string {
  const [weight, bias] = ['weight', 'bias'].map((which) => {
    const parameter = layer.parameters.find((each) => each.name === `${name}.${which}`);
    if (!parameter) return undefined;
    // A number without axes would be read back as one that is not learnt.
    const tensor = parameter.rank === 0 && parameter.trainable ? reshape(parameter, [1]) : parameter;
    return parameter.trainable ? graph.tensor(`${name}.${which}`, tensor) : graph.kept(`${name}.${which}`, tensor);
  });
  if (weight === undefined) return bias === undefined ? input : graph.node(name, 'Add', [input, bias]);
  if (bias === undefined) return graph.node(name, 'Mul', [input, weight]);
  return graph.node(name, 'Add', [graph.node(`${name}.scaled`, 'Mul', [input, weight]), bias]);
}
