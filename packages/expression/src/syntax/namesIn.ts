import { constants } from '../functions/constants.ts';
import { isFunction } from '../functions/functions.ts';
import { childrenOf, type Node, type OptionNode } from './tree.ts';

/** The names of a tree that need a value, in the order in which they first occur. */
export function namesIn(tree: Node): string[] {
  const found = new Set<string>();
  const look = (node: Node | OptionNode): void => {
    if (node.kind === 'name' && !constants.has(node.name) && !isFunction(node.name)) found.add(node.name);
    for (const child of childrenOf(node)) look(child);
  };
  look(tree);
  return [...found];
}
