import { add, engineInfo, Random, Tape, type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { uniform } from '../../../core/test/numbers.ts';
import { ReLU } from './activations.ts';
import { Conv2d } from './conv2d.ts';
import { Dense } from './dense.ts';
import { Flatten } from './flatten.ts';
import type { Layer } from './layer.ts';
import { AvgPool2d, MaxPool2d } from './pooling.ts';
import { Sequential } from './sequential.ts';

/** A convolution with relu behind it, both kinds of pooling, and a dense layer. */
function cnn(more: readonly Layer[] = []): Sequential {
  const convolutions = [new Conv2d({ outChannels: 4, kernelSize: 3, padding: 1 }), new ReLU()];
  const poolings = [new MaxPool2d({ kernelSize: 2 }), new AvgPool2d({ kernelSize: 3, stride: 2, padding: 1 })];
  const layers = [...convolutions, ...poolings, ...more, new Flatten(), new Dense({ outFeatures: 3 })];
  return new Sequential(layers, { inputShape: [2, 9, 8], random: new Random(1) });
}

/** A layer that keeps what it was given. */
class Keeping extends ReLU {
  kept: Tensor | undefined;

  override call(x: Tensor): Tensor {
    this.kept = x;
    return super.call(x);
  }
}

const images = tensor(uniform([2, 2, 9, 8]), { dtype: 'float32' });

describe('a model off the tape', () => {
  test('gives the very numbers of its layers, one behind the other', () => {
    const model = cnn();
    const layers = model.layers.reduce((x, { layer }) => layer.call(x), images);
    expect(model.call(images).toList()).toEqual(layers.toList());
  });

  test('holds no memory of the engine afterwards', () => {
    const model = cnn();
    const before = engineInfo().heldBytes;
    const y = model.call(images);
    expect(y.tape).toBeNull();
    expect(engineInfo().heldBytes).toEqual(before);
    const numbers = y.toList();
    model.call(tensor(uniform([2, 2, 9, 8], { seed: 2 }), { dtype: 'float32' }));
    expect(y.toList()).toEqual(numbers);
  });

  test('gives all memory back where a layer throws', () => {
    const broken = new Keeping();
    const model = cnn([broken]);
    const before = engineInfo().heldBytes;
    broken.call = () => {
      throw new Error('broken');
    };
    expect(() => model.call(images)).toThrow('broken');
    expect(engineInfo().heldBytes).toEqual(before);
  });

  test('lets nobody lose a gradient: its result is refused by a tape', () => {
    using tape = new Tape();
    const y = cnn().call(images);
    const other = tape.watch([[1, 2, 3]]);
    expect(() => add(other, y)).toThrow('computed off the tape, from the parameter dense1.weight');
  });

  test('ends what a layer keeps of it', () => {
    const keeping = new Keeping();
    cnn([keeping]).call(images);
    expect(() => keeping.kept?.toList()).toThrow('whose tape has ended');
  });
});
