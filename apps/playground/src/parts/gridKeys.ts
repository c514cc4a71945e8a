const ways: Readonly<Record<string, readonly [down: number, across: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * In a grid of cells with `data-cell="row-column"`, an arrow key moves the focus to the neighbour, or to the field in it,
 * where there is one.
 */
export function moveInGrid(
  event: KeyboardEvent & { readonly currentTarget: HTMLElement },
  row: number,
  column: number,
): void {
  const way = ways[event.key];
  if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const grid = event.currentTarget.closest('[role="grid"]');
  const cell = grid?.querySelector<HTMLElement>(`[data-cell="${row + way[0]}-${column + way[1]}"]`);
  (cell?.querySelector('input') ?? cell)?.focus();
}
