import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { changed, model, node } from '../../test/edits.ts';
import { exportOnnx } from '../export/exportOnnx.ts';
import type { GraphProto, NodeProto } from '../format/modelProto.ts';
import { importOnnx } from './importOnnx.ts';

describe('messages name the node, what is missing and the way out', () => {
  const set = (name: string, value: Partial<NodeProto>) =>
    changed((graph) => {
      const found = graph.node.find((node) => node.name === name);
      if (found) Object.assign(found, value);
    });
  const tensor = (change: (tensor: GraphProto['initializer'][number]) => void) =>
    changed((graph) => change(graph.initializer[0]));
  const ints = (name: string, list: number[]) =>
    changed((graph) => {
      const found = graph.node[0].attribute.find((attribute) => attribute.name === name);
      found?.ints.splice(0, 9, ...list);
    });

  test('of damaged files', () => {
    const bytes = exportOnnx(model);
    expect(
      messagesOf({
        'no bytes': () => importOnnx(new Uint8Array()),
        'a text': () => importOnnx(new TextEncoder().encode('<!DOCTYPE html>')),
        'cut off': () => importOnnx(bytes.subarray(0, bytes.length - 400)),
        'no graph': () =>
          importOnnx(
            changed((_, file) => {
              file.graph = undefined;
            }),
          ),
        'no opset': () =>
          importOnnx(
            changed((_, file) => {
              file.opsetImport = [];
            }),
          ),
        'an opset of the future': () =>
          importOnnx(
            changed((_, file) => {
              file.opsetImport[0].version = 99;
            }),
          ),
        'a value from nowhere': () => importOnnx(set('relu1', { input: ['conv9'] })),
        'a circle': () => importOnnx(set('relu1', { input: ['flatten1'] })),
        'one that eats itself': () => importOnnx(set('relu1', { input: ['relu1'] })),
        'a value twice': () => importOnnx(set('relu1', { output: ['conv1'] })),
        'an output from nowhere': () =>
          importOnnx(
            changed((graph) => {
              graph.output[0].name = 'y';
            }),
          ),
        'an output without input': () =>
          importOnnx(
            changed((graph) => {
              graph.output[0].name = 'conv1.bias';
            }),
          ),
        'no outputs': () =>
          importOnnx(
            changed((graph) => {
              graph.output = [];
            }),
          ),
        'two outputs of one name': () =>
          importOnnx(
            changed((graph) => {
              graph.output.push(graph.output[0]);
            }),
          ),
        'too few numbers': () =>
          importOnnx(
            tensor((t) => {
              t.rawData = t.rawData?.subarray(0, 8);
            }),
          ),
        'half a number': () =>
          importOnnx(
            tensor((t) => {
              t.rawData = t.rawData?.subarray(0, 71);
            }),
          ),
        'absurd sizes': () =>
          importOnnx(
            tensor((t) => {
              t.dims = [2 ** 40, 2 ** 40];
            }),
          ),
        'negative sizes': () =>
          importOnnx(
            tensor((t) => {
              t.dims = [-1];
            }),
          ),
        'texts for numbers': () =>
          importOnnx(
            tensor((t) => {
              t.dataType = 8;
            }),
          ),
        'numbers elsewhere': () =>
          importOnnx(
            tensor((t) => {
              t.externalData = [{ key: 'location', value: '/etc/passwd' }];
            }),
          ),
        'an absurd input': () =>
          importOnnx(
            changed((graph) => {
              graph.input[0].type?.tensorType?.shape?.dim.splice(1, 1, { dimValue: 2 ** 40, dimParam: '' });
            }),
          ),
        'an input of unknown size': () =>
          importOnnx(
            changed((graph) => {
              graph.input[0].type?.tensorType?.shape?.dim.splice(2, 1, { dimValue: undefined, dimParam: 'height' });
            }),
          ),
        'another input than is said': () => importOnnx(bytes, { inputShape: [3, 4, 4] }),
        'an input of texts': () =>
          importOnnx(
            changed((graph) => {
              const type = graph.input[0].type?.tensorType;
              if (type) type.elemType = 8;
            }),
          ),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a circle": "OnnxError: importOnnx: Flatten 'flatten1', which needs what it makes itself; wanted nodes that can be computed one behind the other. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "a text": "OnnxError: importOnnx: 15 bytes that end or break off where they must not (invalid wire type 4 at offset 1); wanted a file of ONNX. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "a value from nowhere": "OnnxError: importOnnx: Relu 'relu1' with the input "conv9", which nothing makes; wanted values that are an input, a constant or the output of a node. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "a value twice": "OnnxError: importOnnx: two values named "conv1"; wanted a name of its own for each. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "absurd sizes": "OnnxError: Conv 'conv1': inputs of shape [1, 4, 4], without the batch axis; wanted [channels, …], for a weight of [1099511627776, 1099511627776] with 1 to 3 spatial axes. Replace the layer before the export.",
        "an absurd input": "OnnxError: importOnnx: an input of shape [batch, 1099511627776, 4, 4]; wanted lengths of at least 1 behind the batch axis, and at most 268435456 numbers. Say the shape of one input: \`importOnnx(bytes, { inputShape: [3, 32, 32] })\`.",
        "an input of texts": "OnnxError: importOnnx: an input of string; wanted float, double, float16 or whole numbers. Export the model before it is quantised.",
        "an input of unknown size": "OnnxError: importOnnx: an input of shape [batch, 1, height, 4]; wanted lengths of at least 1 behind the batch axis, and at most 268435456 numbers. Say the shape of one input: \`importOnnx(bytes, { inputShape: [3, 32, 32] })\`.",
        "an opset of the future": "OnnxError: importOnnx: opset 99; wanted an opset from 7 to 25. Convert the file, in Python with \`onnx.version_converter\`, or export it again.",
        "an output from nowhere": "OnnxError: importOnnx: the output "y", which nothing makes; wanted a value of the graph. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "an output without input": "OnnxError: importOnnx: the output "conv1.bias", to which no input leads; wanted a model whose outputs depend on its inputs. Check which output was exported.",
        "another input than is said": "OnnxError: importOnnx: an input of shape [batch, 1, 4, 4], and the inputShape [3, 4, 4]; wanted lengths of at least 1 behind the batch axis, and at most 268435456 numbers. Say the shape of one input: \`importOnnx(bytes, { inputShape: [3, 32, 32] })\`.",
        "cut off": "OnnxError: importOnnx: 460 bytes that end or break off where they must not (841 bytes at 15 of 460); wanted a file of ONNX. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "half a number": "OnnxError: importOnnx: the tensor conv1.weight of shape [2, 1, 3, 3] with 17.75 numbers; wanted 18. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "negative sizes": "OnnxError: importOnnx: the tensor conv1.weight of shape [-1]; wanted lengths of at least 0. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "no bytes": "OnnxError: importOnnx: 0 bytes without a graph; wanted a file of ONNX. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "no graph": "OnnxError: importOnnx: 16 bytes without a graph; wanted a file of ONNX. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "no opset": "OnnxError: importOnnx: a file that does not say its opset; wanted an opset from 7 to 25. Convert the file, in Python with \`onnx.version_converter\`, or export it again.",
        "no outputs": "OnnxError: importOnnx: inputs input and outputs none; wanted one of each at least, 256 at most, each of another name. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "numbers elsewhere": "OnnxError: importOnnx: the tensor conv1.weight, whose numbers are in "/etc/passwd"; wanted a file in the folder of the model. Do not open it if you do not know who made it; else save the model again, as one file.",
        "one that eats itself": "OnnxError: importOnnx: Relu 'relu1', which needs what it makes itself; wanted nodes that can be computed one behind the other. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "texts for numbers": "OnnxError: importOnnx: the tensor conv1.weight of string; wanted numbers of float, double, float16 or bfloat16; whole ones of int64 or int32; bool. Export the model before it is quantised.",
        "too few numbers": "OnnxError: importOnnx: the tensor conv1.weight of shape [2, 1, 3, 3] with 2 numbers; wanted 18. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
        "two outputs of one name": "OnnxError: importOnnx: inputs input and outputs output, output; wanted one of each at least, 256 at most, each of another name. Fetch or export the file again; \`onnx.checker\` in Python says more of what is wrong with it.",
      }
    `);
  });

  test('of what no layer computes', () => {
    expect(
      messagesOf({
        'an operation': () => importOnnx(set('relu1', { opType: 'Sin' })),
        'bounds that are worked out': () => importOnnx(set('relu1', { opType: 'Clip', input: ['conv1', 'conv1'] })),
        'an operation by the name of a property': () => importOnnx(set('relu1', { opType: 'constructor' })),
        'an operation of somebody else': () => importOnnx(set('relu1', { domain: 'com.microsoft' })),
        'a sum that does not fit': () => importOnnx(set('relu1', { opType: 'Add', input: ['conv1', 'dense1.bias'] })),
        'two ways that do not fit': () =>
          importOnnx(
            changed((graph) => {
              graph.node[1].opType = 'Concat';
              graph.node[1].input = ['conv1', 'way'];
              graph.node.splice(1, 0, node('GlobalMaxPool', ['conv1'], ['way']));
            }),
          ),
        'a sum of two ranks': () =>
          importOnnx(
            changed((graph) => {
              graph.node.splice(
                1,
                2,
                node('Flatten', ['conv1'], ['way']),
                node('Add', ['way', 'conv1'], ['relu1']),
                node('Flatten', ['relu1'], ['flatten1']),
              );
            }),
          ),
        'a weight that is worked out': () => importOnnx(set('conv1', { input: ['input', 'input'] })),
        'a weight that is missing': () => importOnnx(set('conv1', { input: ['input'] })),
        'a weight that does not fit': () => importOnnx(set('conv1', { input: ['input', 'dense1.weight'] })),
        'channels that do not fit': () =>
          importOnnx(
            changed((graph) => {
              graph.input[0].type?.tensorType?.shape?.dim.splice(1, 1, { dimValue: 2, dimParam: '' });
            }),
          ),
        'a bias that does not fit': () => importOnnx(set('conv1', { input: ['input', 'conv1.weight', 'dense1.bias'] })),
        'a kernel of another size': () => importOnnx(ints('kernel_shape', [3, 4])),
        'strides of 0': () => importOnnx(ints('strides', [0, 1])),
        'strides for one axis': () => importOnnx(ints('strides', [1])),
        'negative pads': () => importOnnx(ints('pads', [0, 0, -1, 0])),
        'a window larger than the image': () => importOnnx(ints('dilations', [5, 5])),
        'groups that do not divide': () =>
          importOnnx(
            changed((graph) => {
              const found = graph.node[0].attribute.find((attribute) => attribute.name === 'group');
              if (found) found.i = 2;
            }),
          ),
        'an option that is not known': () =>
          importOnnx(
            changed((graph) => {
              graph.node[1].attribute.push({ ...graph.node[0].attribute[0], name: 'blur' });
            }),
          ),
        'an option of another type': () =>
          importOnnx(
            changed((graph) => {
              const found = graph.node[0].attribute.find((attribute) => attribute.name === 'group');
              if (found) found.type = 3;
            }),
          ),
        'images into a dense layer': () =>
          importOnnx(
            changed((graph) => {
              graph.node.splice(2, 1, node('Identity', ['relu1'], ['flatten1']));
            }),
          ),
        'another flattening': () =>
          importOnnx(
            changed((graph) => {
              graph.node[2].attribute[0].i = 2;
            }),
          ),
        'a reshaping': () =>
          importOnnx(
            changed((graph) => {
              graph.initializer.push({
                ...graph.initializer[0],
                name: 'shape',
                dims: [3],
                dataType: 7,
                rawData: undefined,
                int64Data: [0, 3, -1],
              });
              graph.node.splice(2, 1, node('Reshape', ['relu1', 'shape'], ['flatten1']));
            }),
          ),
        'a reshaping by a weight': () =>
          importOnnx(
            changed((graph) => {
              graph.node.splice(2, 1, node('Reshape', ['relu1', 'conv1.weight'], ['flatten1']));
            }),
          ),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a bias that does not fit": "OnnxError: Conv 'conv1': dense1.bias of shape [3]; wanted [2]. Check that the file is whole: the weight does not fit its node.",
        "a kernel of another size": "OnnxError: Conv 'conv1': kernel_shape: [3, 4]; wanted [3, 3], that of the weight. Export the model without it, or replace the layer before the export.",
        "a reshaping": "OnnxError: Reshape 'flatten1': a reshaping of [2, 2, 2], without the batch axis, by [0, 3, -1]; wanted a shape for each example, with all of its numbers. Replace the layer before the export.",
        "a reshaping by a weight": "OnnxError: Reshape 'flatten1': conv1.weight of shape [2, 1, 3, 3]; wanted a short list of whole numbers. Check that the file is whole.",
        "a sum of two ranks": "OnnxError: Add 'relu1': values of shape [8] and [2, 2, 2], without the batch axis; wanted values of as many axes, the batch axis in front. Reshape one of them before the export.",
        "a sum that does not fit": "OnnxError: Add 'relu1': inputs of shape [2, 2, 2], without the batch axis, and dense1.bias of shape [3]; wanted a constant that is broadcast with the inputs, the same for each example. Replace the layer before the export.",
        "a weight that does not fit": "OnnxError: Conv 'conv1': inputs of shape [1, 4, 4], without the batch axis; wanted [channels, …], for a weight of [3, 8] with 1 to 3 spatial axes. Replace the layer before the export.",
        "a weight that is missing": "OnnxError: Conv 'conv1': a weight that is not given; wanted a weight that stands in the file. Export the model with constant folding.",
        "a weight that is worked out": "OnnxError: Conv 'conv1': a weight that is worked out, "input"; wanted a weight that stands in the file. Export the model with constant folding.",
        "a window larger than the image": "OnnxError: Conv 'conv1': height 4 with padding 0 + 0 under a window of 11 (kernel 3, dilation 5); wanted an input at least as large as the window. Use a kernel of at most 1, or more padding.",
        "an operation": "OnnxError: Sin 'relu1': an operation without a layer; wanted operations that a layer of tapegrad computes. Replace it before the export, or export the part of the model before it and build the rest here.",
        "an operation by the name of a property": "OnnxError: constructor 'relu1': an operation without a layer; wanted operations that a layer of tapegrad computes. Replace it before the export, or export the part of the model before it and build the rest here.",
        "an operation of somebody else": "OnnxError: Relu 'relu1': the operation com.microsoft.Relu; wanted operations that a layer of tapegrad computes. Replace it before the export, or export the part of the model before it and build the rest here.",
        "an option of another type": "OnnxError: Conv 'conv1': group: an attribute of type 3; wanted type 2. Export the model without it, or replace the layer before the export.",
        "an option that is not known": "OnnxError: Relu 'relu1': blur: this option; wanted options that tapegrad has too. Export the model without it, or replace the layer before the export.",
        "another flattening": "OnnxError: Flatten 'flatten1': axis: 2; wanted axis 1: one row for each example. Export the model without it, or replace the layer before the export.",
        "bounds that are worked out": "OnnxError: Clip 'relu1': a min that is worked out, "conv1"; wanted a min that stands in the file. Export the model with constant folding.",
        "channels that do not fit": "OnnxError: Conv 'conv1': inputs of shape [2, 4, 4], a weight of [2, 1, 3, 3] and 1 groups; wanted a weight and groups that fit the channels. Check that the file is whole.",
        "groups that do not divide": "OnnxError: Conv 'conv1': inputs of shape [1, 4, 4], a weight of [2, 1, 3, 3] and 2 groups; wanted a weight and groups that fit the channels. Check that the file is whole.",
        "images into a dense layer": "OnnxError: Gemm 'dense1': inputs of shape [2, 2, 2], without the batch axis; wanted [features]: rows, not images. Replace the layer before the export.",
        "negative pads": "OnnxError: Conv 'conv1': kernel [3,3], strides [1,1], dilations [1,1], pads [0,0,-1,0]; wanted sizes of at least 1, and padding of at least 0. Crop what is cut off before the layer.",
        "strides for one axis": "OnnxError: Conv 'conv1': strides: 1 numbers; wanted 2 of them. Export the model without it, or replace the layer before the export.",
        "strides of 0": "OnnxError: Conv 'conv1': kernel [3,3], strides [0,1], dilations [1,1], pads [0,0,0,0]; wanted sizes of at least 1, and padding of at least 0. Crop what is cut off before the layer.",
        "two ways that do not fit": "OnnxError: Concat 'relu1': parts of shapes [1, 2, 2, 2], [1, 2, 1, 1]; wanted shapes that are equal but for axis 1. Reshape or slice the odd one.",
      }
    `);
  });
});
