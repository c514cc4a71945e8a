import { describe } from 'vitest';
import { testPattern } from '../../test/patterns.ts';
import { conv2d, maxPool2d, relu } from '../index.ts';

const shapes = [[3, 2, 9, 9], [4, 2, 3, 3], [4]];

describe.each(['conv2dFilterGradient', 'conv2dInputGradient', 'sum'])('%s', (last) => {
  const pattern = `maxPool2dGradient, ${last}`;

  testPattern('behind a relu and a pooling', {
    pattern,
    shapes,
    compute: (x, weight, bias) => maxPool2d(relu(conv2d(x, weight, { bias, padding: 1 })), { kernelSize: 2 }),
  });

  testPattern('behind a pooling alone', {
    pattern,
    shapes,
    compute: (x, weight, bias) => maxPool2d(conv2d(x, weight, { bias, stride: 2 }), { kernelSize: 2, stride: 1 }),
  });
});
