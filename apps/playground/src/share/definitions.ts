import { copyOf } from './svgInline.ts';

/** The patterns and arrowheads that a drawing names and does not hold, from wherever on the page they are. */
export function definitionsFor(drawing: string): string {
  const named = new Set([...drawing.matchAll(/url\((?:'|&quot;|")?#([\w-]+)/g)].map(([, id]) => id));
  return [...named]
    .filter((id) => !drawing.includes(`id="${id}"`))
    .flatMap((id) => document.getElementById(id) ?? [])
    .map((element) => new XMLSerializer().serializeToString(copyOf(element)))
    .join('');
}
