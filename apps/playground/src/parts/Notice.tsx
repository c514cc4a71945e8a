import type { ComponentChildren, JSX } from 'preact';

interface NoticeProps {
  readonly kind: 'error' | 'warning' | 'note';
  readonly children: ComponentChildren;
}

/** Something to be noticed: told by a sign and its frame, not by its colour alone. */
export function Notice({ kind, children }: NoticeProps): JSX.Element {
  return (
    <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : undefined}>
      <span class="sign" aria-hidden="true">
        {{ error: '✕', warning: '!', note: 'i' }[kind]}
      </span>
      <div>{children}</div>
    </div>
  );
}
