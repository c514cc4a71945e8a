import { type Content, html, type Markup } from './html.ts';

/** A table: words to the left, numbers to the right, and a row's first cell its heading. */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly Content[])[]): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(([first, ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody></table></div>`;
}

/** A picture with its heading, what there is to know about it, and its numbers behind a click. */
export function figure(title: string, picture: Markup, note: Content, numbers: Markup | undefined): Markup {
  const details = numbers ? html`<details><summary>${title} as a table</summary>${numbers}</details>` : '';
  return html`<section class="card"><h3>${title}</h3>${picture}<p class="note">${note}</p>${details}</section>`;
}

/** Names and what they are. */
export function facts(pairs: readonly (readonly [name: string, value: Content])[]): Markup {
  return html`<dl>${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function percent(share: number, digits = 2): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** Four digits that mean something. */
export function digits(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const isPlain = Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6;
  return isPlain ? String(Number(value.toPrecision(4))) : value.toExponential(2);
}

export function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(value < 1 ? 2 : 1)} s`;
  return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
}
