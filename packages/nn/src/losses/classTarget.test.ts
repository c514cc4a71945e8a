import { cast, ones, zeros } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { ended } from '../../../core/test/gradients.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

const logits = zeros([3, 4]);

test('class indices that are none are refused, with a guess at what went wrong', () => {
  expect(
    messagesOf({
      'too large': () => softmaxCrossEntropy(logits, [0, 4, 1]),
      negative: () => softmaxCrossEntropy(logits, [0, 1, -1]),
      'counted from 1': () => softmaxCrossEntropy(logits, [1, 2, 4]),
      broken: () => softmaxCrossEntropy(logits, [0, 1.5, 1]),
      'not a number': () => softmaxCrossEntropy(logits, [0, Number.NaN, 1]),
      'a single row': () => softmaxCrossEntropy([0, 0], 2),
      'in a picture': () =>
        softmaxCrossEntropy(zeros([1, 2, 2, 2]), [
          [
            [0, 1],
            [0, 2],
          ],
        ]),
      'not those ignored': () => softmaxCrossEntropy(logits, [0, -100, 1], { ignoreIndex: 255 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a single row": "ValueError: softmaxCrossEntropy: target[0] is 2, with 2 classes; wanted whole numbers from 0 to 1. The labels seem to start at 1: subtract 1 from all of them.",
      "broken": "ValueError: softmaxCrossEntropy: target[1] is 1.5, with 4 classes; wanted whole numbers from 0 to 3. Class indices are whole; probabilities need the shape of the logits.",
      "counted from 1": "ValueError: softmaxCrossEntropy: target[2] is 4, with 4 classes; wanted whole numbers from 0 to 3. The labels seem to start at 1: subtract 1 from all of them.",
      "in a picture": "ValueError: softmaxCrossEntropy: target[3] is 2, with 2 classes; wanted whole numbers from 0 to 1. Check the labels, or mark rows to leave out with \`ignoreIndex\`.",
      "negative": "ValueError: softmaxCrossEntropy: target[2] is -1, with 4 classes; wanted whole numbers from 0 to 3. Check the labels, or mark rows to leave out with \`ignoreIndex\`.",
      "not a number": "ValueError: softmaxCrossEntropy: target[1] is NaN, with 4 classes; wanted whole numbers from 0 to 3. Class indices are whole; probabilities need the shape of the logits.",
      "not those ignored": "ValueError: softmaxCrossEntropy: target[1] is -100, with 4 classes; wanted whole numbers from 0 to 3. Check the labels, or mark rows to leave out with \`ignoreIndex\`.",
      "too large": "ValueError: softmaxCrossEntropy: target[1] is 4, with 4 classes; wanted whole numbers from 0 to 3. Check the labels, or mark rows to leave out with \`ignoreIndex\`.",
    }
  `);
});

test('targets of another shape are refused', () => {
  expect(
    messagesOf({
      'a column of labels': () => softmaxCrossEntropy(logits, [[0], [1], [2]]),
      'too few labels': () => softmaxCrossEntropy(logits, [0, 1]),
      'too few classes': () => softmaxCrossEntropy(logits, zeros([3, 3])),
      exchanged: () => softmaxCrossEntropy([0, 1, 2], logits),
      'one label for a picture': () => softmaxCrossEntropy(zeros([3, 4, 2, 2]), [0, 1, 2]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a column of labels": "ShapeError: softmaxCrossEntropy: logits are [3, 4], target is [3, 1]; wanted class indices [3], or probabilities [3, 4]. Drop the last axis of the target, \`reshape(target, [3])\`.",
      "exchanged": "ShapeError: softmaxCrossEntropy: logits are [3], target is [3, 4]; wanted class indices [], or probabilities [3]. Give one target for each row of logits; check that logits and target are not exchanged.",
      "one label for a picture": "ShapeError: softmaxCrossEntropy: logits are [3, 4, 2, 2], target is [3]; wanted class indices [3, 2, 2], or probabilities [3, 4, 2, 2]. Give one target for each row of logits; check that logits and target are not exchanged.",
      "too few classes": "ShapeError: softmaxCrossEntropy: logits are [3, 4], target is [3, 3]; wanted class indices [3], or probabilities [3, 4]. Give one target for each row of logits; check that logits and target are not exchanged.",
      "too few labels": "ShapeError: softmaxCrossEntropy: logits are [3, 4], target is [2]; wanted class indices [3], or probabilities [3, 4]. Give one target for each row of logits; check that logits and target are not exchanged.",
    }
  `);
});

test('options out of range are refused', () => {
  expect(
    messagesOf({
      'too few weights': () => softmaxCrossEntropy(logits, [0, 1, 2], { weight: [1, 2, 3] }),
      'weights for all rows': () => softmaxCrossEntropy(logits, [0, 1, 2], { weight: ones([3, 4]) }),
      'negative smoothing': () => softmaxCrossEntropy(logits, [0, 1, 2], { labelSmoothing: -0.1 }),
      'too much smoothing': () => softmaxCrossEntropy(logits, [0, 1, 2], { labelSmoothing: 1.1 }),
      'no such reduction': () => softmaxCrossEntropy(logits, [0, 1, 2], { reduction: 'batch' as 'mean' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "negative smoothing": "ValueError: softmaxCrossEntropy: labelSmoothing is -0.1; wanted a number from 0 to 1. Usual values are 0 to 0.2.",
      "no such reduction": "ValueError: softmaxCrossEntropy: reduction is 'batch'; wanted 'mean', 'sum' or 'none'. Leave it out for 'mean'.",
      "too few weights": "ShapeError: softmaxCrossEntropy: weight is [3], with 4 classes; wanted [4], one weight for each class. Give a weight of 1 to classes that are not special.",
      "too much smoothing": "ValueError: softmaxCrossEntropy: labelSmoothing is 1.1; wanted a number from 0 to 1. Usual values are 0 to 0.2.",
      "weights for all rows": "ShapeError: softmaxCrossEntropy: weight is [3, 4], with 4 classes; wanted [4], one weight for each class. Give a weight of 1 to classes that are not special.",
    }
  `);
});

test('two number types are refused, but for labels', () => {
  const double = cast(logits, 'float64');
  const weight = ones([4], { dtype: 'float64' });
  expect(softmaxCrossEntropy(logits, zeros([3], { dtype: 'float64' })).dtype).toBe('float32');
  expect(
    messagesOf({
      probabilities: () => softmaxCrossEntropy(logits, double),
      'weighted probabilities': () => softmaxCrossEntropy(logits, double, { weight: [1, 2, 3, 4] }),
      'smoothed probabilities': () => softmaxCrossEntropy(logits, double, { labelSmoothing: 0.1 }),
      weights: () => softmaxCrossEntropy(logits, [0, 1, 2], { weight }),
      'weights of probabilities': () => softmaxCrossEntropy(logits, logits, { weight }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "probabilities": "DataTypeError: softmaxCrossEntropy: logits is float32, target is float64; wanted operands of one type. Convert one of them, for example \`cast(target, 'float32')\`.",
      "smoothed probabilities": "DataTypeError: softmaxCrossEntropy: logits is float32, target is float64; wanted operands of one type. Convert one of them, for example \`cast(target, 'float32')\`.",
      "weighted probabilities": "DataTypeError: softmaxCrossEntropy: logits is float32, target is float64; wanted operands of one type. Convert one of them, for example \`cast(target, 'float32')\`.",
      "weights": "DataTypeError: softmaxCrossEntropy: logits is float32, weight is float64; wanted operands of one type. Convert one of them, for example \`cast(weight, 'float32')\`.",
      "weights of probabilities": "DataTypeError: softmaxCrossEntropy: logits is float32, weight is float64; wanted operands of one type. Convert one of them, for example \`cast(weight, 'float32')\`.",
    }
  `);
});

test('tensors whose tape has ended are refused', () => {
  expect(
    messagesOf({
      logits: () => softmaxCrossEntropy(ended(), [0]),
      labels: () => softmaxCrossEntropy(zeros([2, 3]), ended()),
    }),
  ).toMatchInlineSnapshot(`
    {
      "labels": "TapeError: tensor: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
      "logits": "TapeError: softmaxCrossEntropy: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
    }
  `);
});
