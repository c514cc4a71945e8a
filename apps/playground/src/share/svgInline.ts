import type { Drawing } from './drawing.ts';

/** What style sheets say of the shapes of an SVG. */
const properties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'transform',
  'marker-start',
  'marker-end',
  'color',
];

/** An SVG of the page as a part of another: where it stands, with what style sheets say of it written into it. */
export function inlined(svg: SVGSVGElement, { left, top }: Drawing): string {
  const box = svg.getBoundingClientRect();
  const copy = copyOf(svg) as SVGSVGElement;
  for (const [name, value] of Object.entries({
    x: box.left - left,
    y: box.top - top,
    width: box.width,
    height: box.height,
    overflow: 'visible',
  })) {
    copy.setAttribute(name, String(value));
  }
  copy.removeAttribute('class');
  copy.style.transform = '';
  return new XMLSerializer().serializeToString(copy);
}

/** A copy that looks the same without style sheets. */
export function copyOf(element: Element): Element {
  const copy = element.cloneNode(true) as Element;
  const originals = [element, ...element.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((one, index) => {
    const style = getComputedStyle(originals[index]);
    const said = properties.map((name) => [name, style.getPropertyValue(name)] as const);
    const written = said.filter(([, value]) => value !== '' && value !== 'none' && value !== 'normal');
    // An absent fill would be black.
    const fill = style.fill === 'none' ? 'fill: none; ' : '';
    one.setAttribute(
      'style',
      fill +
        written
          .map(([name, value]) => `${name}: ${value}`)
          .join('; ')
          .replaceAll('"', "'"),
    );
    one.removeAttribute('class');
  });
  return copy;
}
