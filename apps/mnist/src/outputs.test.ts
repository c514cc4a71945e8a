import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../packages/core/test/messages.ts';
import { checkOutputs } from './outputs.ts';

test('two outputs in one file are refused, however it is written', () => {
  expect(
    messagesOf({
      'report and save': () => checkOutputs({ report: 'x.onnx', save: ['x.onnx'] }),
      'save twice': () => checkOutputs({ save: ['a.onnx', './b/../a.onnx'] }),
      'metrics and report': () => checkOutputs({ metrics: resolve('x'), report: 'x' }),
      'metrics and checkpoints': () => checkOutputs({ metrics: 'run', checkpoint: 'run/' }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "metrics and checkpoints": "ValueError: --metrics: run, where --checkpoint writes too; wanted a file of its own for each. Name another file for one of them.",
      "metrics and report": "ValueError: --report: x, where --metrics writes too; wanted a file of its own for each. Name another file for one of them.",
      "report and save": "ValueError: --save: x.onnx, where --report writes too; wanted a file of its own for each. Name another file for one of them.",
      "save twice": "ValueError: --save: ./b/../a.onnx, where --save writes too; wanted a file of its own for each. Name another file for one of them.",
    }
  `);
});

test('files of their own are not', () => {
  checkOutputs({
    report: 'x.html',
    save: ['x.onnx', 'x.safetensors', 'y/x.onnx'],
    metrics: 'x.jsonl',
    checkpoint: 'x',
  });
  checkOutputs({});
});
