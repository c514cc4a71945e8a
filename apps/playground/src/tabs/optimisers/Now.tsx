import type { JSX } from 'preact';
import { Legend } from '../../parts/Legend.tsx';
import { useWords } from '../../words/words.ts';
import type { Form } from './fields.ts';
import { Height } from './Height.tsx';
import { strokes } from './names.ts';
import type { Walks } from './walks.ts';
import { optimiserWords } from './words.ts';

interface NowProps {
  readonly form: Form;
  readonly walks: Walks;
}

/** How high each is after the step that is shown: the legend of the picture. */
export function Now({ form: { walkers, step }, walks }: NowProps): JSX.Element {
  const words = useWords(optimiserWords);
  return (
    <Legend
      lines={walkers.map((name) => ({
        key: name,
        name: words.names[name],
        number: <Height walk={walks[name]} step={step} name={`now-${name}`} />,
        ...strokes[name],
      }))}
    />
  );
}
