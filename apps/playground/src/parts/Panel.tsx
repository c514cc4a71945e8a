import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

interface PanelProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** How much of the row it may take on a wide page. Default: one column. */
  readonly isWide?: boolean;
  /** Whether the title is only read out: what is first on the page needs its room. Default: false. */
  readonly isTitleHeard?: boolean;
}

/** A part of a tab under a heading of its own. */
export function Panel({ title, children, isWide = false, isTitleHeard = false }: PanelProps): JSX.Element {
  const id = useId();
  return (
    <section class={isWide ? 'panel wide' : 'panel'} aria-labelledby={id}>
      <h2 id={id} class={isTitleHeard ? 'unseen' : undefined}>
        {title}
      </h2>
      {children}
    </section>
  );
}
