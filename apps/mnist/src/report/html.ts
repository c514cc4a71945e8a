/** Text that is HTML already, and goes into a page as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type Content = Markup | string | number | readonly Content[];

/**
 * HTML as a template: what is put in is text, and is escaped, unless it is markup already; of a list, each part.
 *
 * @example html`<p title="${name}">${items.map((item) => html`<b>${item}</b>`)}</p>`
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.reduce((text, part, at) => text + textOf(contents[at - 1]) + part));
}

function textOf(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === 'number') return String(content);
  return typeof content === 'string' ? escaped(content) : content.map(textOf).join('');
}

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => names[sign]);
}
