import type { ComponentChildren, JSX } from 'preact';

interface ScrollingProps {
  /** What is in it; without a label it is for the eye alone. */
  readonly label?: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** Something that may be wider than the page, and then scrolls by itself, also by keyboard. */
export function Scrolling({ label, class: name = '', children }: ScrollingProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: no set of fields, and no landmark
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what has the focus
    <div class={`scrolling ${name}`} tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  );
}
