import type { JSX } from 'preact';
import { Choice } from '../../parts/Choice.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { useWords } from '../../words/words.ts';
import { labelChoices, type Settings, typeChoices } from './fields.ts';
import { presets } from './presets.ts';
import { breakingWords } from './words.ts';

interface ControlsProps {
  readonly settings: Settings;
  readonly change: (some: Partial<Settings>) => void;
}

/** What can be turned in the open experiment, and settings worth a try. */
export function Controls({ settings, change }: ControlsProps): JSX.Element {
  const words = useWords(breakingWords);
  return (
    <div class="breaking-controls">
      <Knobs settings={settings} change={change} />
      <div class="breaking-presets">
        <span class="quiet">{words.try}</span>
        {presets[settings.experiment].map(({ label, settings: some }) => (
          <button key={label} type="button" onClick={() => change(some)}>
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

function Knobs({ settings, change }: ControlsProps): JSX.Element {
  const words = useWords(breakingWords);
  const number = (name: NumericSetting, label: string, from: number, to: number, step?: number): JSX.Element => (
    <NumberField
      label={label}
      value={settings[name]}
      from={from}
      to={to}
      step={step}
      onChange={(value) => change({ [name]: step === 1 ? Math.round(value) : value })}
    />
  );
  const type = (
    <Choice label={words.type} options={typeChoices} value={settings.type} onChange={(type) => change({ type })} />
  );
  switch (settings.experiment) {
    case 'overflow':
      return (
        <>
          {number('logit', words.logit, 0, 1000, 1)}
          <div class="row">
            <Choice
              label={words.right}
              options={['0', '1']}
              value={settings.right}
              onChange={(right) => change({ right })}
            />
            {type}
          </div>
        </>
      );
    case 'twice':
      return (
        <>
          {number('certainty', words.certainty, -20, 40, 0.5)}
          {number('classes', words.classes, 2, 100, 1)}
        </>
      );
    case 'label':
      return (
        <Choice
          label={words.label}
          options={labelChoices}
          nameOf={(label) => label.replace('-', '−')}
          value={settings.label}
          onChange={(label) => change({ label })}
        />
      );
    case 'column':
      return (
        <>
          {number('rows', words.rows, 2, 6, 1)}
          <Choice
            label={words.by}
            options={['operations', 'mseLoss']}
            nameOf={(by) => (by === 'operations' ? words.byHand : by)}
            value={settings.by}
            onChange={(by) => change({ by })}
          />
        </>
      );
    case 'weights':
      return (
        <>
          {number('weight', words.weight, 0, 20, 0.5)}
          {number('rare', words.rare, 0, 4, 1)}
          <Choice
            label={words.given}
            options={['both', 'one']}
            nameOf={(given) => (given === 'both' ? words.givenBoth : words.givenOne)}
            value={settings.given}
            onChange={(given) => change({ given })}
          />
        </>
      );
    case 'ignored':
      return number('ignored', words.ignored, 0, 4, 1);
    case 'rate':
      return (
        <>
          {number('rate', words.rate, 0.005, 1, 0.005)}
          {number('curvature', words.curvature, 1, 20, 0.5)}
          {type}
        </>
      );
    case 'dead':
      return (
        <>
          {number('bias', words.bias, -10, 2, 0.25)}
          <Choice
            label={words.unit}
            options={['ReLU', 'LeakyReLU']}
            value={settings.unit}
            onChange={(unit) => change({ unit })}
          />
        </>
      );
  }
}

type NumericSetting = { [Name in keyof Settings]: Settings[Name] extends number ? Name : never }[keyof Settings];
