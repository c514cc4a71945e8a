import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { fileOf, floats, node, options, wholes } from '../../test/edits.ts';
import { importOnnx } from './importOnnx.ts';

const repeated = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' } as const;
const resize = (
  attributes: Parameters<typeof options>[0],
  scales: readonly number[],
  inputs = ['input', '', 'scales'],
) =>
  fileOf({
    input: ['batch', 1, 2, 3],
    nodes: [node('Resize', inputs, ['output'], options(attributes))],
    constants: [floats('scales', [scales.length], scales), wholes('sizes', [2 ** 18, 2 ** 18])],
  });
const pads = (numbers: number[], mode = 'constant') =>
  fileOf({
    input: ['batch', 1, 2, 3],
    nodes: [node('Pad', ['input', 'pads'], ['output'], options({ mode }))],
    constants: [wholes('pads', numbers)],
  });

test('what is said about the batch and the channels must be that they stay', () => {
  expect(importOnnx(resize(repeated, [1, 1, 2, 3])).model.outputShape).toEqual([1, 4, 9]);
  expect(importOnnx(pads([0, 0, 1, 0, 0, 0, 0, 2], 'edge')).model.outputShape).toEqual([1, 3, 5]);
  expect(
    messagesOf({
      'more channels': () => importOnnx(resize(repeated, [1, 2, 2, 2])),
      'a padded batch': () => importOnnx(pads([1, 0, 0, 0, 0, 0, 0, 0])),
      'all cut off': () => importOnnx(pads([0, 0, -1, 0, 0, 0, -1, 0])),
      'too few pads': () => importOnnx(pads([1, 1])),
      'another mode of padding': () => importOnnx(pads([0, 0, 1, 1, 0, 0, 1, 1], 'mirror')),
      'other positions': () => importOnnx(resize({ mode: 'nearest' }, [1, 1, 1.5, 2])),
      cubic: () => importOnnx(resize({ mode: 'cubic' }, [1, 1, 2, 2])),
      'a scale of nothing': () => importOnnx(resize(repeated, [1, 1, Number.NaN, 2])),
      'neither scales nor sizes': () => importOnnx(resize(repeated, [1], ['input'])),
      'a size without end': () => importOnnx(resize({ ...repeated, axes: [2, 3] }, [1], ['input', '', '', 'sizes'])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a padded batch": "OnnxError: Pad 'output': pads [1,0] of the batch; wanted the batch axis in front, each example by itself. Do that outside of the model.",
      "a scale of nothing": "OnnxError: Resize 'output': scales or sizes: [1,1,NaN,2]; wanted numbers above 0. Export the model without it, or replace the layer before the export.",
      "a size without end": "OnnxError: importOnnx: a model with many times the weights that the file holds; wanted each of them about once. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
      "all cut off": "OnnxError: Pad 'output': pads: [0,0,-1,0,0,0,-1,0]; wanted a part of [1,2,3] that is left. Export the model without it, or replace the layer before the export.",
      "another mode of padding": "OnnxError: Pad 'output': mode: "mirror"; wanted constant or reflect or edge or wrap. Export the model without it, or replace the layer before the export.",
      "cubic": "OnnxError: Resize 'output': mode: "cubic"; wanted nearest or linear. Export the model without it, or replace the layer before the export.",
      "more channels": "OnnxError: Resize 'output': scales or sizes: [1,2,2,2]; wanted another size along spatial axes alone. Export the model without it, or replace the layer before the export.",
      "neither scales nor sizes": "OnnxError: Resize 'output': a size that is not given; wanted a size that stands in the file. Export the model with constant folding.",
      "other positions": "OnnxError: Resize 'output': positions by half_pixel, rounded by round_prefer_floor; wanted asymmetric and floor, as PyTorch repeats pixels. Replace the layer before the export.",
      "too few pads": "OnnxError: Pad 'output': pads: [1,1]; wanted 8 whole numbers, for 4 axes. Export the model without it, or replace the layer before the export.",
    }
  `);
});
