import {
  add,
  conv2d,
  exp,
  linear,
  matmul,
  maxPool2d,
  mean,
  multiply,
  negate,
  relu,
  reshape,
  sigmoid,
  square,
  subtract,
  sum,
  tanh,
  transpose,
} from '@tapegrad/core';
import { mseLoss, softmaxCrossEntropy } from '@tapegrad/nn';
import type { NumericOp } from '../numeric/numericCase.ts';
import { classIndices } from './losses.ts';

/** Small computations of several ops, where a value is used twice or the gradient itself is part of the value. */
export const graphs: Readonly<Record<string, NumericOp>> = {
  graph_diamond: (inputs) => {
    const x = inputs.tensor('x');
    const a = multiply(x, inputs.tensor('y'));
    const b = add(tanh(a), a);
    return { output: add(multiply(b, x), multiply(exp(multiply(negate(a), a)), b)) };
  },
  graph_reuse_broadcast: (inputs) => {
    const [x, b] = [inputs.tensor('x'), inputs.tensor('b')];
    const h = sigmoid(add(x, b));
    return { output: subtract(add(multiply(h, b), mean(h, { axes: 0 })), multiply(x, x)) };
  },
  graph_mlp_ce: (inputs) => {
    const hidden = tanh(linear(inputs.tensor('x'), inputs.tensor('w1'), { bias: inputs.tensor('b1') }));
    const logits = linear(hidden, inputs.tensor('w2'), { bias: inputs.tensor('b2') });
    return { output: softmaxCrossEntropy(logits, classIndices(inputs.numbers('target'))) };
  },
  graph_cnn_ce: (inputs) => {
    const images = conv2d(inputs.tensor('x'), inputs.tensor('cw'), { bias: inputs.tensor('cb'), padding: 1 });
    const pooled = maxPool2d(relu(images), { kernelSize: 2 });
    const logits = linear(reshape(pooled, [pooled.shape[0], -1]), inputs.tensor('fw'), { bias: inputs.tensor('fb') });
    return { output: softmaxCrossEntropy(logits, classIndices(inputs.numbers('target'))) };
  },
  graph_tied_weights: (inputs) => {
    const [x, w] = [inputs.tensor('x'), inputs.tensor('w')];
    const h = tanh(matmul(x, w));
    return { output: mseLoss(matmul(h, transpose(w)), x) };
  },
  graph_gradient_penalty: (inputs) => {
    const x = inputs.tensor('x');
    const s = sum(matmul(tanh(matmul(x, inputs.tensor('w1'))), inputs.tensor('w2')));
    const slope = inputs.tape.gradients(s, { differentiable: true, withRespectTo: [x], nonFinite: 'allow' }).get(x);
    return { output: sum(square(slope)) };
  },
};
