import './optimisers.css';
import type { JSX } from 'preact';
import { useFields } from '../../address/useFields.ts';
import { Choice } from '../../parts/Choice.tsx';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWorker } from '../../parts/useWorker.ts';
import { useWords } from '../../words/words.ts';
import { DecayMachine } from './DecayMachine.tsx';
import { optimiserFields } from './fields.ts';
import { ValleyMachine } from './ValleyMachine.tsx';
import { optimiserWords } from './words.ts';
import type { OptimiserAnswers } from './worker.ts';

const newWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** Optimisers walk down a valley; and what weight decay is to each of them. */
export function OptimisersTab(): JSX.Element {
  const words = useWords(optimiserWords);
  const [form, change, reset] = useFields('optimisers', optimiserFields);
  const asked = useWorker<OptimiserAnswers>(newWorker);
  const { title, intro } = words.heads[form.machine];
  return (
    <div class="optimisers">
      <TabHead title={title} onReset={reset}>
        {intro}
      </TabHead>
      <Choice
        label={words.machine}
        isLabelHeard
        options={['valley', 'decay']}
        nameOf={(name) => words.machines[name]}
        value={form.machine}
        onChange={(machine) => change({ machine })}
      />
      {form.machine === 'valley' ? (
        <ValleyMachine asked={asked} form={form} change={change} />
      ) : (
        <DecayMachine asked={asked} form={form} change={change} />
      )}
    </div>
  );
}
