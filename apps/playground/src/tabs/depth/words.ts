import { bilingual } from '../../words/words.ts';
import type { InitialisationName } from './fields.ts';
import type { Verdict } from './verdict.ts';

const verdicts: Readonly<Record<'en' | 'zh', Readonly<Record<Verdict, string>>>> = {
  en: {
    vanishes: 'The gradient vanishes: the first layers hardly learn.',
    explodes: 'The gradient explodes: the first training step throws the first layers far away.',
    arrives: 'The gradient arrives: all layers learn.',
    broken: 'The numbers overflow, even in float64.',
  },
  zh: {
    vanishes: '梯度消失：最前面的层几乎学不到东西。',
    explodes: '梯度爆炸：第一次更新就会把最前面的层抛得很远。',
    arrives: '梯度到达了：所有层都能学习。',
    broken: '即使用 float64 也溢出了。',
  },
};

const initialisations: Readonly<Record<'en' | 'zh', Readonly<Record<InitialisationName, string>>>> = {
  en: {
    default: 'U(−1/√n, 1/√n), as PyTorch’s layers begin: variance 1/(3n).',
    xavier: 'N(0, 2/(nᵢₙ + nₒᵤₜ)), here 1/n: for activations with slope 1 at 0, such as tanh.',
    he: 'N(0, 2/n): makes up for the half that a ReLU drops.',
    small: 'N(0, 0.01²), as was usual once.',
    large: 'N(0, 1): random numbers taken as they come.',
  },
  zh: {
    default: 'U(−1/√n, 1/√n)，PyTorch 各层的默认值：方差为 1/(3n)。',
    xavier: 'N(0, 2/(nᵢₙ + nₒᵤₜ))，这里即 1/n：适合在 0 处斜率为 1 的激活函数，例如 tanh。',
    he: 'N(0, 2/n)：补偿 ReLU 丢掉的一半。',
    small: 'N(0, 0.01²)，早期网络的做法。',
    large: 'N(0, 1)，不加调整的随机数。',
  },
};

const names = { relu: 'ReLU', leakyRelu: 'Leaky ReLU', gelu: 'GELU', selu: 'SELU', tanh: 'tanh', sigmoid: 'sigmoid' };

export const depthWords = bilingual({
  en: {
    title: 'Does the gradient reach the first layer?',
    intro:
      'Dense layers of 32 neurons, run once forward and once back, before any training. Each layer brings a factor: where it is a little below 1 every time, nothing is left of the gradient after fifty layers.',
    net: 'The net',
    layers: 'Layers',
    factor: 'Weights ×',
    activation: 'Activation',
    initialisation: 'Initialisation',
    normalisation: 'Normalisation',
    names: {
      ...names,
      none: 'none',
      default: 'PyTorch',
      xavier: 'Xavier',
      he: 'He',
      small: 'σ = 0.01',
      large: 'σ = 1',
      batchNorm: 'batch norm',
      layerNorm: 'layer norm',
    },
    initialisations: initialisations.en,
    skip: 'Skip connections: y = x + f(x)',
    draw: 'Draw other weights',
    sizes: 'Sizes by layer',
    arriving: 'Gradient at the input',
    perLayer: 'Factor for each layer',
    leaving: 'Activations at the end',
    verdicts: verdicts.en,
    note: 'A size is the root of the mean square. Gradients are read from right to left: at the last layer the gradient has size 1.',
    layerAxis: 'Layer',
    sizeAxis: 'Size',
    activations: 'Activations',
    gradients: '∂L/∂activation',
    weights: '∂L/∂W',
    input: 'input',
    chart: (activation: string, gradient: string) =>
      `Sizes by layer. Activations end at ${activation}, the gradient arrives at the input with ${gradient}.`,
    loading: 'Computing…',
  },
  zh: {
    title: '梯度能到达第一层吗？',
    intro:
      '每层 32 个神经元的全连接网络，在训练之前前向、反向各运行一次。每一层带来一个倍数：如果每次都略小于 1，五十层之后梯度就什么都不剩。',
    net: '网络',
    layers: '层数',
    factor: '权重 ×',
    activation: '激活函数',
    initialisation: '初始化',
    normalisation: '归一化',
    names: {
      ...names,
      none: '无',
      default: 'PyTorch',
      xavier: 'Xavier',
      he: 'He',
      small: 'σ = 0.01',
      large: 'σ = 1',
      batchNorm: '批归一化',
      layerNorm: '层归一化',
    },
    initialisations: initialisations.zh,
    skip: '残差连接：y = x + f(x)',
    draw: '重新抽取权重',
    sizes: '各层的大小',
    arriving: '输入处的梯度',
    perLayer: '每层的倍数',
    leaving: '末端的激活值',
    verdicts: verdicts.zh,
    note: '大小指均方根。梯度从右向左看：最后一层的梯度大小为 1。',
    layerAxis: '层',
    sizeAxis: '大小',
    activations: '激活值',
    gradients: '∂L/∂激活值',
    weights: '∂L/∂W',
    input: '输入',
    chart: (activation: string, gradient: string) =>
      `各层的大小。激活值最后为 ${activation}，梯度到达输入时为 ${gradient}。`,
    loading: '正在计算…',
  },
});
