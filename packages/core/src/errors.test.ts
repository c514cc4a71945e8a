import { expect, test } from 'vitest';
import {
  DataTypeError,
  GradientCheckError,
  NonFiniteError,
  ShapeError,
  TapeError,
  TapegradError,
  ValueError,
} from './index.ts';

const details = { operation: 'conv2d', got: 'x is [3]', wanted: 'images', remedy: 'Reshape it' };

test.each([
  [TapegradError, 'TapegradError', 'TAPEGRAD'],
  [ShapeError, 'ShapeError', 'SHAPE'],
  [DataTypeError, 'DataTypeError', 'DATA_TYPE'],
  [ValueError, 'ValueError', 'VALUE'],
  [TapeError, 'TapeError', 'TAPE'],
  [NonFiniteError, 'NonFiniteError', 'NON_FINITE'],
  [GradientCheckError, 'GradientCheckError', 'GRADIENT_CHECK'],
])('%o tells who complains, what came, what was wanted, and the way out', (Kind, name, code) => {
  const cause = new Error('deeper');
  const error = new Kind(details, { cause });
  expect(`${error}`).toBe(`${name}: conv2d: x is [3]; wanted images. Reshape it.`);
  expect(error).toBeInstanceOf(TapegradError);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ ...details, name, code, cause });
});
