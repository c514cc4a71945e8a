import type { DataType } from '@tapegrad/core';
import type { Tolerance } from '../compare.ts';
import { goldenOps } from '../golden/ops.ts';
import { trajectory } from '../golden/trajectory.ts';
import { checkNumeric } from '../numeric/check.ts';
import type { NumericCase, NumericOp } from '../numeric/numericCase.ts';
import { MalformedCase, Unsupported } from '../outcome.ts';
import { readTensors } from '../stored.ts';
import { isNumberList, isRecord } from '../unknown.ts';
import type { Case, World } from './case.ts';

/** Whether parsed JSON is a file of golden cases: `{ family, cases: [...] }`. */
export function isGolden(file: unknown): boolean {
  return isRecord(file) && Array.isArray(file.cases);
}

/** The cases of a golden file. What is wrong with one of them comes out when it is run. */
export function goldenCases(file: unknown): Case[] {
  if (!isRecord(file) || !Array.isArray(file.cases)) return [];
  const initialWeights = file.initial_weights;
  return file.cases.map((entry: unknown, index) => {
    const written = isRecord(entry) ? entry : {};
    const op = String(written.op ?? 'unnamed');
    return {
      op,
      name: String(written.name ?? `case ${index}`),
      isQuirk: Array.isArray(written.tags) && written.tags.includes('quirk'),
      run: (world) => {
        if (typeof written.op !== 'string') throw new MalformedCase('op is missing');
        checkNumeric(readCase(written), findOp(op, initialWeights, world));
      },
    };
  });
}

function findOp(op: string, initialWeights: unknown, { trainingImages }: World): NumericOp {
  if (op === 'train_cnn') return trajectory(readTensors(initialWeights, 'initial_weights'), trainingImages);
  if (Object.hasOwn(goldenOps, op)) return goldenOps[op];
  throw new Unsupported('not built yet');
}

function readCase(written: Readonly<Record<string, unknown>>): NumericCase {
  const { attrs = {}, grads, grad_grads: second } = written;
  if (!isRecord(attrs)) throw new MalformedCase('attrs is not an object');
  if (second !== undefined && !isRecord(second)) throw new MalformedCase('grad_grads is not an object');
  const outputs = readTensors(written.outputs, 'outputs');
  if (Object.keys(outputs).length === 0 && grads === undefined) throw new MalformedCase('there is nothing to compare');
  return {
    inputs: readTensors(written.inputs, 'inputs'),
    attributes: attrs,
    outputs,
    cotangents: readTensors(written.cotangents, 'cotangents'),
    grads: grads === undefined ? undefined : readTensors(grads, 'grads'),
    second: second && {
      vectors: readTensors(second.vectors, 'grad_grads.vectors'),
      grads: readTensors(second.grads, 'grad_grads.grads'),
      cotangents: readTensors(second.cotangents, 'grad_grads.cotangents'),
    },
    tolerances: readTolerances(written.tol),
  };
}

function readTolerances(tol: unknown): (readonly [DataType, Tolerance])[] {
  if (!isRecord(tol)) throw new MalformedCase('tol is missing');
  const precisions: readonly DataType[] = ['float64', 'float32'];
  return precisions.flatMap((precision) => {
    const pair = tol[precision];
    if (pair === null || pair === undefined) return [];
    if (!isNumberList(pair) || pair.length !== 2) throw new MalformedCase(`tol.${precision} is not [rtol, atol]`);
    return [[precision, { relative: pair[0], absolute: pair[1] }] as const];
  });
}
