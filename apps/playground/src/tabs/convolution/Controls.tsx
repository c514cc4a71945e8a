import type { JSX } from 'preact';
import { Choice } from '../../parts/Choice.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Settings } from '../../parts/Settings.tsx';
import { useWords } from '../../words/words.ts';
import { type Form, presetNames, presetOf, presets } from './fields.ts';
import { convolutionWords } from './words.ts';

interface ControlsProps {
  readonly form: Form;
  readonly change: (some: Partial<Form>) => void;
}

type Count = 'in' | 'out' | 'groups' | 'size' | 'kernel' | 'stride' | 'padding' | 'dilation' | 'outputPadding';

const ranges: readonly (readonly [name: Count, from: number, to: number])[] = [
  ['size', 1, 9],
  ['kernel', 1, 5],
  ['stride', 1, 3],
  ['padding', 0, 3],
  ['dilation', 1, 3],
  ['in', 1, 4],
  ['out', 1, 4],
  ['groups', 1, 4],
  ['outputPadding', 0, 2],
];

/** What kind of layer, and its numbers. */
export function Controls({ form, change }: ControlsProps): JSX.Element {
  const words = useWords(convolutionWords);
  return (
    <Panel title={words.layer}>
      <Choice
        label={words.kind}
        options={presetNames}
        nameOf={(name) => words[name]}
        value={presetOf(form)}
        onChange={(name) => change({ outputPadding: 0, ...presets[name] })}
      />
      <Settings>
        <div class="convolution-fields">
          {ranges.map(([name, from, to]) =>
            name === 'outputPadding' && form.operation !== 'transposed' ? null : (
              <NumberField
                key={name}
                label={words[name]}
                value={form[name]}
                from={from}
                to={to}
                step={1}
                onChange={(value) => change({ [name]: Math.round(value) })}
              />
            ),
          )}
          {form.operation === 'deformable' && (
            <NumberField
              label={words.strength}
              value={form.strength}
              from={0}
              to={2}
              step={0.1}
              onChange={(strength) => change({ strength })}
            />
          )}
        </div>
      </Settings>
      <div class="row convolution-again">
        <button type="button" onClick={() => change({ seed: (form.seed % 999) + 1 })}>
          {words.numbers}
        </button>
        {form.operation === 'deformable' && form.moved.length > 0 && (
          <button type="button" onClick={() => change({ moved: [] })}>
            {words.straight}
          </button>
        )}
      </div>
    </Panel>
  );
}
