/** An element of an XML document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const tag = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
/** What XML 1.0 allows as a character. */
const character = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

/** Reads XML without comments and the like. Throws where it is not well-formed. */
export function readXml(text: string): Element {
  if (!character.test(text)) throw new Error('a character that XML does not allow');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  let at = 0;
  while (at < text.length) {
    const inner = open[open.length - 1];
    if (text[at] !== '<') {
      const end = text.indexOf('<', at) < 0 ? text.length : text.indexOf('<', at);
      inner.text += withoutEntities(text.slice(at, end));
      at = end;
      continue;
    }
    tag.lastIndex = at;
    const match = tag.exec(text);
    if (!match) throw new Error(`no tag: ${text.slice(at, at + 60)}`);
    at = tag.lastIndex;
    const [, isEnd, name, attributes, isEmpty] = match;
    if (isEnd) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another`);
      continue;
    }
    const element = { name, attributes: readAttributes(attributes), children: [], text: '' };
    inner.children.push(element);
    if (!isEmpty) open.push(element);
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim()) throw new Error('not one element');
  return root.children[0];
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    if (name in attributes) throw new Error(`${name} twice`);
    attributes[name] = withoutEntities(value);
  }
  return attributes;
}

function withoutEntities(text: string): string {
  if (/[<>]/.test(text)) throw new Error(`a bare sign in ${text.slice(0, 60)}`);
  return text.replace(/&[^;&]*;?/g, (entity) => {
    if (!(entity in entities)) throw new Error(`no entity: ${entity}`);
    return entities[entity];
  });
}

/** All elements of a class, in order. */
export function withClass(element: Element, name: string): Element[] {
  const own = element.attributes.class?.split(' ').includes(name) ? [element] : [];
  return [...own, ...element.children.flatMap((child) => withClass(child, name))];
}
