/** Where a part of an expression stands in its text: from the sign at `start` up to, not including, that at `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The signs that stand between two operands. */
export type Operator = '+' | '-' | '*' | '/' | '@' | '^' | '>' | '>=' | '<' | '<=' | '==';

/** An option of a call: `axis=1`. */
export interface OptionNode extends Span {
  readonly kind: 'option';
  readonly name: string;
  readonly value: Node;
}

/** The tree that the grammar makes of a text. */
export type Node = Span &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'list'; readonly items: readonly Node[] }
    | { readonly kind: 'negative'; readonly of: Node }
    | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Node; readonly right: Node }
    | { readonly kind: 'call'; readonly name: string; readonly given: readonly (Node | OptionNode)[] }
    | { readonly kind: 'member'; readonly of: Node; readonly name: string }
    | { readonly kind: 'item'; readonly of: Node; readonly index: Node }
  );

/** The nodes that stand right below another one, in the order of the text. */
export function childrenOf(node: Node | OptionNode): readonly (Node | OptionNode)[] {
  switch (node.kind) {
    case 'option':
      return [node.value];
    case 'list':
      return node.items;
    case 'negative':
    case 'member':
      return [node.of];
    case 'item':
      return [node.of, node.index];
    case 'binary':
      return [node.left, node.right];
    case 'call':
      return node.given;
    default:
      return [];
  }
}
