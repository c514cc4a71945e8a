import { describe, expect, test } from 'vitest';
import { readFields } from '../../address/fields.ts';
import { activationNames, depthFields, type Form, initialisationNames, normalisationNames } from './fields.ts';
import { sizesOf } from './net.ts';
import { verdictOn } from './verdict.ts';

const initial = readFields(depthFields, new URLSearchParams());
const sizes = (some: Partial<Form>) => sizesOf({ ...initial, ...some });

test('there is a size for the input and each layer; the walk back begins with 1', () => {
  for (const activation of activationNames) {
    for (const normalisation of normalisationNames) {
      // One of two with skip connections.
      for (const skip of [activation.length % 2 === 0]) {
        const { activations, gradients, weights } = sizes({ layers: 2, activation, normalisation, skip });
        expect([activations.length, gradients.length, weights.length]).toEqual([3, 3, 2]);
        expect([activations[0], gradients[2]].map((size) => size.toFixed(12))).toEqual([
          '1.000000000000',
          '1.000000000000',
        ]);
        for (const size of [...activations, ...gradients, ...weights]) expect(size).toBeGreaterThan(0);
      }
    }
  }
});

test('without a normalisation a relu net multiplies by the factor in each layer, both ways', () => {
  const [one, two] = [sizes({ layers: 6 }), sizes({ layers: 6, factor: 2 })];
  one.activations.forEach((size, layer) => {
    expect(two.activations[layer] / size).toBeCloseTo(2 ** layer, 8);
    expect(two.gradients[layer] / one.gradients[layer]).toBeCloseTo(2 ** (6 - layer), 8);
  });
});

test('behind a normalisation the factor no longer counts forwards', () => {
  for (const normalisation of ['batchNorm', 'layerNorm'] as const) {
    const [one, two] = [sizes({ layers: 4, normalisation }), sizes({ layers: 4, normalisation, factor: 2 })];
    one.activations.forEach((size, layer) => {
      expect(two.activations[layer]).toBeCloseTo(size, 3);
    });
  }
});

describe('what textbooks say of twenty layers', () => {
  test.each([
    ['relu', 'xavier', 'vanishes'],
    ['relu', 'he', 'arrives'],
    ['tanh', 'xavier', 'arrives'],
    ['sigmoid', 'xavier', 'vanishes'],
    ['relu', 'small', 'vanishes'],
    ['relu', 'large', 'explodes'],
  ] as const)('%s with %s: the gradient %s', (activation, initialisation, verdict) => {
    const { gradients } = sizes({ activation, initialisation, seed: 2 });
    expect(verdictOn(gradients[0])).toBe(verdict);
  });

  test('xavier halves the mean square of a relu net in each layer, and he keeps it', () => {
    const shrunk = sizes({ initialisation: 'xavier' }).gradients[0] ** (1 / 20);
    const kept = sizes({ initialisation: 'he' }).gradients[0] ** (1 / 20);
    expect(kept / shrunk).toBeCloseTo(Math.SQRT2, 10);
    expect(shrunk).toBeGreaterThan(0.6);
    expect(shrunk).toBeLessThan(0.8);
  });

  test('skip connections bring the gradient through a net that would lose it', () => {
    expect(verdictOn(sizes({ initialisation: 'small' }).gradients[0])).toBe('vanishes');
    expect(verdictOn(sizes({ initialisation: 'small', skip: true }).gradients[0])).toBe('arrives');
  });
});

test('the seed draws other weights, and every initialisation is another', () => {
  const arriving = [
    sizes({ layers: 2, seed: 2 }).gradients[0],
    ...initialisationNames.map((initialisation) => sizes({ layers: 2, initialisation }).gradients[0]),
  ];
  expect(new Set(arriving).size).toBe(arriving.length);
});

test('the deepest and the widest nets of the page are numbers still', () => {
  const { gradients } = sizes({ layers: 50, initialisation: 'large', factor: 3 });
  expect(Number.isFinite(gradients[0])).toBe(true);
  expect(verdictOn(Number.NaN)).toBe('broken');
});
