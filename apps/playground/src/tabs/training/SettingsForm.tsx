import type { JSX } from 'preact';
import type { ValuesOf } from '../../address/fields.ts';
import { Choice } from '../../parts/Choice.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { useWords } from '../../words/words.ts';
import { digitKinds } from './digitKinds.ts';
import { type fields, threadChoices } from './fields.ts';
import { netNames, widthsOf } from './nets.ts';
import { optimiserNames } from './optimisers.ts';
import { trainingWords } from './words.ts';

type Values = ValuesOf<typeof fields>;

interface SettingsFormProps {
  readonly values: Values;
  readonly onChange: (some: Partial<Values>) => void;
  readonly onReset: () => void;
}

/** What a training is made of. */
export function SettingsForm({ values, onChange, onReset }: SettingsFormProps): JSX.Element {
  const words = useWords(trainingWords);
  return (
    <div class="training-settings">
      <h3>{words.settings}</h3>
      <Choice
        label={words.net}
        options={netNames}
        nameOf={widthsOf}
        value={values.net}
        onChange={(net) => onChange({ net })}
      />
      <Choice
        label={words.optimiser}
        options={optimiserNames}
        nameOf={(name) => words[name]}
        value={values.optimiser}
        onChange={(optimiser) => onChange({ optimiser })}
      />
      <Choice
        label={words.digits}
        options={digitKinds}
        nameOf={(kind) => words[kind]}
        value={values.digits}
        onChange={(digits) => onChange({ digits })}
      />
      <Choice
        label={words.threads}
        options={threadChoices}
        nameOf={(threads) => (threads === 'all' ? words.allThreads : threads)}
        value={values.threads}
        onChange={(threads) => onChange({ threads })}
      />
      <div class="training-whole">
        <NumberField
          label={words.batch}
          value={values.batch}
          from={1}
          to={1000}
          step={1}
          hasSlider={false}
          onChange={(batch) => Number.isInteger(batch) && onChange({ batch })}
        />
        <NumberField
          label={words.seed}
          value={values.seed}
          from={0}
          to={1e9}
          step={1}
          hasSlider={false}
          onChange={(seed) => Number.isInteger(seed) && onChange({ seed })}
        />
        <button type="button" onClick={onReset}>
          {words.defaults}
        </button>
      </div>
    </div>
  );
}
