import { damagedFile, OnnxError } from '../errors.ts';
import { attributeTypes, type GraphProto, type NodeProto } from '../format/modelProto.ts';
import { Attributes } from './attributes.ts';
import { type Constant, constantOf } from './numbers.ts';

/** One operation of a graph that is read. */
export interface GraphNode {
  /** What to call it in messages: `Conv '/conv1/Conv'`. */
  readonly label: string;
  readonly op: string;
  readonly inputs: readonly string[];
  /** The value that it makes. */
  readonly output: string;
  readonly attributes: Attributes;
  /** For several nodes that are one layer together: each of them, and their constants, by role. */
  readonly roles?: {
    readonly nodes: ReadonlyMap<string, GraphNode>;
    readonly constants: ReadonlyMap<string, string>;
  };
}

/** The part of a file that leads from its input to its output. */
export interface Graph {
  /** In order: each behind those whose outputs it takes. */
  readonly nodes: readonly GraphNode[];
  readonly constants: ReadonlyMap<string, Constant>;
  readonly input: string;
  readonly output: string;
}

/** More nodes than any CNN has; what is done with them takes up to the square of their number. */
const mostNodes = 4096;

/**
 * The nodes of a graph, constants taken out of them.
 *
 * @throws OnnxError when a value comes from nowhere, from a later node, or twice; when there is more than one input or output
 */
export function readGraph(graph: GraphProto): Graph {
  if (graph.node.length > mostNodes) {
    throw damagedFile(`${graph.node.length} nodes`, `a CNN of at most ${mostNodes}`);
  }
  const constants = new Map<string, Constant>();
  for (const tensor of graph.initializer) constants.set(tensor.name, constantOf(tensor, tensor.name, false));
  // Files of old versions list constants among the inputs as well.
  const inputs = graph.input.filter(({ name }) => !constants.has(name));
  const [input, output] = [inputs, graph.output].map((values) => values.map(({ name }) => name));
  if (input.length !== 1 || output.length !== 1) {
    throw new OnnxError({
      operation: 'importOnnx',
      got: `inputs ${named(input)} and outputs ${named(output)}`,
      wanted: 'a model of one input and one output',
      remedy: 'Export the part of the model between one input and one output',
    });
  }
  const known = new Set([...constants.keys(), input[0]]);
  const later = new Set(graph.node.flatMap((node) => node.output));
  const nodes: GraphNode[] = [];
  graph.node.forEach((proto, at) => {
    const label = labelOf(proto, at);
    for (const name of proto.input) {
      if (name === '' || known.has(name)) continue;
      const where = later.has(name) ? 'which only a later node makes, or itself' : 'which nothing makes';
      throw damagedFile(
        `${label} with the input ${JSON.stringify(name.slice(0, 80))}, ${where}`,
        'nodes in order, each behind those whose outputs it takes',
      );
    }
    for (const name of proto.output) {
      if (name !== '' && known.has(name))
        throw damagedFile(`two values named ${JSON.stringify(name.slice(0, 80))}`, 'a name of its own for each');
      known.add(name);
    }
    if (proto.domain !== '' && proto.domain !== 'ai.onnx')
      throw unknownOperation(label, `${proto.domain}.${proto.opType}`);
    const constant = constantMadeBy(proto, label, constants);
    const [made = ''] = proto.output;
    if (constant) constants.set(made, constant);
    else
      nodes.push({
        label,
        op: proto.opType,
        inputs: proto.input,
        output: made,
        attributes: new Attributes(label, proto.attribute),
      });
  });
  if (!known.has(output[0]))
    throw damagedFile(
      `the output ${JSON.stringify(output[0].slice(0, 80))}, which nothing makes`,
      'a value of the graph',
    );
  return { nodes: leadingTo(nodes, output[0]), constants, input: input[0], output: output[0] };
}

/** The error for an operation for which there is no layer. */
export function unknownOperation(label: string, op: string): OnnxError {
  return new OnnxError({
    operation: label,
    got: `the operation ${op.slice(0, 80)}`,
    wanted: 'operations that a layer of tapegrad computes',
    remedy: 'Replace it before the export, or export the part of the model before it and build the rest here',
  });
}

function labelOf({ opType, name }: NodeProto, at: number): string {
  return `${opType.slice(0, 40)} ${name === '' ? `(node ${at + 1})` : `'${name.slice(0, 80)}'`}`;
}

function named(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;
  return names.length > 0 ? names.join(', ') : 'none';
}

/** The constant that a node makes, if it does: by itself, or by handing one on. */
function constantMadeBy(
  { opType, input, output, attribute }: NodeProto,
  label: string,
  constants: ReadonlyMap<string, Constant>,
): Constant | undefined {
  if (opType === 'Identity') return constants.get(input[0]);
  if (opType !== 'Constant') return undefined;
  const attributes = new Attributes(label, attribute);
  const [name = ''] = output;
  const made = (shape: readonly number[], numbers: readonly number[] | Float32Array): Constant => {
    return { name, shape, isNode: true, read: () => Float64Array.from(numbers) };
  };
  const tensor = attributes.get('value')?.t;
  if (tensor) return constantOf(tensor, name, true);
  if (attributes.has('value_float')) return made([], [attributes.get('value_float', attributeTypes.float)?.f ?? 0]);
  if (attributes.has('value_int')) return made([], [attributes.whole('value_int', 0)]);
  const floats = attributes.floats('value_floats');
  const list = floats ?? attributes.wholes('value_ints', []);
  attributes.checkRead();
  return made([list.length], list);
}

/** Those nodes that the output depends on. */
function leadingTo(nodes: readonly GraphNode[], output: string): GraphNode[] {
  const needed = new Set([output]);
  const leading: GraphNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!needed.has(node.output)) continue;
    for (const name of node.inputs) needed.add(name);
    leading.push(node);
  }
  return leading.reverse();
}
