import { testPattern } from '../../test/patterns.ts';
import { maxPool2d, multiply, relu } from '../index.ts';

testPattern('a relu behind something else than a convolution', {
  pattern: 'maxPool2dGradient, reluGradient',
  shapes: [[2, 3, 6, 4]],
  compute: (x) => maxPool2d(relu(multiply(x, x)), { kernelSize: 2 }),
});
