import { describe, expect, it } from 'vitest';
import { casesOf } from '../folder.ts';
import { missingImages } from '../golden/trainingImages.ts';
import { runCase } from '../run.ts';

const t = (data: readonly (number | string)[], shape: readonly number[] = [data.length]) => ({
  name: 'x',
  shape,
  dtype: 'float32',
  data,
});

function run(op: string, attributes: object, inputs: readonly unknown[], output: unknown) {
  const written = { name: 'one', suite: 'node', op, opset: 22, attributes, inputs, outputs: [output] };
  const [one] = casesOf(JSON.stringify([written]), 'test.json');
  return runCase({ ...one, file: 'test.json' }, { trainingImages: missingImages(new Error('no images')) }).outcome;
}

/** Examples of the ONNX specification, and values worked out from its formulas. */
const examples: readonly (readonly [op: string, attributes: object, y: readonly (number | string)[]])[] = [
  ['LeakyRelu', {}, [-0.01, 0, 1]],
  ['LeakyRelu', { alpha: 0.1 }, [-0.1, 0, 1]],
  ['Elu', {}, [-0.63212055, 0, 1]],
  ['Elu', { alpha: 2 }, [-1.2642411, 0, 1]],
  ['Selu', { alpha: 2, gamma: 3 }, [-3.7927234, 0, 3]],
  ['Selu', {}, [-1.1113307, 0, 1.050701]],
  ['Celu', { alpha: 2 }, [-0.7869387, 0, 1]],
  ['Gelu', {}, [-0.15865526, 0, 0.8413447]],
  ['Gelu', { approximate: 'tanh' }, [-0.15880801, 0, 0.841192]],
  ['Softplus', {}, [0.31326166, Math.LN2, 1.3132616]],
  ['HardSigmoid', {}, [0.3, 0.5, 0.7]],
  ['HardSigmoid', { alpha: 0.5, beta: 0.6 }, [0.1, 0.6, 1]],
  ['HardSwish', {}, [-0.33333334, 0, 0.6666667]],
  ['Swish', { alpha: 2 }, [-0.11920292, 0, 0.880797]],
  ['Mish', {}, [-0.30340147, 0, 0.86509836]],
  ['Erf', {}, [-0.84270079, 0, 0.84270079]],
  ['Softsign', {}, [-0.5, 0, 0.5]],
  ['ThresholdedRelu', { alpha: 0.5 }, [0, 0, 1]],
  ['ThresholdedRelu', {}, [0, 0, 0]],
];

describe('ONNX activations', () => {
  it.each(examples)('%s %j', (op, attributes, y) => {
    expect(run(op, attributes, [t([-1, 0, 1])], t(y))).toEqual({ kind: 'passed' });
  });

  it('PRelu, with a slope for each channel', () => {
    const x = t([-1, 2, -3, 4], [2, 2]);
    expect(run('PRelu', {}, [x, t([0.5, 0.25], [2, 1])], t([-0.5, 2, -0.75, 4], [2, 2]))).toEqual({ kind: 'passed' });
  });

  it('report options that they do not know', () => {
    expect(run('Gelu', { approximate: 'sigmoid' }, [t([1])], t([1]))).toEqual({
      kind: 'unsupported',
      reason: 'option approximate = "sigmoid"',
    });
    expect(run('Mish', { alpha: 1 }, [t([1])], t([0.86509836]))).toMatchObject({ reason: 'option alpha = 1' });
  });
});
