import { Graph, layout } from '@dagrejs/dagre';

/*
 * What is used of dagre, which lays out graphs in ranks, and its types, which its own package does not give to ESM. Ranks
 * follow each other downwards here; whoever wants them rightwards turns the picture.
 */

export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge extends Placed {
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A graph of boxes, of which some stand in frames. x and y are those of a box's middle. */
export interface RankedGraph {
  setNode(id: string, size: Size | Record<string, never>): void;
  setParent(id: string, frame: string): void;
  setEdge(
    from: string,
    to: string,
    label: Size & { readonly labelpos: 'r'; readonly labeloffset: number },
    name: string,
  ): void;
  node(id: string): Placed;
  edge(from: string, to: string, name: string): PlacedEdge;
}

export interface Distances {
  /** Between boxes of a rank. */
  readonly nodesep: number;
  /** Between edges that pass a rank. */
  readonly edgesep: number;
  /** Between two ranks with the labels between them. */
  readonly ranksep: number;
}

/** Adds boxes and edges by `fill`, and gives each its position. */
export function arrangeInRanks(distances: Distances, fill: (graph: RankedGraph) => void): RankedGraph {
  const graph = new Graph({ multigraph: true, compound: true });
  graph.setGraph({ rankdir: 'TB', ...distances });
  fill(graph);
  layout(graph);
  return graph;
}
