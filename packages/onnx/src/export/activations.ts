import {
  CELU,
  ELU,
  GELU,
  HardSigmoid,
  HardSwish,
  LeakyReLU,
  LogSoftmax,
  Mish,
  PReLU,
  ReLU,
  ReLU6,
  SELU,
  Sigmoid,
  SiLU,
  Softmax,
  Softplus,
  Softsign,
  Tanh,
} from '@tapegrad/nn';
import { float } from './graphWriter.ts';
import { exporting, type LayerContext, type LayerExport } from './layerExport.ts';

/** Activations, by the operation of the same name where there is one, else by the arithmetic of their formula. */
export const activations: readonly LayerExport[] = [
  exporting(ReLU, (_, context) => alone(context, 'Relu')),
  exporting(Sigmoid, (_, context) => alone(context, 'Sigmoid')),
  exporting(Tanh, (_, context) => alone(context, 'Tanh')),
  exporting(SELU, (_, context) => alone(context, 'Selu')),
  exporting(LeakyReLU, ({ options }, context) => alone(context, 'LeakyRelu', { alpha: float(options.slope ?? 0.01) })),
  exporting(ELU, ({ options }, context) => alone(context, 'Elu', { alpha: float(options.alpha ?? 1) })),
  exporting(CELU, ({ options }, context) => alone(context, 'Celu', { alpha: float(options.alpha ?? 1) })),
  exporting(HardSwish, (_, context) => alone(context, 'HardSwish')),
  exporting(Softsign, (_, context) => alone(context, 'Softsign')),
  exporting(ReLU6, (_, { name, input, graph }) =>
    graph.node(name, 'Clip', [input, graph.number(`${name}.low`, 0), graph.number(`${name}.high`, 6)]),
  ),
  exporting(PReLU, (layer, context) => {
    const { name, input, inputShape, graph } = context;
    const perChannel = [layer.parameters[0].size, ...inputShape.slice(1).map(() => 1)];
    return graph.node(name, 'PRelu', [input, context.weight('weight', perChannel)]);
  }),
  exporting(HardSigmoid, ({ options }, context) =>
    alone(context, 'HardSigmoid', { alpha: float(options.alpha ?? 1 / 6), beta: float(options.beta ?? 0.5) }),
  ),
  exporting(Softmax, ({ options }, context) => alone(context, 'Softmax', { axis: options.axis ?? -1 })),
  exporting(LogSoftmax, ({ options }, context) => alone(context, 'LogSoftmax', { axis: options.axis ?? -1 })),
  exporting(SiLU, (_, { name, input, graph }) => {
    const gate = graph.node(`${name}.sigmoid`, 'Sigmoid', [input]);
    return graph.node(name, 'Mul', [input, gate]);
  }),
  exporting(Mish, (_, context) => {
    const { name, input, graph } = context;
    if (graph.opset.offers(18)) return alone(context, 'Mish');
    const softplus = graph.node(`${name}.softplus`, 'Softplus', [input]);
    return graph.node(name, 'Mul', [input, graph.node(`${name}.tanh`, 'Tanh', [softplus])]);
  }),
  exporting(Softplus, ({ options }, context) => {
    const { name, input, graph } = context;
    const { beta = 1, threshold = 20 } = options;
    // From 20 on, ln(1 + e^x) is x to the last digit of float32: there the operation itself has the threshold.
    const isStraight = threshold < 20;
    if (beta === 1 && !isStraight) return alone(context, 'Softplus');
    const number = graph.number(`${name}.beta`, beta);
    const scaled = graph.node(`${name}.scaled`, 'Mul', [input, number]);
    const bent = graph.node(`${name}.softplus`, 'Softplus', [scaled]);
    if (!isStraight) return graph.node(name, 'Div', [bent, number]);
    const divided = graph.node(`${name}.bent`, 'Div', [bent, number]);
    const isAbove = graph.node(`${name}.above`, 'Greater', [scaled, graph.number(`${name}.threshold`, threshold)]);
    return graph.node(name, 'Where', [isAbove, input, divided]);
  }),
  exporting(GELU, ({ options }, context) => {
    const { approximate = 'none' } = options;
    if (context.graph.opset.offers(20)) return alone(context, 'Gelu', { approximate });
    return approximate === 'none' ? exactGelu(context) : tanhGelu(context);
  }),
];

function alone({ name, input, graph }: LayerContext, opType: string, attributes = {}): string {
  return graph.node(name, opType, [input], attributes);
}

/** ½·x·(1 + erf(x / √2)), in the order in which PyTorch writes it. */
function exactGelu({ name, input, graph }: LayerContext): string {
  const number = (part: string, value: number): string => graph.number(`${name}.${part}`, value);
  const scaled = graph.node(`${name}.scaled`, 'Div', [input, number('root', Math.SQRT2)]);
  const erf = graph.node(`${name}.erf`, 'Erf', [scaled]);
  const raised = graph.node(`${name}.raised`, 'Add', [erf, number('one', 1)]);
  const product = graph.node(`${name}.product`, 'Mul', [input, raised]);
  return graph.node(name, 'Mul', [product, number('half', 0.5)]);
}

/** ½·(x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))), in the order in which PyTorch writes it. */
function tanhGelu({ name, input, graph }: LayerContext): string {
  const number = (part: string, value: number): string => graph.number(`${name}.${part}`, value);
  const squared = graph.node(`${name}.squared`, 'Mul', [input, input]);
  const cubed = graph.node(`${name}.cubed`, 'Mul', [input, squared]);
  const bent = graph.node(`${name}.bent`, 'Mul', [number('bend', 0.044715), cubed]);
  const sum = graph.node(`${name}.sum`, 'Add', [input, bent]);
  const inner = graph.node(`${name}.inner`, 'Mul', [number('factor', Math.sqrt(2 / Math.PI)), sum]);
  const tanh = graph.node(`${name}.tanh`, 'Tanh', [inner]);
  const raised = graph.node(`${name}.raised`, 'Add', [number('one', 1), tanh]);
  const product = graph.node(`${name}.product`, 'Mul', [input, raised]);
  return graph.node(name, 'Mul', [number('half', 0.5), product]);
}
