import type { JSX } from 'preact';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import { heightAfter } from './heightAfter.ts';
import type { Walk } from './walks.ts';
import { optimiserWords } from './words.ts';

interface HeightProps {
  readonly walk: Walk | undefined;
  readonly step: number;
  /** What tests find it by. */
  readonly name: string;
}

/** How high a walk is after a step. */
export function Height({ walk, step, name }: HeightProps): JSX.Element {
  const words = useWords(optimiserWords);
  const height = heightAfter(walk, step);
  if (height === undefined) return <span>…</span>;
  return height === 'diverged' ? (
    <span>{words.diverged}</span>
  ) : (
    <Value of={height} kind="value" digits={3} name={name} />
  );
}
