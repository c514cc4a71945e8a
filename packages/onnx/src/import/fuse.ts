import { DataFlow } from './dataFlow.ts';
import { fusions } from './fusions.ts';
import type { Graph, GraphNode } from './graph.ts';
import { matched } from './pattern.ts';

/** A graph in which nodes that make one layer together are one node, which takes what the first of them took. */
export function fuse(graph: Graph): Graph {
  const makers = new Map(graph.nodes.map((node) => [node.output, node]));
  const matchable = { makers, constants: graph.constants, flow: new DataFlow(graph) };
  const positions = new Map(graph.nodes.map((node, at) => [node, at]));
  const inOrder = (one: GraphNode, other: GraphNode): number => (positions.get(one) ?? 0) - (positions.get(other) ?? 0);
  const gone = new Set<GraphNode>();
  const nodes: GraphNode[] = [];
  // From behind, so that a layer is found before what may be a part of it.
  for (const root of graph.nodes.toReversed()) {
    if (gone.has(root)) continue;
    let fused: GraphNode | undefined;
    for (const { op, pattern, when } of fusions) {
      if (pattern.op !== root.op) continue;
      const match = matched(root, pattern, matchable, when);
      if (!match || [...match.nodes.values()].some((node) => gone.has(node))) continue;
      const { x, nodes, constants } = match;
      const parts = [...nodes.values()].sort(inOrder);
      fused = { ...root, op, inputs: [x], roles: { nodes, constants }, parts };
      break;
    }
    for (const node of fused?.parts ?? []) gone.add(node);
    nodes.push(fused ?? root);
  }
  return { ...graph, nodes: nodes.reverse() };
}
