import type { DataFlow } from './dataFlow.ts';
import type { Graph, GraphNode } from './graph.ts';

/**
 * What several nodes that make one layer look like, from the last one backwards: an operation of parts; `x`, the value that
 * goes in, the same wherever it stands; a constant by name, which may be left out; a number; or anything that does not
 * depend on the model's input, but perhaps on its shape.
 */
export type Pattern = 'x' | 'aside' | { readonly constant: string } | { readonly number: number } | OperationPattern;

export interface OperationPattern {
  readonly op: string;
  readonly parts: readonly Pattern[];
  /** What to call the node, so that its options and constants can be found. Default: its operation. */
  readonly role?: string;
}

/** An operation of parts. Sums and products match in either order. */
export function operation(op: string, parts: readonly Pattern[], role = op): OperationPattern {
  return { op, parts, role };
}

/** What a pattern has found. */
export interface Match {
  readonly x: string;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly constants: ReadonlyMap<string, string>;
}

/** What else must be true of what a pattern has found: of the shapes of the constants, of the options of the nodes. */
export type Condition = (match: Match, constants: Graph['constants']) => boolean;

/** The nodes that end in `root` and look like `pattern`, where no value between them is used elsewhere. */
export function matched(
  root: GraphNode,
  pattern: OperationPattern,
  graph: Matchable,
  when: Condition = () => true,
): Match | undefined {
  const states = follow({ x: undefined, nodes: new Map(), constants: new Map() }, root.output, pattern, graph);
  for (const state of states) {
    if (state.x === undefined || !isClosed(state, root, graph)) continue;
    const match = { x: state.x, nodes: state.nodes, constants: state.constants };
    if (when(match, graph.constants)) return match;
  }
  return undefined;
}

export interface Matchable {
  readonly makers: ReadonlyMap<string, GraphNode>;
  readonly constants: Graph['constants'];
  readonly flow: DataFlow<GraphNode>;
}

interface State {
  readonly x: string | undefined;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly constants: ReadonlyMap<string, string>;
}

/** All ways in which a value can be what the pattern says. */
function follow(state: State, value: string, pattern: Pattern, graph: Matchable): State[] {
  if (pattern === 'x') {
    if (state.x === undefined) return graph.flow.isData(value) ? [{ ...state, x: value }] : [];
    return state.x === value ? [state] : [];
  }
  if (pattern === 'aside') return value === '' || graph.flow.isData(value) ? [] : [state];
  if ('constant' in pattern) {
    if (value === '') return [state];
    if (!graph.constants.has(value)) return [];
    return [{ ...state, constants: new Map([...state.constants, [pattern.constant, value]]) }];
  }
  if ('number' in pattern) return isNumber(graph, value, pattern.number) ? [state] : [];
  const node = graph.makers.get(value);
  const { role = pattern.op, parts } = pattern;
  if (node?.op !== pattern.op || node.roles || node.inputs.length > parts.length) return [];
  // Within a layer no value is used more than twice; what is used by many need not be followed for each of them.
  if (state.nodes.size > 0 && graph.flow.takersOf(value).length > 2) return [];
  const before = state.nodes.get(role);
  if (before) return before === node ? [state] : [];
  const begun = { ...state, nodes: new Map([...state.nodes, [role, node]]) };
  const orders = isCommutative(pattern.op) ? [node.inputs, node.inputs.toReversed()] : [node.inputs];
  return orders.flatMap((inputs) =>
    parts.reduce<State[]>(
      (states, part, at) => states.flatMap((each) => follow(each, inputs[at] ?? '', part, graph)),
      [begun],
    ),
  );
}

function isCommutative(op: string): boolean {
  return op === 'Add' || op === 'Mul';
}

/** Whether a constant is one number, to the precision of float16 at least. */
function isNumber({ constants }: Matchable, name: string, wanted: number): boolean {
  const constant = constants.get(name);
  if (!constant || constant.shape.some((length) => length !== 1)) return false;
  return Math.abs(constant.read()[0] - wanted) <= 1e-3 * Math.abs(wanted);
}

/** Whether only the nodes themselves use what they make, but for the last one. */
function isClosed({ nodes }: State, root: GraphNode, { flow }: Matchable): boolean {
  const own = new Set(nodes.values());
  const isInner = (value: string): boolean =>
    !flow.isOutput(value) && flow.takersOf(value).every((taker) => own.has(taker));
  return [...own].every((node) => node === root || isInner(node.output));
}
