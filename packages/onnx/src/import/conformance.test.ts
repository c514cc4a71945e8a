import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { importOnnx } from './importOnnx.ts';

/**
 * Small graphs as other tools write them, each `NAME.onnx`, and in `ref.json` an input and what onnxruntime makes of it:
 * `{ NAME: { x, shape, y } }`. Where they are, TAPEGRAD_ONNX_MODELS says.
 */
const folder = process.env.TAPEGRAD_ONNX_MODELS;

interface Reference {
  readonly x: readonly number[];
  readonly shape: readonly number[];
  readonly y: readonly number[];
}

const references: Readonly<Record<string, Reference>> =
  folder !== undefined && existsSync(join(folder, 'ref.json'))
    ? JSON.parse(readFileSync(join(folder, 'ref.json'), 'utf8'))
    : {};

test.runIf(folder !== undefined)('the folder holds models', () => {
  expect(Object.keys(references).length).toBeGreaterThan(0);
});

test.each(Object.entries(references))('%s computes what onnxruntime computed', (name, { x, shape, y }) => {
  const { model } = importOnnx(readFileSync(join(folder ?? '', `${name}.onnx`)));
  const input = tensor(Float32Array.from(x), { shape });
  // A model of several outputs gives them by name; what is recorded is the first.
  const output = model.call(input, { training: false }) as unknown as Readonly<Record<string, Tensor>>;
  const [first] = 'toFlatArray' in output ? [output as unknown as Tensor] : Object.values(output);
  const numbers = first.toFlatArray();
  expect(numbers.length).toBe(y.length);
  y.forEach((wanted, at) => {
    expect(Math.abs(numbers[at] - wanted)).toBeLessThan(1e-5 * Math.max(1, Math.abs(wanted)));
  });
});
