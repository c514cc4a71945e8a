export interface SliderRange {
  readonly from: number;
  readonly to: number;
  /** What an arrow key moves by; the page keys move by ten times as much. */
  readonly step: number;
}

/** The value that a key moves a slider to, as for any slider of the web; `undefined` for a key that moves none. */
export function movedByKey(key: string, value: number, { from, to, step }: SliderRange): number | undefined {
  const moved = {
    ArrowRight: value + step,
    ArrowUp: value + step,
    ArrowLeft: value - step,
    ArrowDown: value - step,
    PageUp: value + 10 * step,
    PageDown: value - 10 * step,
    Home: from,
    End: to,
  }[key];
  return moved === undefined ? undefined : tidy(Math.min(Math.max(moved, from), to));
}

/** A number without the noise of its last digits: 0.1 + 0.2 is 0.3 to somebody who moves a slider. */
export function tidy(value: number): number {
  return Number(value.toPrecision(10));
}
