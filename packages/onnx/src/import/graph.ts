import { damagedFile, OnnxError } from '../errors.ts';
import type { GraphProto, NodeProto } from '../format/modelProto.ts';
import { Attributes } from './attributes.ts';
import { ConstantNodes } from './constantNodes.ts';
import type { ExternalData } from './externalData.ts';
import { type Constant, constantOf } from './numbers.ts';
import { labelOf, quoted, sortedNodes } from './sorting.ts';

/** One operation of a graph that is read, which makes one value. */
export interface GraphNode {
  /** What to call it in messages: `Conv '/conv1/Conv'`. */
  readonly label: string;
  readonly op: string;
  readonly inputs: readonly string[];
  /** The value that it makes. */
  readonly output: string;
  readonly attributes: Attributes;
  /** Which of the outputs of a node that makes several it stands for, and how many there are. Default: the only one. */
  readonly share?: { readonly index: number; readonly count: number };
  /** For several nodes that are one layer together: each of them, and their constants, by role. */
  readonly roles?: {
    readonly nodes: ReadonlyMap<string, GraphNode>;
    readonly constants: ReadonlyMap<string, string>;
  };
  /** The same nodes in order, for the case that they are no such layer after all. */
  readonly parts?: readonly GraphNode[];
}

/** The part of a file that leads from its inputs to its outputs. */
export interface Graph {
  /** In order: each behind those whose outputs it takes. */
  readonly nodes: readonly GraphNode[];
  readonly constants: ReadonlyMap<string, Constant>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** More nodes than any CNN has; what is done with them takes up to the square of their number. */
const mostNodes = 4096;

/** More inputs or outputs than any CNN has. */
const mostEnds = 256;

/**
 * The nodes of a graph, in order, constants taken out of them, without those on which no output depends.
 *
 * @throws OnnxError when a value comes from nowhere, from itself, or twice; when there is no input or no output
 */
export function readGraph(graph: GraphProto, external: ExternalData): Graph {
  if (graph.node.length > mostNodes) {
    throw damagedFile(`${graph.node.length} nodes`, `a CNN of at most ${mostNodes}`);
  }
  const constants = new Map<string, Constant>();
  for (const tensor of graph.initializer) constants.set(tensor.name, constantOf(tensor, tensor.name, false, external));
  // Files of old versions list constants among the inputs as well.
  const inputs = graph.input.map(({ name }) => name).filter((name) => !constants.has(name));
  const outputs = graph.output.map(({ name }) => name);
  for (const names of [inputs, outputs]) checkEnds(inputs, outputs, names);
  const known = new Set([...constants.keys(), ...inputs]);
  const made = new ConstantNodes(constants, external);
  const nodes: GraphNode[] = [];
  const produced = new Set<string>();
  for (const { proto, at } of sortedNodes(graph.node, known)) {
    const label = labelOf(proto, at);
    for (const name of proto.output) produced.add(name);
    const attributes = new Attributes(label, proto.attribute);
    if (!made.take(proto, attributes)) nodes.push(...valuesOf(proto, label, attributes));
  }
  const missing = outputs.find((name) => !known.has(name) && !produced.has(name));
  if (missing !== undefined) {
    throw damagedFile(`the output ${quoted(missing)}, which nothing makes`, 'a value of the graph');
  }
  return { nodes: leadingTo(nodes, outputs), constants, inputs, outputs };
}

/** One entry for each value that a node makes. */
function valuesOf(proto: NodeProto, label: string, attributes: Attributes): GraphNode[] {
  const { opType, domain, input, output } = proto;
  const op = domain === '' || domain === 'ai.onnx' ? opType : `${domain}.${opType}`;
  const outputs = output.flatMap((name, index) => (name === '' ? [] : [{ name, index }]));
  return outputs.map(({ name, index }) => {
    const one = { label, op, inputs: input, output: name, attributes };
    return output.length === 1 ? one : { ...one, share: { index, count: output.length } };
  });
}

/** The error for an operation for which there is no layer. */
export function unknownOperation(label: string, op: string): OnnxError {
  return new OnnxError({
    operation: label,
    // The label has the name already, unless it is one of another domain.
    got: op.includes('.') ? `the operation ${op.slice(0, 80)}` : 'an operation without a layer',
    wanted: 'operations that a layer of tapegrad computes',
    remedy: 'Replace it before the export, or export the part of the model before it and build the rest here',
  });
}

function checkEnds(inputs: readonly string[], outputs: readonly string[], names: readonly string[]): void {
  const areNames = new Set(names).size === names.length && !names.includes('');
  if (names.length >= 1 && names.length <= mostEnds && areNames) return;
  throw damagedFile(
    `inputs ${named(inputs)} and outputs ${named(outputs)}`,
    `one of each at least, ${mostEnds} at most, each of another name`,
  );
}

function named(names: readonly string[]): string {
  const short = names.slice(0, 4).map((name) => (name === '' ? 'without a name' : name.slice(0, 80)));
  if (names.length > 4) return `${short.join(', ')} and ${names.length - 4} more`;
  return names.length > 0 ? short.join(', ') : 'none';
}

/** Those nodes that the outputs depend on. */
function leadingTo(nodes: readonly GraphNode[], outputs: readonly string[]): GraphNode[] {
  const needed = new Set(outputs);
  const leading: GraphNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!needed.has(node.output)) continue;
    for (const name of node.inputs) needed.add(name);
    leading.push(node);
  }
  return leading.reverse();
}
