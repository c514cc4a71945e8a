import { damagedFile } from '../errors.ts';
import type { NodeProto } from '../format/modelProto.ts';

/** A node of a file, and its position there, by which messages call it. */
export interface NumberedNode {
  readonly proto: NodeProto;
  readonly at: number;
}

/**
 * The nodes in an order in which each stands behind those whose outputs it takes: the order of the file where it is one, as
 * ONNX asks for; some tools do not keep it.
 *
 * @param known the names of inputs and constants
 * @throws OnnxError when a value comes from nowhere, from itself, or twice
 */
export function sortedNodes(nodes: readonly NodeProto[], known: ReadonlySet<string>): readonly NumberedNode[] {
  const makers = makersOf(nodes, known);
  const [done, begun] = [new Set<number>(), new Set<number>()];
  const sorted: NumberedNode[] = [];
  // A stack of its own: a row of thousands of nodes in the wrong order would be too deep for calls within calls.
  for (const first of nodes.keys()) {
    const waiting = [first];
    for (let at = waiting.at(-1); at !== undefined; at = waiting.at(-1)) {
      const missing = done.has(at) ? undefined : nextMissing(nodes[at], at, { makers, known, done });
      if (missing === undefined) {
        waiting.pop();
        if (!done.has(at)) sorted.push({ proto: nodes[at], at });
        done.add(at);
      } else {
        begun.add(at);
        if (begun.has(missing)) throw circle(nodes[at], at);
        waiting.push(missing);
      }
    }
  }
  return sorted;
}

/** The node that makes each value. */
function makersOf(nodes: readonly NodeProto[], known: ReadonlySet<string>): ReadonlyMap<string, number> {
  const makers = new Map<string, number>();
  for (const [at, { output }] of nodes.entries()) {
    for (const name of output) {
      if (name === '') continue;
      if (makers.has(name) || known.has(name)) {
        throw damagedFile(`two values named ${quoted(name)}`, 'a name of its own for each');
      }
      makers.set(name, at);
    }
  }
  return makers;
}

interface Progress {
  readonly makers: ReadonlyMap<string, number>;
  readonly known: ReadonlySet<string>;
  readonly done: ReadonlySet<number>;
}

/** The first node that has to come before this one and does not yet. */
function nextMissing(node: NodeProto, at: number, { makers, known, done }: Progress): number | undefined {
  for (const name of node.input) {
    if (name === '' || known.has(name)) continue;
    const maker = makers.get(name);
    if (maker === undefined) {
      throw damagedFile(
        `${labelOf(node, at)} with the input ${quoted(name)}, which nothing makes`,
        'values that are an input, a constant or the output of a node',
      );
    }
    if (!done.has(maker)) return maker;
  }
  return undefined;
}

function circle(node: NodeProto, at: number) {
  return damagedFile(
    `${labelOf(node, at)}, which needs what it makes itself`,
    'nodes that can be computed one behind the other',
  );
}

/** What to call a node in messages. */
export function labelOf({ opType, name }: NodeProto, at: number): string {
  return `${opType.slice(0, 40)} ${name === '' ? `(node ${at + 1})` : `'${name.slice(0, 80)}'`}`;
}

/** A name as messages write it. */
export function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 80));
}
