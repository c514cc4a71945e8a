import { DataFlow } from './dataFlow.ts';
import type { Graph, GraphNode } from './graph.ts';

/**
 * A graph in which each node that brings another axis to the front of the batch has one taker: what several take stands there
 * for each of them. Then each is found with what brings the batch back to the front.
 */
export function separate(graph: Graph): Graph {
  const flow = new DataFlow(graph);
  const inputsOf = new Map<GraphNode, readonly string[]>();
  const copies = new Map<GraphNode, GraphNode[]>();
  /** Values with another axis in front of the batch. */
  const turned = new Set<string>();
  for (const node of graph.nodes) {
    const isTurned = turned.has(node.inputs[0]);
    if (isTurned && node.op === 'GatherND') turned.add(node.output);
    if (isTurned || node.op !== 'Transpose' || !(node.attributes.wholes('perm', [])[0] > 0)) continue;
    turned.add(node.output);
    const takers = new Set(flow.takersOf(node.output));
    if (takers.size < 2 || takers.size > mostTakers || flow.isOutput(node.output)) continue;
    const made = [...takers].map((taker, at) => {
      const copy = { ...node, output: `${node.output} for ${taker.output} ${at}` };
      const inputs = inputsOf.get(taker) ?? taker.inputs;
      inputsOf.set(
        taker,
        inputs.map((name) => (name === node.output ? copy.output : name)),
      );
      return copy;
    });
    copies.set(node, made);
  }
  if (copies.size === 0) return graph;
  const nodes = graph.nodes.flatMap((node) => copies.get(node) ?? [node]);
  return { ...graph, nodes: nodes.map((node) => ({ ...node, inputs: inputsOf.get(node) ?? node.inputs })) };
}

/** Queries, keys and values are three; a graph must not grow without bounds. */
const mostTakers = 16;
