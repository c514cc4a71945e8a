/** What a file in the DOT language says, as far as `toDot` uses it. */
export interface DotGraph {
  readonly nodes: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
  readonly clusters: readonly { readonly label: string; readonly nodes: readonly string[] }[];
}

const token = /\s*(?:("(?:[^"\\]|\\[\s\S])*")|([A-Za-z_][A-Za-z_0-9]*|-?[0-9.]+)|(->|[{}[\]=;,]))/y;

/** Reads DOT by its grammar: quoted strings, identifiers and signs, statements that end with `;`. Throws where it is none. */
export function readDot(text: string): DotGraph {
  const tokens = tokensOf(text.trimEnd());
  const nodes = new Map<string, Record<string, string>>();
  const edges: { from: string; to: string; attributes: Record<string, string> }[] = [];
  const clusters: { label: string; nodes: string[] }[] = [];
  let at = 0;
  const expect = (wanted: string): void => {
    if (tokens[at++] !== wanted)
      throw new Error(`${wanted} is missing before ${tokens.slice(at - 1, at + 5).join(' ')}`);
  };
  const attributes = (): Record<string, string> => {
    const list: Record<string, string> = {};
    expect('[');
    while (tokens[at] !== ']') {
      const name = tokens[at++];
      expect('=');
      list[name] = tokens[at++];
      if (tokens[at] === ',') at++;
    }
    expect(']');
    return list;
  };
  const statement = (cluster?: { label: string; nodes: string[] }): void => {
    const id = tokens[at++];
    if (id === 'subgraph') {
      const inner = { label: '', nodes: [] };
      if (!tokens[at++].startsWith('cluster_')) throw new Error('a subgraph that is no cluster');
      block(inner);
      clusters.push(inner);
      return;
    }
    if (tokens[at] === '=') {
      at++;
      if (cluster) cluster.label = tokens[at];
      at++;
    } else if (tokens[at] === '->') {
      const to = tokens[at + 1];
      at += 2;
      edges.push({ from: id, to, attributes: attributes() });
    } else if (['graph', 'node', 'edge'].includes(id)) {
      attributes();
    } else {
      if (nodes.has(id)) throw new Error(`${id} twice`);
      nodes.set(id, attributes());
      cluster?.nodes.push(id);
    }
    expect(';');
  };
  const block = (cluster?: { label: string; nodes: string[] }): void => {
    expect('{');
    while (tokens[at] !== '}') statement(cluster);
    expect('}');
  };
  expect('digraph');
  at++;
  block();
  if (at !== tokens.length) throw new Error(`more after the end: ${tokens.slice(at).join(' ')}`);
  return { nodes, edges, clusters };
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const from = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new Error(`not DOT: ${text.slice(from, from + 40)}`);
    tokens.push(match[1] ?? match[2] ?? match[3]);
  }
  return tokens;
}

/** What Graphviz shows for a string: escapes and entities undone, one line each. */
export function shownByGraphviz(quoted: string): string[] {
  const lines = quoted.slice(1, -1).split(/(?<=(?<!\\)(?:\\\\)*)\\[nl]/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines.map((line) => line.replace(/\\([\s\S])/g, '$1').replaceAll('&amp;', '&'));
}
