import { add, mean, multiply, relu, softplus, sum } from '@tapegrad/core';
import {
  halfSquaredLoss,
  hingeLoss,
  huberLoss,
  l1Loss,
  logCoshLoss,
  mseLoss,
  quantileLoss,
  smoothL1Loss,
} from '@tapegrad/nn';
import { gradientOf, listOf, numbers } from '../library.ts';
import type { Chapter, Piece } from '../model.ts';
import { both, knob } from '../words.ts';

const zero = numbers([0]);
const d = knob(both('residual d', '残差 d'), -4, 4, 0.1, 2);

const seams: Piece = {
  title: both('Huber’s δ beside smooth L1’s β', 'Huber 的 δ 与平滑 L1 的 β'),
  knobs: { d, width: knob('δ = β', 0.1, 3, 0.1, 0.5) },
  compute: ({ d, width }) => {
    const huber = huberLoss(numbers([d]), zero, { delta: width }).item();
    const smooth = smoothL1Loss(numbers([d]), zero, { beta: width }).item();
    return {
      huber,
      smooth,
      divided: huber / width,
      huberSlope: gradientOf([d], (x) => huberLoss(x, zero, { delta: width }))[0],
      smoothSlope: gradientOf([d], (x) => smoothL1Loss(x, zero, { beta: width }))[0],
    };
  },
  results: [
    { label: 'Huber', of: 'huber', tone: 'value' },
    { label: both('smooth L1', '平滑 L1'), of: 'smooth', tone: 'third' },
    { label: both('Huber / δ', 'Huber / δ'), of: 'divided', tone: 'third' },
    { label: both('slopes: Huber', '斜率：Huber'), of: 'huberSlope', tone: 'gradient' },
    { label: both('smooth L1', '平滑 L1'), of: 'smoothSlope', tone: 'gradient' },
  ],
  pictures: [],
};

const sample = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const fitted: Piece = {
  title: both('Where the pulls cancel, for the numbers 1 to 10', '数字 1 到 10：拉力在哪里抵消'),
  knobs: {
    quantile: knob('τ', 0.05, 0.95, 0.05, 0.75),
    c: knob(both('prediction c', '预测 c'), 0, 11, 0.5, 5),
  },
  compute: ({ quantile, c }) => {
    const all = numbers(sample);
    const slope = gradientOf([c], (x) => quantileLoss(add(x, multiply(all, 0)), all, { quantile }))[0];
    return { slope, loss: quantileLoss(numbers(sample.map(() => c)), all, { quantile }).item() };
  },
  results: [
    { label: both('mean loss', '平均损失'), of: 'loss', tone: 'value' },
    { label: both('slope with respect to c', '对 c 的斜率'), of: 'slope', tone: 'gradient' },
  ],
  pictures: [
    {
      kind: 'curves',
      title: both('The mean loss by the prediction', '平均损失随预测的变化'),
      x: { label: 'c', knob: 'c' },
      y: [0, 6],
      lines: [
        {
          label: both('quantile loss', '分位数损失'),
          tone: 'value',
          values: (cs, { quantile }) =>
            cs.map((c) => quantileLoss(numbers(sample.map(() => c)), numbers(sample), { quantile }).item()),
        },
      ],
    },
  ],
};

const factors: Piece = {
  title: both('Two predictions, the second is right', '两个预测，第二个正确'),
  knobs: { d },
  compute: ({ d }) => {
    const target = numbers([0, 0]);
    return {
      mse: gradientOf([d, 0], (x) => mseLoss(x, target))[0],
      total: gradientOf([d, 0], (x) => mseLoss(x, target, { reduction: 'sum' }))[0],
      half: gradientOf([d, 0], (x) => halfSquaredLoss(x, target, { reduction: 'sum' }))[0],
    };
  },
  results: [
    { label: both('mean of d²: 2d/N', 'd² 取平均：2d/N'), of: 'mse', tone: 'gradient' },
    { label: both('sum of d²: 2d', 'd² 求和：2d'), of: 'total', tone: 'gradient' },
    { label: both('sum of d²/2: d', 'd²/2 求和：d'), of: 'half', tone: 'gradient' },
  ],
  pictures: [],
};

const pulls: Piece = {
  title: both('The pull of one far point', '一个远点的拉力'),
  knobs: { d: knob(both('residual d', '残差 d'), 0, 100, 1, 20) },
  compute: ({ d }) => ({
    half: gradientOf([d], (x) => halfSquaredLoss(x, zero))[0],
    huber: gradientOf([d], (x) => huberLoss(x, zero))[0],
    l1: gradientOf([d], (x) => l1Loss(x, zero))[0],
    logCosh: gradientOf([d], (x) => logCoshLoss(x, zero))[0],
  }),
  results: [
    { label: 'd²/2', of: 'half', tone: 'gradient' },
    { label: 'Huber', of: 'huber', tone: 'gradient' },
    { label: 'L1', of: 'l1', tone: 'gradient' },
    { label: 'Log-cosh', of: 'logCosh', tone: 'gradient' },
  ],
  pictures: [],
};

const flat: Piece = {
  title: both('Three losses of one score, t = +1', '同一个得分的三种损失，t = +1'),
  knobs: { s: knob(both('score s', '得分 s'), -3, 3, 0.1, -0.5) },
  compute: ({ s }) => ({
    zeroOne: Number(s < 0),
    slope: 0,
    hinge: hingeLoss(numbers([s]), numbers([1])).item(),
    hingeSlope: gradientOf([s], (x) => hingeLoss(x, numbers([1])))[0],
    softmax: softplus(numbers([-s])).item() / Math.LN2,
    softmaxSlope: gradientOf([s], (x) => softplus(multiply(-1, x)))[0] / Math.LN2,
  }),
  results: [
    { label: both('0-1 loss', '0-1 损失'), of: 'zeroOne', tone: 'value' },
    { label: both('its slope', '它的斜率'), of: 'slope', tone: 'gradient' },
    { label: both('hinge', '合页损失'), of: 'hinge', tone: 'value' },
    { label: both('its slope', '它的斜率'), of: 'hingeSlope', tone: 'gradient' },
    { label: both('softmax loss in bits', 'softmax 损失（比特）'), of: 'softmax', tone: 'value' },
    { label: both('its slope', '它的斜率'), of: 'softmaxSlope', tone: 'gradient' },
  ],
  pictures: [],
};

const corner: Piece = {
  title: both('relu, to both sides of 0', 'relu 在 0 的两侧'),
  knobs: { x: knob('x', -1, 1, 0.1, 0) },
  compute: ({ x }) => ({
    value: relu(numbers([x])).item(),
    slope: gradientOf([x], (u) => sum(relu(u)))[0],
    pair: gradientOf([x], (u) => add(mean(relu(u)), mean(multiply(-1, relu(multiply(-1, u))))))[0],
  }),
  results: [
    { label: 'relu(x)', of: 'value', tone: 'value' },
    { label: both('its slope', '它的斜率'), of: 'slope', tone: 'gradient' },
    {
      label: both('slope of relu(x) − relu(−x), which is x', 'relu(x) − relu(−x)（即 x）的斜率'),
      of: 'pair',
      tone: 'third',
    },
  ],
  pictures: [],
};

const broadcast: Piece = {
  title: both('Predictions [3], targets [3, 1], as some frameworks broadcast', '预测 [3]，目标 [3, 1]：某些框架会广播'),
  knobs: { step: knob(both('distance of the targets', '目标之间的间距'), 0.5, 3, 0.5, 1) },
  compute: ({ step }) => {
    const points = [0, step, 2 * step];
    const pairs = points.flatMap((prediction) => points.map((target) => [prediction, target]));
    return {
      meant: mseLoss(numbers(points), numbers(points)).item(),
      broadcast: mseLoss(numbers(pairs.map(([a]) => a)), numbers(pairs.map(([, b]) => b))).item(),
      pairs: pairs.length,
    };
  },
  results: [
    { label: both('what was meant', '本意'), of: 'meant', tone: 'good' },
    { label: both('every prediction against every target', '每个预测对每个目标'), of: 'broadcast', tone: 'gradient' },
    { label: both('pairs', '配对数'), of: 'pairs', tone: 'third' },
  ],
  pictures: [],
};

const bend: Piece = {
  title: both('Curvature, by a second walk', '曲率：再走一遍得到'),
  knobs: { d },
  compute: ({ d }) => {
    const h = 1e-4;
    const slope = (at: number): number => gradientOf([at], (x) => logCoshLoss(x, zero))[0];
    const [tanh] = listOf(numbers([slope(d)]));
    return { slope: tanh, curvature: (slope(d + h) - slope(d - h)) / (2 * h), rule: 1 - tanh * tanh };
  },
  results: [
    { label: both('slope of ln cosh d', 'ln cosh d 的斜率'), of: 'slope', tone: 'gradient' },
    { label: both('curvature, measured', '测得的曲率'), of: 'curvature', tone: 'third' },
    { label: '1 − tanh² d', of: 'rule', tone: 'third' },
  ],
  pictures: [],
};

export const aboutRegression: Chapter = {
  name: 'regression',
  pieces: { seams, fitted, factors, pulls, flat, corner, broadcast, bend },
  facts: [],
  exercises: [],
};
