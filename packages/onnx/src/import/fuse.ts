import { DataFlow } from './dataFlow.ts';
import { fusions } from './fusions.ts';
import type { Graph, GraphNode } from './graph.ts';
import { matched } from './pattern.ts';

/** A graph in which nodes that make one layer together are one node, which takes what the first of them took. */
export function fuse(graph: Graph): Graph {
  const makers = new Map(graph.nodes.map((node) => [node.output, node]));
  const matchable = { makers, constants: graph.constants, flow: new DataFlow(graph) };
  const gone = new Set<GraphNode>();
  const nodes: GraphNode[] = [];
  // From behind, so that a layer is found before what may be a part of it.
  for (const root of graph.nodes.toReversed()) {
    if (gone.has(root)) continue;
    const [fused] = fusions.flatMap(({ op, pattern }): GraphNode[] => {
      if (pattern.op !== root.op) return [];
      const match = matched(root, pattern, matchable);
      if (!match || [...match.nodes.values()].some((node) => gone.has(node))) return [];
      const { x, nodes, constants } = match;
      return [{ ...root, op, inputs: [x], roles: { nodes, constants } }];
    });
    for (const node of fused?.roles?.nodes.values() ?? []) gone.add(node);
    nodes.push(fused ?? root);
  }
  return { ...graph, nodes: nodes.reverse() };
}
