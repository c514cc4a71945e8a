import ts from 'typescript';
import { blocksOf, readDocument } from '../snippets.ts';

/** The program of the README of `tapegrad`, and what it prints. */
export const [first] = blocksOf(readDocument('packages/tapegrad/README.md'));

/** The program of docs/training.md that is started again, and what it prints. */
export const [resumed] = blocksOf(readDocument('docs/training.md')).filter(({ text }) =>
  text.includes('KeepCheckpoints'),
);

/** Uses every door, and an ndarray, without anything that only a browser or Node knows. */
export const everyDoor = `import * as core from '@tapegrad/core';
import * as authors from '@tapegrad/core/authors';
import * as formulas from '@tapegrad/core/formulas';
import * as coreNode from '@tapegrad/core/node';
import * as datasets from '@tapegrad/datasets';
import * as datasetsNode from '@tapegrad/datasets/node';
import * as explain from '@tapegrad/explain';
import * as expression from '@tapegrad/expression';
import * as nn from '@tapegrad/nn';
import * as nnAuthors from '@tapegrad/nn/authors';
import * as nnNode from '@tapegrad/nn/node';
import * as onnx from '@tapegrad/onnx';
import * as onnxNode from '@tapegrad/onnx/node';
import * as all from 'tapegrad';
import ndarray, { type NdArray } from 'tapegrad/ndarray';
import * as node from 'tapegrad/node';

const doors = [core, authors, formulas, coreNode, datasets, datasetsNode, explain, expression, nn, nnAuthors, nnNode, onnx, onnxNode, all, node];
const rows: NdArray<Float32Array> = ndarray(Float32Array.of(1, 2, 3, 4), [2, 2]);
export const isWhole: boolean = doors.every((door) => Object.keys(door).length > 0);
export const first: core.NestedList = core.tensor(rows.transpose(1, 0)).toList();
`;

/** The same two values, asked for by `require`. */
export const required = `const { sum, square, Tape, tensor } = require('tapegrad');
const { default: ndarray } = require('tapegrad/ndarray');
const tape = new Tape();
const x = tape.watch(tensor(ndarray(Float32Array.of(1, 2, 3), [3])));
console.log(JSON.stringify(tape.gradients(sum(square(x))).get(x)));
tape.release();
`;

/** For tools that have a test of their own: the gradient of a sum of squares. */
export const slope = `import { square, sum, Tape, tensor } from 'tapegrad';

export function slope(): string {
  using tape = new Tape();
  const x = tape.watch(tensor([1, 2, 3]));
  return JSON.stringify(tape.gradients(sum(square(x))).get(x));
}
`;

/** The same in JavaScript of 2022, which has no `using` yet. */
export const slopeInJavaScript = ts.transpileModule(slope, {
  compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
}).outputText;

/** What `slope` gives. */
export const slopeIs = '[2,4,6]';
