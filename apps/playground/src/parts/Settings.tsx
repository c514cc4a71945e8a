import type { ComponentChildren, JSX } from 'preact';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

/** What can be set and need not be seen: behind one button, so that a question and its picture have the first screen. */
export function Settings({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const words = useWords(shellWords);
  return (
    <details class="settings-fold">
      <summary>
        <span aria-hidden="true">⚙</span> {words.settings}
      </summary>
      <div class="settings-body">{children}</div>
    </details>
  );
}
