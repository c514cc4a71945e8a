import type { ComponentChildren, JSX } from 'preact';

interface TickProps {
  readonly is: boolean;
  readonly onChange: (is: boolean) => void;
  /** What it is for. */
  readonly children: ComponentChildren;
}

/** A box to be ticked. */
export function Tick({ is, onChange, children }: TickProps): JSX.Element {
  return (
    <label class="tick">
      <input type="checkbox" checked={is} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      {children}
    </label>
  );
}
