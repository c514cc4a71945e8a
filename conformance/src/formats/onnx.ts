import { Attributes } from '../attributes.ts';
import { checkClose, exact, type Tolerance } from '../compare.ts';
import { tensorOf } from '../onnx/constant.ts';
import { Node, settled } from '../onnx/node.ts';
import { onnxOps } from '../onnx/ops.ts';
import { fromCarrier, toValue, type Value } from '../onnx/value.ts';
import { Difference, MalformedCase, Unsupported } from '../outcome.ts';
import { isFloat, numbersOf, readTensor } from '../stored.ts';
import { isRecord } from '../unknown.ts';
import type { Case } from './case.ts';

/** ONNX's own. */
const tolerance: Tolerance = { relative: 1e-3, absolute: 1e-7 };

/** Operators of these domains have the meaning that is written down here. */
const domains = ['', 'ai.onnx', 'ai.onnx.preview.training'];

/** Whether an entry of a list is an ONNX case. */
export function isOnnx(entry: unknown): boolean {
  return isRecord(entry) && 'op' in entry && 'opset' in entry;
}

/** A case taken from the ONNX backend tests: one operator, or a graph of them. */
export function onnxCase(written: Readonly<Record<string, unknown>>): Case {
  const op = String(written.op);
  return {
    op,
    name: String(written.name ?? 'unnamed'),
    isQuirk: false,
    run: () => {
      const wanted = listOf(written.outputs, 'outputs');
      const outputs = op === 'Graph' ? runGraph(written) : runSingle(written, wanted.length);
      wanted.forEach((entry, index) => {
        if (entry !== null) checkOutput(entry, index, outputs[index]);
      });
      if (wanted.every((entry) => entry === null)) throw new MalformedCase('there is nothing to compare');
    },
  };
}

function checkOutput(entry: unknown, index: number, got: Value | null | undefined): void {
  const name = nameOf(entry, `output ${index}`);
  const want = readTensor(entry, name);
  if (!got) throw new Unsupported(`output ${name}`);
  if (got.dtype !== want.dtype) throw new Difference(`${name}: got ${got.dtype}, wanted ${want.dtype}`);
  const known = { shape: want.shape, numbers: numbersOf(want) };
  checkClose(`${want.dtype} ${name}`, fromCarrier(got), known, isFloat(want.dtype) ? tolerance : exact);
}

function runSingle(written: Readonly<Record<string, unknown>>, outputCount: number): readonly (Value | null)[] {
  const inputs = listOf(written.inputs, 'inputs').map((entry, index) =>
    entry === null ? null : toValue(readTensor(entry, nameOf(entry, `input ${index}`))),
  );
  return runNode(written, inputs, outputCount);
}

/** Runs the nodes in order; values go by name from one to the next. */
function runGraph(written: Readonly<Record<string, unknown>>): readonly (Value | null)[] {
  const values = new Map<string, Value | null>();
  for (const entry of [...listOf(written.constants ?? [], 'constants'), ...listOf(written.inputs, 'inputs')]) {
    const name = nameOf(entry, 'input');
    values.set(name, toValue(readTensor(entry, name)));
  }
  for (const node of listOf(written.nodes, 'nodes')) {
    if (!isRecord(node)) throw new MalformedCase('a node is not an object');
    const inputs = listOf(node.inputs, 'inputs').map((name) => {
      if (name === '' || name === null) return null;
      const value = values.get(String(name));
      if (value === undefined) throw new MalformedCase(`${String(name)} is used before it is made`);
      return value;
    });
    const names = listOf(node.outputs, 'outputs').map(String);
    const opset = node.opset ?? written.opset;
    const outputs = runNode({ ...node, opset }, inputs, names.length);
    names.forEach((name, index) => {
      values.set(name, outputs[index] ?? null);
    });
  }
  return listOf(written.outputs, 'outputs').map((entry) => values.get(nameOf(entry, 'output')) ?? null);
}

function runNode(
  written: Readonly<Record<string, unknown>>,
  inputs: readonly (Value | null)[],
  outputCount: number,
): readonly (Value | null)[] {
  const { op, opset, attributes = {}, domain = '' } = written;
  if (typeof op !== 'string' || typeof opset !== 'number') throw new MalformedCase('a node without op or opset');
  if (!isRecord(attributes)) throw new MalformedCase('attributes is not an object');
  if (!Object.hasOwn(onnxOps, op)) throw new Unsupported(notBuilt(op, written));
  if (!domains.includes(String(domain))) throw new Unsupported(`domain ${String(domain)}`);
  const node = new Node({ op, opset, outputCount }, inputs, new Attributes(attributes));
  const outputs = onnxOps[op](node);
  node.checkAllRead();
  return outputs.map((value) => value && settled(value, tensorOf));
}

/** A case of one operator is named by it already; a node of a graph is not. */
function notBuilt(op: string, written: Readonly<Record<string, unknown>>): string {
  return 'name' in written && 'suite' in written ? 'not built yet' : `${op} not built yet`;
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new MalformedCase(`${what} is not a list`);
}

function nameOf(entry: unknown, otherwise: string): string {
  return isRecord(entry) && typeof entry.name === 'string' ? entry.name : otherwise;
}
