import type { LatexPart } from './latex.ts';
import type { OfferedTable } from './offered.ts';

/** A part of the page with its title, which can be drawn, and the formulas in it. */
export interface PagePart extends LatexPart {
  readonly element: HTMLElement;
}

/** The panels of the tab, in their order. */
export function panelsOn(): PagePart[] {
  return [...document.querySelectorAll<HTMLElement>('main .panel')].map((element) => ({
    element,
    title: titleOf(element),
    formulas: [...element.querySelectorAll(':is(.katex-display, td) annotation')].map(
      ({ textContent }) => textContent ?? '',
    ),
  }));
}

/** The tables of the tab, those that are folded too; numbers have all their digits. */
export function tablesOn(): OfferedTable[] {
  return [...document.querySelectorAll<HTMLTableElement>('main table')].map((table) => ({
    title: table.caption?.textContent?.trim() || titleOf(table.closest('.panel')),
    rows: [...table.rows].map((row) =>
      [...row.cells].flatMap((cell) => [...cellOf(cell), ...Array<string>(Math.max(cell.colSpan - 1, 0)).fill('')]),
    ),
  }));
}

function titleOf(element: Element | null): string {
  return element?.querySelector('h2, summary')?.textContent?.trim() ?? '';
}

/** What stands in a cell: its numbers, one for each cell of the sheet, else its text. */
function cellOf(cell: HTMLTableCellElement): (string | number)[] {
  const numbers = [...cell.querySelectorAll('data')].map(({ value }) => asNumber(value));
  if (numbers.length > 0) return numbers;
  const field = cell.querySelector<HTMLInputElement>('input[type="number"]');
  if (field) return [asNumber(field.value)];
  const formula = cell.querySelector('annotation');
  return [(formula ?? cell).textContent?.trim() ?? ''];
}

/** A number where it is one: NaN and infinities are words in a sheet. */
function asNumber(text: string): string | number {
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
