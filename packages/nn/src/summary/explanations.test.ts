import { Random } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { ReLU } from '../layers/activations.ts';
import { BatchNorm } from '../layers/batchNorm.ts';
import { Conv2d } from '../layers/conv2d.ts';
import { ConvTranspose2d } from '../layers/convTranspose2d.ts';
import { DeformConv2d } from '../layers/deformConv2d.ts';
import { Dense } from '../layers/dense.ts';
import { Flatten } from '../layers/flatten.ts';
import { GroupNorm } from '../layers/groupNorm.ts';
import { AdaptiveAvgPool2d, AvgPool2d, GlobalAvgPool2d, MaxPool2d } from '../layers/pooling.ts';
import { Sequential } from '../layers/sequential.ts';
import { summary } from './summaryFor.ts';

/** Every kind of calculation there is, with numbers that tell them apart. */
const model = new Sequential(
  [
    new Conv2d({
      outChannels: 4,
      kernelSize: [5, 3],
      stride: [2, 1],
      padding: [
        [1, 2],
        [0, 0],
      ],
    }),
    new BatchNorm(),
    new MaxPool2d({ kernelSize: 3, stride: 2, padding: 1, ceilMode: true }),
    new AvgPool2d({ kernelSize: 1, stride: 2, ceilMode: true }),
    new ConvTranspose2d({
      outChannels: 6,
      kernelSize: 4,
      stride: 3,
      padding: [
        [1, 0],
        [2, 2],
      ],
      groups: 2,
      bias: false,
    }),
    new GroupNorm({ groups: 3 }),
    new DeformConv2d({ outChannels: 2, kernelSize: 3, dilation: 2, modulated: true }),
    new ReLU(),
    new AdaptiveAvgPool2d({ outputSize: [3, 4] }),
    new GlobalAvgPool2d({ keepDims: true }),
    new Flatten(),
    new Dense({ outFeatures: 3 }),
  ],
  { inputShape: [2, 40, 41], random: new Random(1) },
);
const whole = summary(model);

/** The value of a formula with the numbers put in. */
function evaluate(numbers: string): number {
  const code = numbers
    .replaceAll('·', '*')
    .replaceAll('−', '-')
    .replaceAll('⌊', 'Math.floor(')
    .replaceAll('⌈', 'Math.ceil(')
    .replace(/[⌋⌉]/g, ')');
  return Number(new Function(`return ${code};`)());
}

describe('the formulas with the numbers put in', () => {
  const steps = whole.rows.flatMap(({ name, explanations }) =>
    explanations.flatMap(({ quantity, steps }) => steps.map((step) => [`${name}, ${quantity}: ${step}`, step])),
  );

  test.each(steps)('%s', (_, step) => {
    const [numbers, value] = step.replace(/^\w+: /, '').split(' = ');
    if (value !== undefined) expect(evaluate(numbers)).toBeCloseTo(evaluate(value), 2);
  });

  test('lead to the numbers of the summary', () => {
    for (const row of whole.rows) {
      const explained = (quantity: string): number | undefined => {
        const last = row.explanations.find((explanation) => explanation.quantity === quantity)?.steps.at(-1);
        return last === undefined ? undefined : evaluate(last.split(/: | = /).at(-1) ?? '');
      };
      const expectAs = (quantity: string, value: number): void => {
        const found = explained(quantity);
        if (found !== undefined) expect(found, `${row.name}, ${quantity}`).toBeCloseTo(value, 2);
      };
      ['height', 'width'].forEach((axis, at) => {
        expectAs(axis, row.outputShape[1 + at]);
        for (const suffix of ['', `, ${axis}`]) {
          expectAs(`receptive field${suffix}`, row.receptiveField[at]);
          expectAs(`jump${suffix}`, row.jump[at]);
          expectAs(`start${suffix}`, row.start[at]);
        }
      });
      expect(explained('parameters') ?? 0).toBe(row.parameters);
      expect(explained('multiply-accumulates (MACs)') ?? 0).toBe(row.multiplyAccumulates);
      expect(explained('FLOPs') ?? 0).toBe(row.flops);
      expect(explained('comparisons') ?? 0).toBe(row.comparisons);
      expect(explained('evaluations') ?? 0).toBe(row.evaluations);
    }
  });
});

describe('explain', () => {
  const small = summary(
    new Sequential(
      [
        new Conv2d({ outChannels: 8, kernelSize: 5 }),
        new ReLU(),
        new MaxPool2d({ kernelSize: 2 }),
        new Flatten(),
        new Dense({ outFeatures: 10 }),
      ],
      { inputShape: [1, 28, 28], random: new Random(1) },
    ),
  );

  test('prints all layers', () => {
    expect(`\n${small.explain()}`).toMatchInlineSnapshot(`
      "
      conv1 (Conv2d): [1, 28, 28] → [8, 24, 24]
        height: ⌊(n + 2p − d·(k − 1) − 1)/s⌋ + 1
          ⌊(28 + 2·0 − 1·(5 − 1) − 1)/1⌋ + 1 = 24
        width: ⌊(n + 2p − d·(k − 1) − 1)/s⌋ + 1
          ⌊(28 + 2·0 − 1·(5 − 1) − 1)/1⌋ + 1 = 24
        receptive field: (r − 1)·s + d·(k − 1) + 1
          (1 − 1)·1 + 1·(5 − 1) + 1 = 5
        jump: j₋₁·s
          1·1 = 1
        start: start₋₁ + (d·(k − 1)/2 − p)·j₋₁
          0 + (1·(5 − 1)/2 − 0)·1 = 2
        parameters: out·(in/groups)·kernelHeight·kernelWidth + out
          8·(1/1)·5·5 + 8 = 208
        multiply-accumulates (MACs): out·outHeight·outWidth·(in/groups)·kernelHeight·kernelWidth
          8·24·24·(1/1)·5·5 = 115200
        FLOPs: 2·MACs + out·outHeight·outWidth
          2·115200 + 8·24·24 = 235008

      relu1 (ReLU): [8, 24, 24] → [8, 24, 24]
        evaluations: one for each number
          8·24·24 = 4608

      pool1 (MaxPool2d): [8, 24, 24] → [8, 12, 12]
        height: ⌊(n + 2p − d·(k − 1) − 1)/s⌋ + 1
          ⌊(24 + 2·0 − 1·(2 − 1) − 1)/2⌋ + 1 = 12
        width: ⌊(n + 2p − d·(k − 1) − 1)/s⌋ + 1
          ⌊(24 + 2·0 − 1·(2 − 1) − 1)/2⌋ + 1 = 12
        receptive field: (r − 1)·s + d·(k − 1) + 1
          (1 − 1)·2 + 1·(2 − 1) + 1 = 2
          conv1: (2 − 1)·1 + 1·(5 − 1) + 1 = 6
        jump: j₋₁·s
          1·2 = 2
        start: start₋₁ + (d·(k − 1)/2 − p)·j₋₁
          2 + (1·(2 − 1)/2 − 0)·1 = 2.5
        comparisons: outputs·(window − 1)
          8·12·12·(2·2 − 1) = 3456

      flatten1 (Flatten): [8, 12, 12] → [1152]

      dense1 (Dense): [1152] → [10]
        receptive field: (r − 1)·s + d·(k − 1) + 1
          (1 − 1)·1 + 1·(12 − 1) + 1 = 12
          pool1: (12 − 1)·2 + 1·(2 − 1) + 1 = 24
          conv1: (24 − 1)·1 + 1·(5 − 1) + 1 = 28
        parameters: out·in + out
          10·1152 + 10 = 11530
        multiply-accumulates (MACs): in·out
          1152·10 = 11520
        FLOPs: 2·MACs + out
          2·11520 + 10 = 23050

      n length, k kernel, s stride, d dilation, p padding (q behind, if other than before), m cells, r receptive field, j jump,
      start the centre of the first field; ₋₁ of the layer before; all counts are for one input"
    `);
  });

  test('prints one layer', () => {
    expect(small.explain('relu1')).toMatchInlineSnapshot(`
      "relu1 (ReLU): [8, 24, 24] → [8, 24, 24]
        evaluations: one for each number
          8·24·24 = 4608

      n length, k kernel, s stride, d dilation, p padding (q behind, if other than before), m cells, r receptive field, j jump,
      start the centre of the first field; ₋₁ of the layer before; all counts are for one input"
    `);
  });

  test('says what is different along the axes by the name of the axis', () => {
    const quantities = whole.rows[0].explanations.map(({ quantity }) => quantity);
    expect(quantities).toContain('receptive field, height');
    expect(quantities).toContain('receptive field, width');
    expect(quantities).not.toContain('receptive field');
  });

  test('refuses a name that is none', () => {
    expect(messagesOf({ misspelt: () => small.explain('conv') })).toMatchInlineSnapshot(`
      {
        "misspelt": "ValueError: Summary.explain: the name 'conv'; wanted one of conv1, relu1, pool1, flatten1, dense1. Take the name of a layer, as the summary prints it.",
      }
    `);
  });
});
