import type { JSX } from 'preact';
import { Choice } from '../../parts/Choice.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Tick } from '../../parts/Tick.tsx';
import { useWords } from '../../words/words.ts';
import { activationNames, type Form, initialisationNames, normalisationNames } from './fields.ts';
import { depthWords } from './words.ts';

interface ControlsProps {
  readonly form: Form;
  readonly change: (some: Partial<Form>) => void;
}

/** What is dragged beside the picture: how deep the net is, and how large its weights are. */
export function Sliders({ form, change }: ControlsProps): JSX.Element {
  const words = useWords(depthWords);
  return (
    <div class="knobs">
      <NumberField
        label={words.layers}
        value={form.layers}
        from={2}
        to={50}
        step={1}
        onChange={(layers) => change({ layers: Math.round(layers) })}
      />
      <NumberField
        label={words.factor}
        value={form.factor}
        from={0.25}
        to={3}
        step={0.05}
        onChange={(factor) => change({ factor })}
      />
    </div>
  );
}

/** What else the net is made of. */
export function Controls({ form, change }: ControlsProps): JSX.Element {
  const words = useWords(depthWords);
  return (
    <>
      <Choice
        label={words.activation}
        options={activationNames}
        nameOf={(name) => words.names[name]}
        value={form.activation}
        onChange={(activation) => change({ activation })}
      />
      <Choice
        label={words.initialisation}
        options={initialisationNames}
        nameOf={(name) => words.names[name]}
        value={form.initialisation}
        onChange={(initialisation) => change({ initialisation })}
      />
      <p class="quiet">{words.initialisations[form.initialisation]}</p>
      <Choice
        label={words.normalisation}
        options={normalisationNames}
        nameOf={(name) => words.names[name]}
        value={form.normalisation}
        onChange={(normalisation) => change({ normalisation })}
      />
      <div class="row">
        <Tick is={form.skip} onChange={(skip) => change({ skip })}>
          {words.skip}
        </Tick>
        <button type="button" onClick={() => change({ seed: (form.seed % 999) + 1 })}>
          {words.draw}
        </button>
      </div>
    </>
  );
}
