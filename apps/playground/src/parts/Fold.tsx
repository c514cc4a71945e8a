import type { ComponentChildren, JSX } from 'preact';

interface FoldProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

/** What only those unfold who want to know it exactly. */
export function Fold({ title, children }: FoldProps): JSX.Element {
  return (
    <details class="fold">
      <summary>{title}</summary>
      {children}
    </details>
  );
}
