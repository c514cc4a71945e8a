import {
  batchNorm,
  batchNormTraining,
  groupNorm,
  instanceNorm,
  layerNorm,
  standardise,
  sum,
  Tape,
  type Tensor,
} from '@tapegrad/core';
import { knobGrid, rowsIn, setIn, shaped } from './grids.ts';
import { listOf, named } from './library.ts';
import type { Chapter, Numbers, Piece } from './model.ts';
import { both, knob, slip } from './words.ts';

/** A batch of examples of one feature: one number each. */
export const column = (list: readonly number[]): Tensor => shaped(list, [list.length, 1]);

/** Four numbers of one feature, normalised; the way back for g. */
export function normalised(x: readonly number[], { gamma = 1, beta = 0 } = {}, g: readonly number[] = [1, 0, 0, 0]) {
  const tape = new Tape();
  try {
    const input = tape.watch(column(x));
    const [weight, bias] = [tape.watch(shaped([gamma], [1])), tape.watch(shaped([beta], [1]))];
    const { output, mean, variance } = batchNormTraining(input, { weight, bias, epsilon });
    const found = tape.gradients(output, { cotangent: column(g) });
    const deviation = Math.sqrt(variance.item() + epsilon);
    return {
      y: listOf(output),
      mean: mean.item(),
      deviation,
      hat: listOf(standardise(column(x), { epsilon }).output),
      byX: listOf(found.get(input)),
      byGamma: found.get(weight).item(),
      byBeta: found.get(bias).item(),
    };
  } finally {
    tape.release();
  }
}

export const epsilon = 1e-5;
export const four = (letter: string, start: readonly number[]) =>
  Object.fromEntries(
    start.map((value, index) => [`${letter}${index + 1}`, knob(`${letter}${'₁₂₃₄'[index]}`, -5, 5, 0.5, value)]),
  );
export const xOf = ({ x1, x2, x3, x4 }: Numbers): number[] => [x1, x2, x3, x4];
export const gamma = knob('γ', -3, 3, 0.1, 1);
export const barsOf = (name: string, label: string, tone: 'value' | 'gradient' | 'third') =>
  [1, 2, 3, 4].map((index) => ({ label: label.replace('_', '₁₂₃₄'[index - 1]), of: `${name}${index}`, tone }));

const batch: Piece = {
  title: both('One feature in a batch of four', '四个样本的批次中的一个特征'),
  knobs: { ...four('x', [1, 2, 4, -3]), gamma, beta: knob('β', -3, 3, 0.1, 0) },
  compute: (at) => {
    const { y, mean, deviation } = normalised(xOf(at), at);
    return { mean, deviation, ...named('y', y) };
  },
  results: [
    { label: both('mean μ', '均值 μ'), of: 'mean', tone: 'third' },
    { label: both('deviation s', '标准差 s'), of: 'deviation', tone: 'third' },
  ],
  pictures: [
    { kind: 'bars', title: both('x: what comes in', 'x：输入'), range: [-5, 5], bars: barsOf('x', 'x_', 'third') },
    { kind: 'bars', title: both('y: what goes out', 'y：输出'), range: [-5, 5], bars: barsOf('y', 'y_', 'value') },
  ],
};

const table = knobGrid('x', [
  [1, 3, 2, 0],
  [2, 6, 1, 1],
  [0, 1, 8, 4],
  [5, 4, 6, 7],
]);

/** Columns: the two positions of the first example, then those of the second. Rows: channels. */
const asBatch = (at: Numbers): Tensor => {
  const rows = setIn(table, at);
  return shaped(
    [0, 2].flatMap((first) => rows.flatMap((row) => row.slice(first, first + 2))),
    [2, 4, 2],
  );
};

/** A batch [2, 4, 2] as a grid again. */
function asTable(x: Tensor): number[][] {
  const rows = rowsIn(x);
  return [0, 1, 2, 3].map((channel) => [...rows[channel], ...rows[channel + 4]]);
}

const block = (rows: readonly number[], columns: readonly number[]) => (): [number, number][] =>
  rows.flatMap((row) => columns.map((at): [number, number] => [row, at]));

const which: Piece = {
  title: both('Which numbers share a mean', '哪些数共用一个均值'),
  knobs: table.knobs,
  compute: (at) => ({ sum: sum(asBatch(at)).item() }),
  results: [],
  pictures: [
    {
      kind: 'grids',
      title: both(
        'Rows are channels; the left two columns are example 1, the right two example 2. Framed: what is normalised together with the upper left number',
        '行是通道；左边两列是样本 1，右边两列是样本 2。加框的是与左上角的数一起归一化的数',
      ),
      grids: [
        { label: 'x', tone: 'third', rows: table.names },
        {
          label: both('batch', '批归一化'),
          tone: 'value',
          rows: (at) => asTable(batchNormTraining(asBatch(at)).output),
          framed: block([0], [0, 1, 2, 3]),
        },
        {
          label: both('layer', '层归一化'),
          tone: 'value',
          rows: (at) => asTable(layerNorm(asBatch(at), { axes: [1, 2] })),
          framed: block([0, 1, 2, 3], [0, 1]),
        },
        {
          label: both('group, 2 groups', '组归一化，2 组'),
          tone: 'value',
          rows: (at) => asTable(groupNorm(asBatch(at), { groups: 2 })),
          framed: block([0, 1], [0, 1]),
        },
        {
          label: both('instance', '实例归一化'),
          tone: 'value',
          rows: (at) => asTable(instanceNorm(asBatch(at))),
          framed: block([0], [0, 1]),
        },
      ],
    },
  ],
};

/** The running statistics after some equal batches, as the layer follows them. */
export function runningAfter(x: readonly number[], batches: number, momentum: number) {
  const { mean, variance, count } = batchNormTraining(column(x));
  const unbiased = (variance.item() * count) / (count - 1);
  let running = { mean: 0, variance: 1 };
  for (let batch = 0; batch < batches; batch++) {
    running = {
      mean: (1 - momentum) * running.mean + momentum * mean.item(),
      variance: (1 - momentum) * running.variance + momentum * unbiased,
    };
  }
  return running;
}

const seen = [4, 6, 5, 9];

const prediction: Piece = {
  title: both('The same number, in training and in prediction', '同一个数，训练时与预测时'),
  knobs: {
    b: knob(both('equal batches (4, 6, 5, 9) seen so far', '已见过的相同批次 (4, 6, 5, 9) 的个数'), 0, 60, 1, 10),
    momentum: knob(both('momentum', '动量'), 0, 1, 0.05, 0.1),
  },
  compute: ({ b, momentum }) => {
    const running = runningAfter(seen, b, momentum);
    return {
      mean: running.mean,
      variance: running.variance,
      training: listOf(batchNormTraining(column(seen)).output)[0],
      predicted: listOf(
        batchNorm(column([seen[0]]), { mean: shaped([running.mean], [1]), variance: shaped([running.variance], [1]) }),
      )[0],
    };
  },
  results: [
    { label: both('running mean', '滑动均值'), of: 'mean', tone: 'third' },
    { label: both('running variance', '滑动方差'), of: 'variance', tone: 'third' },
    { label: both('4 in training', '训练时的 4'), of: 'training', tone: 'value' },
    { label: both('4 in prediction', '预测时的 4'), of: 'predicted', tone: 'gradient' },
  ],
  pictures: [
    {
      kind: 'curves',
      title: both(
        'What becomes of 4 in prediction, by the number of batches seen',
        '预测时 4 变成多少，随已见批次数变化',
      ),
      parts: 60,
      x: { label: both('batches', '批次数'), knob: 'b' },
      y: [-2, 5],
      lines: [
        {
          label: both('prediction', '预测'),
          tone: 'gradient',
          values: (counts, { momentum }) =>
            counts.map((count) => {
              const { mean, variance } = runningAfter(seen, Math.round(count), momentum);
              return listOf(
                batchNorm(column([seen[0]]), { mean: shaped([mean], [1]), variance: shaped([variance], [1]) }),
              )[0];
            }),
        },
        {
          label: both('training', '训练'),
          tone: 'value',
          values: (counts) => counts.map(() => listOf(batchNormTraining(column(seen)).output)[0]),
        },
      ],
    },
  ],
};

const two = (x: readonly number[]): number[] => listOf(batchNormTraining(column(x), { epsilon: 0 }).output);

export const normalisation: Chapter = {
  name: 'normalisation',
  pieces: { batch, which, prediction },
  facts: [],
  exercises: [
    {
      name: 'normalisation/two',
      task: both(
        'A batch holds 3 and 7 for a feature (γ = 1, β = 0, ε = 0). What comes out of batch norm in training, in this order?',
        '一个批次中某特征的值是 3 和 7（γ = 1，β = 0，ε = 0）。训练时批归一化依次输出什么？',
      ),
      answer: { kind: 'list', right: () => two([3, 7]), tolerance: 0.001 },
      hints: [both('The mean is 5, and the variance is (4 + 4)/2.', '均值是 5，方差是 (4 + 4)/2。')],
      solution: both(
        '(3 − 5)/2 = −1 and (7 − 5)/2 = 1: whatever two different numbers come in.',
        '(3 − 5)/2 = −1，(7 − 5)/2 = 1：任何两个不同的数都是如此。',
      ),
      slips: [
        slip(() => [-2, 2], 'That is only centred. Divide by the deviation 2.', '这只是中心化。还要除以标准差 2。'),
        slip(
          () => [-Math.SQRT1_2, Math.SQRT1_2],
          'That divides by n − 1. For normalising, the variance is the mean of the squares: (4 + 4)/2.',
          '这里除以了 n − 1。归一化所用的方差是平方的平均：(4 + 4)/2。',
        ),
        slip(
          () => [-0.5, 0.5],
          'Divide by the deviation, the root of the variance: 2, not 4.',
          '应除以标准差，即方差的平方根：2，而不是 4。',
        ),
        slip(() => [1, -1], 'The smaller number comes out negative.', '较小的数输出为负。'),
      ],
    },
    {
      name: 'normalisation/axes',
      task: both(
        'Images [16, 32, 8, 8]: over how many numbers does batch norm take each mean?',
        '图像批次 [16, 32, 8, 8]：批归一化的每个均值是对多少个数取的？',
      ),
      answer: {
        kind: 'number',
        right: () => batchNormTraining(shaped(new Array<number>(16 * 32 * 64).fill(0), [16, 32, 8, 8])).count,
        tolerance: 0.001,
      },
      hints: [
        both(
          'One mean for each channel: over the images and their pixels.',
          '每个通道一个均值：对各幅图像及其像素取。',
        ),
      ],
      solution: both(
        '16·8·8 = 1024. Layer norm would take 32·8·8 = 2048 of one image.',
        '16·8·8 = 1024。层归一化则取一幅图像的 32·8·8 = 2048 个数。',
      ),
      slips: [
        slip(() => 16, 'The pixels of a channel count too.', '通道内的像素也要计入。'),
        slip(() => 64, 'That is instance norm: one image by itself.', '这是实例归一化：只取一幅图像。'),
        slip(() => 2048, 'That is layer norm: one image, all channels.', '这是层归一化：一幅图像的所有通道。'),
        slip(() => 32768, 'Each channel has its own mean: divide by 32.', '每个通道有自己的均值：要除以 32。'),
      ],
    },
    {
      name: 'normalisation/running',
      task: both(
        'The running mean is 0, the mean of the batch 6, the momentum 0.1. What is the running mean after this batch?',
        '滑动均值为 0，批次均值为 6，动量为 0.1。这个批次之后滑动均值是多少？',
      ),
      answer: { kind: 'number', right: () => runningAfter([5, 7], 1, 0.1).mean, tolerance: 0.001 },
      hints: [both('(1 − 0.1)·old + 0.1·new.', '(1 − 0.1)·旧值 + 0.1·新值。')],
      solution: both(
        '0.9·0 + 0.1·6 = 0.6. It takes dozens of batches to arrive.',
        '0.9·0 + 0.1·6 = 0.6。要经过几十个批次才能接近。',
      ),
      slips: [
        slip(
          () => 5.4,
          'Here the momentum is the share of the new batch. Some frameworks mean the share of the old value.',
          '这里动量是新批次所占的份额。有些框架指旧值所占的份额。',
        ),
        slip(() => 6, 'One batch counts a tenth only.', '一个批次只占十分之一。'),
      ],
    },
    {
      name: 'normalisation/single',
      task: both(
        'A trained net predicts a single example, and batch norm is left in training mode. What comes out, for a feature without further axes?',
        '训练好的网络要预测单个样本，而批归一化仍处于训练模式。对没有其他轴的特征，会得到什么？',
      ),
      answer: {
        kind: 'choice',
        options: [
          both('x, unchanged', 'x，不变'),
          both(
            'nothing useful: the number is its own mean, and has no variance',
            '没有用的结果：这个数就是自己的均值，也没有方差',
          ),
          both('the same as in prediction', '与预测模式相同'),
        ],
        right: 1,
      },
      hints: [both('What is x − μ if μ is taken over x alone?', '如果 μ 只对 x 一个数取，x − μ 是多少？')],
      solution: both(
        'x − μ = 0, whatever x is. tapegrad refuses it with a `ValueError`.',
        '无论 x 是多少，x − μ = 0。tapegrad 会以 `ValueError` 拒绝。',
      ),
      slips: [
        slip(() => 0, 'The mean is taken off, and x is its own mean.', '要减去均值，而 x 就是自己的均值。'),
        slip(
          () => 2,
          'Prediction uses the running statistics, training those of the batch.',
          '预测用滑动统计量，训练用批次的统计量。',
        ),
      ],
    },
  ],
};
