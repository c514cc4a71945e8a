/** Handlers for something in an SVG that is dragged by the pointer. */
export interface DragHandlers {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onLostPointerCapture: () => void;
}

/**
 * Makes an element of an SVG draggable: `onMove` is told the pointer's position in the SVG from the moment it goes down until it
 * goes up, wherever it wanders, and `onEnd` that it has.
 */
export function draggable(onMove: (x: number, y: number) => void, onEnd = (): void => {}): DragHandlers {
  const tell = (event: PointerEvent): void => {
    const svg = event.currentTarget instanceof SVGElement ? event.currentTarget.ownerSVGElement : null;
    if (!svg) return;
    const frame = svg.getBoundingClientRect();
    onMove(event.clientX - frame.left, event.clientY - frame.top);
  };
  return {
    onPointerDown: (event) => {
      const { currentTarget: held } = event;
      if (!event.isPrimary || event.button !== 0 || !(held instanceof SVGElement)) return;
      held.setPointerCapture(event.pointerId);
      held.closest<SVGElement>('[tabindex]')?.focus({ preventScroll: true });
      tell(event);
    },
    onPointerMove: (event) => {
      const { currentTarget: held } = event;
      if (held instanceof SVGElement && held.hasPointerCapture(event.pointerId)) tell(event);
    },
    onLostPointerCapture: onEnd,
  };
}
