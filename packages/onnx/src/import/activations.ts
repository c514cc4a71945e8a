import { sameShape, sizeOf } from '@tapegrad/core/authors';
import {
  Affine,
  Branches,
  CELU,
  Clamp,
  ELU,
  Elementwise,
  GELU,
  HardSigmoid,
  HardSwish,
  type Layer,
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
  Subtract,
  Tanh,
} from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { beside } from './constants.ts';
import { recipe, type Step, type Translate, type Translation } from './translate.ts';

/** A bound beyond which there is no float32. */
const largest = 3.4e38;

/** Activations, by operation. */
export const activations: Readonly<Record<string, Translate>> = {
  Relu: () => recipe(() => new ReLU()),
  Sigmoid: () => recipe(() => new Sigmoid()),
  Tanh: () => recipe(() => new Tanh()),
  Mish: () => recipe(() => new Mish()),
  SiLU: () => recipe(() => new SiLU()),
  Swish: ({ attributes }) => {
    attributes.only('alpha', 1);
    return recipe(() => new SiLU());
  },
  Selu: ({ attributes }) => {
    // The numbers of the paper, to as many digits as a float32 has.
    attributes.only('alpha', 1.6732632);
    attributes.only('gamma', 1.050701);
    return recipe(() => new SELU());
  },
  LeakyRelu: ({ attributes }) => {
    const slope = attributes.float('alpha', 0.01);
    return recipe(() => new LeakyReLU({ slope }));
  },
  Elu: ({ attributes }) => {
    const alpha = attributes.float('alpha', 1);
    return recipe(() => new ELU({ alpha }));
  },
  Celu: ({ attributes }) => {
    const alpha = attributes.float('alpha', 1);
    return recipe(() => new CELU({ alpha }));
  },
  HardSwish: () => recipe(() => new HardSwish()),
  Softsign: () => recipe(() => new Softsign()),
  /** Bounds as options or, since opset 11, as inputs; one that is left out is none. */
  Clip: ({ node, attributes, shelf }) => {
    const [min, max] = ['min', 'max'].map((name, at) => {
      const given = shelf.optional(node.label, node.inputs[1 + at], name);
      return given ? shelf.number(node.label, given) : attributes.float(name, at === 0 ? -Infinity : Infinity);
    });
    if (min === 0 && max === 6) return recipe(() => new ReLU6());
    // The largest float32 stands for no bound in files of old versions.
    const bounds = { ...(min > -largest && { min }), ...(max < largest && { max }) };
    if (Object.keys(bounds).length === 0) return undefined;
    return min === 0 && bounds.max === undefined ? recipe(() => new ReLU()) : recipe(() => new Clamp(bounds));
  },
  PRelu: (translation) => {
    const { node, inputShape, shelf } = translation;
    const slope = shelf.constant(node.label, node.inputs[1], 'slope');
    if (sizeOf(slope.shape) === 1) return recipe(() => new PReLU(), { weight: shelf.reshaped(slope, [1]) });
    const channels = [1, inputShape[0], ...inputShape.slice(1).map(() => 1)];
    const lengths = [...new Array<number>(Math.max(0, channels.length - slope.shape.length)).fill(1), ...slope.shape];
    if (!sameShape(lengths, channels)) return slopes(translation, node.inputs[1]);
    return recipe(() => new PReLU({ perChannel: true }), { weight: shelf.reshaped(slope, inputShape.slice(0, 1)) });
  },
  HardSigmoid: ({ attributes }) => {
    const options = { alpha: attributes.float('alpha', 0.2), beta: attributes.float('beta', 0.5) };
    return recipe(() => new HardSigmoid(options));
  },
  Softplus: () => recipe(() => new Softplus()),
  'scaled Softplus': (translation) => {
    const beta = scaleOf(translation);
    return recipe(() => new Softplus({ beta }));
  },
  'bounded Softplus': (translation) => {
    const threshold = numberIn(translation, 'threshold');
    return recipe(() => new Softplus({ threshold }));
  },
  'straightened Softplus': (translation) => {
    const options = { beta: scaleOf(translation), threshold: numberIn(translation, 'threshold') };
    return recipe(() => new Softplus(options));
  },
  Gelu: ({ attributes }) => {
    const approximate = attributes.word('approximate', ['none', 'tanh']);
    return recipe(() => new GELU({ approximate }));
  },
  'exact GELU': () => recipe(() => new GELU()),
  'tanh GELU': () => recipe(() => new GELU({ approximate: 'tanh' })),
  Softmax: (translation) => alongAxis(translation, (axis) => new Softmax({ axis })),
  LogSoftmax: (translation) => alongAxis(translation, (axis) => new LogSoftmax({ axis })),
};

/** max(x, 0) − slope·max(−x, 0), with slopes of any shape: Keras has one for each element. */
function slopes(translation: Translation, name: string): Step {
  const { constant, shape } = beside(translation, name);
  const make = (): Layer =>
    new Branches(
      [[new ReLU()], [new Elementwise({ operation: 'negate' }), new ReLU(), new Affine({ shape, bias: false })]],
      { join: new Subtract() },
    );
  const weight = translation.shelf.reshaped(constant, shape);
  return { ...recipe(make, { weight }), isFixed: constant.isNode };
}

function numberIn({ node, shelf }: Translation, role: string): number {
  return shelf.number(node.label, shelf.constant(node.label, node.roles?.constants.get(role), role));
}

/** The β of ln(1 + e^(β·x)) / β, which stands in the file twice. */
function scaleOf(translation: Translation): number {
  const [beta, divisor] = [numberIn(translation, 'beta'), numberIn(translation, 'divisor')];
  if (beta === divisor) return beta;
  throw new OnnxError({
    operation: translation.node.label,
    got: `softplus of ${beta}·x, divided by ${divisor}`,
    wanted: 'the same number twice',
    remedy: 'Replace the layer before the export',
  });
}

/** Before opset 13, all axes from the given one on were one axis. */
function alongAxis({ attributes, inputShape, opset, node }: Translation, make: (axis: number) => Layer) {
  const axis = attributes.whole('axis', opset < 13 ? 1 : -1);
  const isLast = axis === -1 || axis === inputShape.length;
  if (opset >= 13 || isLast || inputShape.slice(axis).every((length) => length === 1)) return recipe(() => make(axis));
  throw new OnnxError({
    operation: node.label,
    got: `axis ${axis} of opset ${opset}, where it takes all axes behind it as well`,
    wanted: 'one axis',
    remedy: 'Export the model in opset 13 or later',
  });
}
