import { Random } from '@tapegrad/core';
import { builtInDigits } from '@tapegrad/datasets';
import { Conv2d, Dense, Flatten, MaxPool2d, ReLU, Sequential } from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { look } from './looks.ts';
import { whereItLooks } from './whereItLooks.ts';

const { test: digits } = builtInDigits({ train: 1, test: 10 });
const scale = { mean: 0.1, standardDeviation: 0.3 };
const cnn = () =>
  new Sequential(
    [
      ...[new Conv2d({ outChannels: 20, kernelSize: 5 }), new ReLU(), new MaxPool2d({ kernelSize: 2 })],
      ...[new Flatten(), new Dense({ outFeatures: 10 })],
    ],
    { inputShape: [1, 28, 28], random: new Random(1) },
  );

describe('a look inside', () => {
  test('has maps of each image, as large as they come, and of the layers that give images', () => {
    const looks = look(cnn(), digits, scale, Uint32Array.of(4, 7));
    expect(looks?.images.map(({ index, right }) => [index, right])).toEqual([
      [4, digits.labels.get(4)],
      [7, digits.labels.get(7)],
    ]);
    for (const each of looks?.images ?? []) {
      const sizes = [each.saliency, each.gradCam, each.occlusion].map((map) => [map?.height, map?.width]);
      expect(sizes).toEqual([
        [28, 28],
        [28, 28],
        [10, 10],
      ]);
      expect(Math.max(...each.saliency.numbers)).toBeGreaterThan(0);
    }
    expect(looks).toMatchObject({ layer: 'relu1', square: 7 });
    expect(looks?.layers.map(({ name, maps }) => [name, maps.length, maps[0].height])).toEqual([
      ['conv1', 16, 24],
      ['relu1', 16, 24],
    ]);
  });

  test('of a deep model the first and the last layers are shown', () => {
    const convolutions = Array.from({ length: 10 }, () => new Conv2d({ outChannels: 2, kernelSize: 3 }));
    const deep = new Sequential([...convolutions, new Flatten(), new Dense({ outFeatures: 10 })], {
      inputShape: [1, 28, 28],
      random: new Random(1),
    });
    const looks = look(deep, digits, scale, Uint32Array.of(0));
    expect(looks?.layers.map(({ name }) => name)).toEqual([
      ...['conv1', 'conv2', 'conv3', 'conv4', 'conv7', 'conv8', 'conv9', 'conv10'],
    ]);
    expect(looks?.layer).toBe('conv10');
  });

  test('covering what is background already loses next to nothing', () => {
    const looks = look(cnn(), digits, scale, Uint32Array.of(0));
    const { numbers } = looks?.images[0].occlusion ?? { numbers: [] };
    const largest = Math.max(...Array.from(numbers, Math.abs));
    expect(largest).toBeGreaterThan(0.02);
    // The corner, where there is a little noise.
    expect(Math.abs(numbers[0])).toBeLessThan(largest / 10);
  });

  test('a model without images inside has no Grad-CAM, and its page says nothing of it', () => {
    const dense = new Sequential([new Flatten(), new Dense({ outFeatures: 10 })], {
      inputShape: [1, 28, 28],
      random: new Random(1),
    });
    const looks = look(dense, digits, scale, Uint32Array.of(0));
    expect(looks).toMatchObject({ layer: undefined, layers: [] });
    const page = String(whereItLooks(looks, digits));
    expect(page).toContain('saliency of test image 0');
    expect(page).not.toContain('Grad-CAM');
  });

  test('a model that has ended in NaN is not looked at, and neither are no images', () => {
    const broken = cnn();
    broken.parameter('dense1.bias').update((numbers) => numbers.fill(Number.NaN));
    expect(look(broken, digits, scale, Uint32Array.of(0))).toBeUndefined();
    expect(look(cnn(), digits, scale, new Uint32Array())).toBeUndefined();
    expect(String(whereItLooks(undefined, digits))).toContain('cannot be said');
  });
});
