import type { JSX } from 'preact';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Form } from './fields.ts';
import { heightAfter } from './heightAfter.ts';
import { type OptimiserName, strokes } from './names.ts';
import { Swatch } from './Swatch.tsx';
import type { Walk } from './walks.ts';
import { optimiserWords } from './words.ts';

interface NowProps {
  readonly form: Form;
  readonly walks: Partial<Record<OptimiserName, Walk>> | undefined;
}

/** How high each is after the step that is shown: the legend of the picture. */
export function Now({ form: { walkers, step }, walks }: NowProps): JSX.Element {
  const words = useWords(optimiserWords);
  return (
    <ul class="optimisers-now">
      {walkers.map((name) => {
        const walk = walks?.[name];
        const height = heightAfter(walk, step);
        return (
          <li key={name}>
            <Swatch {...strokes[name]} /> {words.names[name]}{' '}
            {height !== undefined ? (
              <Value of={height} kind="value" digits={3} name={`now-${name}`} />
            ) : (
              walk && words.diverged
            )}
          </li>
        );
      })}
    </ul>
  );
}
