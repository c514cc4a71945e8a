import type { Words } from './model.ts';

/** The chapters of the book in their order, by the name of their page. */
export const chapterTitles: Readonly<Record<string, Words>> = {
  dense: { en: 'The dense layer and logits', zh: '全连接层与 logit' },
  softmax: { en: 'Softmax', zh: 'Softmax' },
  'softmax-loss': { en: 'Softmax loss', zh: 'Softmax 损失' },
  entropy: { en: 'Entropy, cross-entropy and KL', zh: '熵、交叉熵与 KL 散度' },
  regression: { en: 'Regression losses and outliers', zh: '回归损失与离群点' },
  hinge: { en: 'Hinge loss', zh: '合页损失（hinge）' },
  temperature: { en: 'Temperature and margins', zh: '温度与间隔' },
  descent: { en: 'Gradient descent and its optimisers', zh: '梯度下降及其优化器' },
  backpropagation: { en: 'Backpropagation', zh: '反向传播' },
  convolution: { en: 'The convolution layer', zh: '卷积层' },
  'convolution-gradients': { en: 'Backpropagation through a convolution', zh: '卷积层的反向传播' },
  kin: { en: 'Convolution’s kin', zh: '卷积的各种变体' },
  pooling: { en: 'Pooling', zh: '池化' },
  normalisation: { en: 'Normalisation', zh: '归一化' },
  'batch-norm-gradient': { en: 'Backpropagation through batch norm', zh: '批归一化的反向传播' },
  depth: { en: 'Depth', zh: '深度' },
  tape: { en: 'The tape', zh: '计算记录' },
};

/** The pages of questions, by name. */
export const questionTitles: Readonly<Record<string, Words>> = {
  'softmax-loss': { en: 'On softmax loss', zh: '关于 softmax 损失' },
  classification: { en: 'On training a classifier', zh: '关于训练分类器' },
  divergence: { en: 'On cross-entropy and KL', zh: '关于交叉熵与 KL 散度' },
  regression: { en: 'On regression losses and hinge', zh: '关于回归损失与合页损失' },
  convolution: { en: 'On convolution', zh: '关于卷积' },
  layers: { en: 'On pooling, normalisation and dropout', zh: '关于池化、归一化与 dropout' },
  backpropagation: { en: 'On backpropagation and depth', zh: '关于反向传播与深度' },
};

/** How many exercises each chapter has: the contents say so without loading the chapters. */
export const exerciseCounts: Readonly<Record<string, number>> = {
  dense: 5,
  softmax: 6,
  'softmax-loss': 7,
  entropy: 7,
  regression: 7,
  hinge: 6,
  temperature: 6,
  descent: 7,
  backpropagation: 7,
  convolution: 8,
  'convolution-gradients': 4,
  kin: 7,
  pooling: 6,
  normalisation: 4,
  'batch-norm-gradient': 3,
  depth: 7,
  tape: 8,
};
