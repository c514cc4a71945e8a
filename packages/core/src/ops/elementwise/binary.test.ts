import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broadcastingPairs } from '../../../test/arbitrary.ts';
import { expectClose, expectSame } from '../../../test/expect.ts';
import { gradientTensors } from '../../../test/gradients.ts';
import { broadcastPosition, double, positions, scattered, uniform } from '../../../test/numbers.ts';
import { power } from '../../arithmetic/index.ts';
import { broadcastTo } from '../../tape/chain.ts';
import { tensor } from '../../tensor/create.ts';
import { broadcastShapes, type Shape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { add } from './add.ts';
import { equal, greater, greaterOrEqual } from './compare.ts';
import { divide } from './divide.ts';
import { maximum, minimum } from './maximum.ts';
import { multiply } from './multiply.ts';
import { pow } from './pow.ts';
import { subtract } from './subtract.ts';

type Formula = (x: number, y: number) => number;
const differentiable: [op: typeof add, formula: Formula][] = [
  [add, (x, y) => x + y],
  [subtract, (x, y) => x - y],
  [multiply, (x, y) => x * y],
  [divide, (x, y) => x / y],
  [maximum, Math.max],
  [minimum, Math.min],
  // Not x ** y, whose last bit is another one in one case of 4,600; how near it comes is tried in arithmetic/.
  [pow, power],
];
const comparisons: [op: typeof add, formula: Formula][] = [
  [equal, (x, y) => Number(x === y)],
  [greater, (x, y) => Number(x > y)],
  [greaterOrEqual, (x, y) => Number(x >= y)],
];
const named = (rows: [op: typeof add, formula: Formula][]) =>
  rows.map(([op, formula]) => ({ name: op.name, op, formula }));

describe.each(named([...differentiable, ...comparisons]))('$name', ({ op, formula }) => {
  it('broadcasts like a loop over all positions', () => {
    fc.assert(
      fc.property(broadcastingPairs(), ([x, y]) => {
        const shape = broadcastShapes('test', { x: x.shape, y: y.shape });
        const at = (tensor: Tensor, position: number[]): number =>
          tensor.view.get(...broadcastPosition(tensor.shape, position));
        const wanted = Array.from(positions(shape), (position) => formula(at(x, position), at(y, position)));
        expectSame(op(x, y), tensor(Float64Array.from(wanted), { shape }));
      }),
    );
  });

  it('reads views', () => {
    const x = tensor(uniform([3, 1, 4], { low: 0.1 }));
    const y = tensor(uniform([2, 1], { seed: 2 }));
    expectSame(op(scattered(x), scattered(y)), op(x, y));
  });
});

describe.each(named(differentiable))('the gradient of $name', ({ op }) => {
  it('is summed over the copies that broadcasting made', () => {
    fc.assert(
      fc.property(broadcastingPairs(fc.double({ min: 0.5, max: 3, noNaN: true })), ([x, y]) => {
        const shape = broadcastShapes('test', { x: x.shape, y: y.shape });
        const whole = gradientTensors(op, [broadcastTo(x, shape), broadcastTo(y, shape)]);
        gradientTensors(op, [x, y]).forEach((gradient, index) => {
          expectClose(gradient, summedTo([x, y][index].shape, whole[index]), 1e-13);
        });
      }),
    );
  });
});

describe.each(named([...differentiable, ...comparisons]))('$name in float32', ({ op }) => {
  it('agrees with float64', () => {
    const [x, y] = [
      [
        [0.25, 0.5, 1],
        [2, -3, 3.75],
      ],
      [2, 3, -1],
    ];
    expect(op(x, y).dtype).toBe('float32');
    expectClose(op(x, y), op(double(x), double(y)), 1e-7);
  });
});

function summedTo(shape: Shape, whole: Tensor): Tensor {
  const total = tensor(new Float64Array(shape.reduce((size, length) => size * length, 1)), { shape });
  for (const position of positions(whole.shape)) {
    const own = broadcastPosition(shape, position);
    total.view.set(...([...own, total.view.get(...own) + whole.view.get(...position)] as [number]));
  }
  return total;
}

describe('an op of two inputs', () => {
  it('takes the type of its tensors for numbers beside them', () => {
    expect(add(tensor([1]), 0.1).dtype).toBe('float32');
    expect(add(tensor(new Float64Array([1])), 0.1).toList()).toEqual([1.1]);
    expect(add(1, new Float64Array([1])).dtype).toBe('float64');
    expect(add([1], [2]).dtype).toBe('float32');
  });
});
