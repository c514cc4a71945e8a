import type { JSX } from 'preact';
import { Choice } from '../../parts/Choice.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { useWords } from '../../words/words.ts';
import { activationNames, type Form, type LayerName, layerNames } from './fields.ts';
import { activationLabels } from './signs.ts';
import { layerWords } from './words.ts';

interface ControlsProps {
  readonly form: Form;
  readonly change: (some: Partial<Form>) => void;
}

/** The input that is looked at first: one that several outputs read, one of a tie, the 0 of an activation. */
const firstLook: Readonly<Record<LayerName, number>> = {
  dense: 0,
  convolution: 5,
  pooling: 0,
  activation: 3,
  batchNorm: 0,
  dropout: 0,
};

/** Which layer. */
export function Kinds({ form, change }: ControlsProps): JSX.Element {
  const words = useWords(layerWords);
  return (
    <Choice
      label={words.layer}
      isLabelHeard
      options={layerNames}
      nameOf={(name) => words.names[name]}
      value={form.layer}
      onChange={(layer) => change({ layer, look: 'x', at: firstLook[layer] })}
    />
  );
}

/** What the layer can be set to, if anything; it stands below what it changes. */
export function Options({ form, change }: ControlsProps): JSX.Element | null {
  const words = useWords(layerWords);
  switch (form.layer) {
    case 'convolution':
      return (
        <div class="layers-options">
          <Choice
            label={words.kernel}
            isInline
            options={['2', '3']}
            nameOf={words.square}
            value={form.kernel}
            onChange={(kernel) => change({ kernel })}
          />
          <Choice
            label={words.padding}
            isInline
            options={['0', '1']}
            value={form.padding}
            onChange={(padding) => change({ padding })}
          />
          <Choice
            label={words.stride}
            isInline
            options={['1', '2']}
            value={form.stride}
            onChange={(stride) => change({ stride })}
          />
        </div>
      );
    case 'pooling':
      return (
        <div class="layers-options">
          <Choice
            label={words.pool}
            isInline
            options={['max', 'average']}
            nameOf={(name) => words[name]}
            value={form.pool}
            onChange={(pool) => change({ pool })}
          />
          <Choice
            label={words.stride}
            isInline
            options={['2', '1']}
            value={form.poolStride}
            onChange={(poolStride) => change({ poolStride })}
          />
        </div>
      );
    case 'activation':
      return (
        <label class="layers-options">
          {words.activation}
          <select
            value={form.activation}
            onChange={({ currentTarget }) => change({ activation: activationNames[currentTarget.selectedIndex] })}
          >
            {activationNames.map((name) => (
              <option key={name} value={name}>
                {activationLabels[name]}
              </option>
            ))}
          </select>
        </label>
      );
    case 'dropout':
      return (
        <div class="layers-options">
          <NumberField
            label={words.rate}
            value={form.rate}
            from={0}
            to={0.9}
            step={0.05}
            onChange={(rate) => change({ rate })}
          />
          <button type="button" onClick={() => change({ seed: (form.seed % 999) + 1 })}>
            {words.draw}
          </button>
        </div>
      );
    default:
      return null;
  }
}
