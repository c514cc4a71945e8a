import { testPattern } from '../../test/patterns.ts';
import { conv2d, relu } from '../index.ts';

const pattern = 'conv2d, relu';

testPattern('with a bias', {
  pattern,
  shapes: [[2, 3, 7, 6], [4, 3, 3, 3], [4]],
  compute: (x, weight, bias) => relu(conv2d(x, weight, { bias, padding: 1 })),
});

testPattern('in groups, with strides', {
  pattern,
  shapes: [
    [2, 4, 7, 6],
    [6, 2, 3, 2],
  ],
  compute: (x, weight) => relu(conv2d(x, weight, { groups: 2, stride: 2 })),
});
