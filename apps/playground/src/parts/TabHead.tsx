import type { ComponentChildren, JSX } from 'preact';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

interface TabHeadProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly onReset?: () => void;
}

/** What a tab is about, and the way back to its beginning. */
export function TabHead({ title, children, onReset }: TabHeadProps): JSX.Element {
  const words = useWords(shellWords);
  return (
    <div class="tab-head">
      <h1>{title}</h1>
      <p>{children}</p>
      {onReset && (
        <button type="button" onClick={onReset}>
          {words.reset}
        </button>
      )}
    </div>
  );
}
